/// One vote: what a person wrote on a sticker (R6).
public struct Sticker: EntityDeclaration {
    let entity = EntityName.sticker
    let area = Entity.Area.priority
    let titleFields = ["text"]
    public let event = reference("event", .event, privacy: .open)
    /// Missing while the sticker is unsorted.
    public let problem = reference("problem", .problem, privacy: .open).optional
    public let text = longText("text", .open)
    /// A seat number, never a name.
    public let author = integer("author", 1...100_000, .member).optional
}

public enum Competence: String, Choice { case local, delegated, outside }

public enum Solvable: String, Choice { case localBudget, community, outsideHelp, notSoon }

/// A column of the problem gallery.
public struct Problem: EntityDeclaration {
    let entity = EntityName.problem
    let area = Entity.Area.priority
    let titleFields = ["title"]
    public let event = reference("event", .event, privacy: .open)
    public let title = line("title", .open)
    public let description = longText("description", .open).optional
    /// Counts only where the problem has no stickers.
    public let votesByHand = count("votesByHand", .open).optional
    public let competence = choice("competence", Competence.self, .open).optional
    public let solvable = choice("solvable", Solvable.self, .open).optional
    /// Number of the local matter in the law on local self-government.
    public let localMatter = integer("localMatter", 1...23, .open).optional
}

public enum Typist: String, Choice { case first, second }

/// What one of two people read off a paper tally of a problem. Where both read the same, it
/// becomes the problem's `votesByHand`.
public struct TallyEntry: EntityDeclaration {
    let entity = EntityName.tallyEntry
    let area = Entity.Area.priority
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .open)
    public let problem = reference("problem", .problem, privacy: .open)
    public let typist = choice("typist", Typist.self, .member)
    public let votes = count("votes", .member)
}

public enum ThemeLevel: String, Choice { case village, municipality }

/// Similar problems merged; their votes are added (R8).
public struct Theme: EntityDeclaration {
    let entity = EntityName.theme
    let area = Entity.Area.priority
    let titleFields = ["title"]
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let level = choice("level", ThemeLevel.self, .open)
    public let village = reference("village", .village, privacy: .open).optional
    public let title = line("title", .open)
    public let reason = longText("reason", .member).optional
}

/// One of the merged: a problem, or a theme of the level below.
public struct ThemePart: EntityDeclaration {
    let entity = EntityName.themePart
    let area = Entity.Area.priority
    let titleFields: [String] = []
    public let theme = reference("theme", .theme, privacy: .open)
    public let part = reference("part", .problem, .theme, privacy: .open)
    public let addedBy = line("addedBy", .member).optional
    public let reason = longText("reason", .member).optional
}
