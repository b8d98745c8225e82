/// What a thing on the resource map is.
public enum MapCategory: String, Choice {
    case infrastructure, water, arableLand, agroZone, forest, pasture, shop, service, specialUse
}

public enum MapCondition: String, Choice {
    case new, underConstruction, needsRepair, old, collapsing
}

public enum MapUsers: String, Choice { case women, men, youth, children }

/// A thing drawn on the resource map.
public struct MapFeature: EntityDeclaration {
    let entity = EntityName.mapFeature
    let area = Entity.Area.method
    let titleFields = ["name"]
    public let event = reference("event", .event, privacy: .open)
    public let category = choice("category", MapCategory.self, .open)
    public let geometry = Field<String>("geometry", .geometry, .open)
    public let name = line("name", .open).optional
    public let condition = choice("condition", MapCondition.self, .open).optional
    public let usedBy = choice("usedBy", MapUsers.self, .open).optional
    public let wished = flag("wished", .open)
    public let note = longText("note", .member).optional
    public let problem = reference("problem", .problem, privacy: .open).optional
}

/// A photograph of the paper map that lies under the drawn one, straightened by the paper's four
/// corners. For the people who log in: a photograph may show who sat around the paper.
public struct MapUnderlay: EntityDeclaration {
    let entity = EntityName.mapUnderlay
    let area = Entity.Area.method
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .member)
    public let photo = reference("photo", .attachment, privacy: .member)
    /// Where the paper's corners are on the photograph, from the upper left one clockwise, in
    /// thousandths of the photograph's width and height.
    public let corners = Field<String>("corners", .geometry, .member).optional
    /// In percent.
    public let opacity = integer("opacity", 0...100, .member).optional
}

public enum DrawnBy: String, Choice { case all, women, men }

public enum InstitutionKind: String, Choice { case localGroup, localInstitution, outside }

public enum Importance: String, Choice { case small, medium, large }

/// A circle of the Venn diagram.
public struct Institution: EntityDeclaration {
    let entity = EntityName.institution
    let area = Entity.Area.method
    let titleFields = ["name"]
    public let event = reference("event", .event, privacy: .open)
    public let drawnBy = choice("drawnBy", DrawnBy.self, .open)
    public let name = line("name", .open)
    public let kind = choice("kind", InstitutionKind.self, .open)
    public let importance = choice("importance", Importance.self, .open).optional
    public let rank = integer("rank", 1...1000, .open).optional
    public let x = number("x", -1e6...1e6, .open).optional
    public let y = number("y", -1e6...1e6, .open).optional
    public let satisfied = answer("satisfied", .open)
    public let note = longText("note", .member).optional
    public let aoRole = longText("aoRole", .open).optional
}

public enum Relation: String, Choice { case apart, touching, overlapping, inside }

/// The cooperation of two circles.
public struct InstitutionLink: EntityDeclaration {
    let entity = EntityName.institutionLink
    let area = Entity.Area.method
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .open)
    public let drawnBy = choice("drawnBy", DrawnBy.self, .open)
    public let from = reference("from", .institution, privacy: .open)
    public let to = reference("to", .institution, privacy: .open)
    public let relation = choice("relation", Relation.self, .open)
}

/// A share of the budget as people imagine it («Токоч»); the shares add up to 100 (R12).
public struct TokochSlice: EntityDeclaration {
    let entity = EntityName.tokochSlice
    let area = Entity.Area.method
    let titleFields = ["item"]
    public let event = reference("event", .event, privacy: .open)
    public let item = line("item", .open)
    public let percent = number("percent", 0...100, .open)
    public let amount = money("amount", .open).optional
    public let position = Participation.position().optional
}

/// A line of the real budget that people said belongs to a share of the Tokoch.
public struct TokochMatch: EntityDeclaration {
    let entity = EntityName.tokochMatch
    let area = Entity.Area.method
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .open)
    public let slice = reference("slice", .tokochSlice, privacy: .open)
    public let budgetLine = reference("budgetLine", .budgetLine, privacy: .open)
}

/// A topic people want a public hearing on.
public struct HearingTopic: EntityDeclaration {
    let entity = EntityName.hearingTopic
    let area = Entity.Area.method
    let titleFields = ["topic"]
    public let event = reference("event", .event, privacy: .open)
    public let topic = line("topic", .open)
    public let votes = count("votes", .open).optional
}

public enum CauseEffectKind: String, Choice {
    case cause, consequenceSeen, consequenceExpected, solution
    case resourceAO, resourceCouncil, resourceCommunity, resourceOther
}

/// A line of the cause and effect table of a focus group (R10).
public struct CauseEffect: EntityDeclaration {
    let entity = EntityName.causeEffect
    let area = Entity.Area.method
    let titleFields = ["text"]
    public let event = reference("event", .event, privacy: .open)
    public let theme = reference("theme", .theme, .problem, privacy: .open)
    public let kind = choice("kind", CauseEffectKind.self, .open)
    public let text = longText("text", .open)
    public let position = Participation.position()
    /// The cause that a deeper cause explains.
    public let parent = reference("parent", .causeEffect, privacy: .open).optional
}
