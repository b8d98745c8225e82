/// What was done and spent by a day.
public struct Progress: EntityDeclaration {
    let entity = EntityName.progress
    let area = Entity.Area.watching
    let titleFields = ["note", "date"]
    public let activity = reference("activity", .activity, privacy: .open)
    public let date = Participation.date("date", .open)
    public let percentDone = number("percentDone", 0...100, .open).optional
    public let spent = money("spent", .open).optional
    public let source = choice("source", MoneySource.self, .open).optional
    public let note = longText("note", .member).optional
}

public enum Severity: String, Choice { case good, minor, serious }

/// A finding of a monitoring group about an activity or a service.
public struct Observation: EntityDeclaration {
    let entity = EntityName.observation
    let area = Entity.Area.watching
    let titleFields = ["finding"]
    public let group = reference("group", .group, privacy: .open)
    public let activity = reference("activity", .activity, privacy: .open).optional
    public let service = line("service", .open).optional
    public let date = Participation.date("date", .open)
    public let finding = longText("finding", .open)
    public let severity = choice("severity", Severity.self, .open)
    public let recommendation = longText("recommendation", .open).optional
    public let answer = longText("answer", .open).optional
}

/// How many people gave a service a mark.
public struct ServiceRating: EntityDeclaration {
    let entity = EntityName.serviceRating
    let area = Entity.Area.watching
    let titleFields = ["service"]
    public let event = reference("event", .event, privacy: .open)
    public let service = line("service", .open)
    public let score = integer("score", 1...5, .open)
    public let count = Participation.count("count", .open)
    public let sex = choice("sex", Sex.self, .open).optional
}

/// A success story.
public struct Story: EntityDeclaration {
    let entity = EntityName.story
    let area = Entity.Area.watching
    let titleFields = ["title"]
    public let activity = reference("activity", .activity, privacy: .open)
    public let title = line("title", .open)
    public let text = longText("text", .open)
    public let published = flag("published", .open)
}

public enum NoticeChannel: String, Choice { case board, wallNewspaper, display, radio, messenger }

/// A notice to the villagers.
public struct Notice: EntityDeclaration {
    let entity = EntityName.notice
    let area = Entity.Area.watching
    let titleFields = ["title"]
    public let municipality = reference("municipality", .municipality, privacy: .open)
    public let title = line("title", .open)
    public let text = longText("text", .open)
    public let publishedOn = date("publishedOn", .open)
    public let until = date("until", .open).optional
    public let channel = choice("channel", NoticeChannel.self, .open)
}
