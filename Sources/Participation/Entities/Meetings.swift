public enum EventKind: String, Choice {
    case training, session, focusGroup, planning, assembly, hearing, kurultai, council, visit
}

public enum AgeBand: String, Choice {
    case young = "18-35"
    case middle = "36-55"
    case old = "56+"
}

public enum EventStatus: String, Choice { case planned, held, cancelled }

public enum AttendanceRole: String, Choice {
    case participant, facilitator, secretary, speaker, guest
}

/// A meeting of any kind.
public struct Event: EntityDeclaration {
    let entity = EntityName.event
    let area = Entity.Area.meeting
    let titleFields = ["title"]
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let kind = choice("kind", EventKind.self, .open)
    public let village = reference("village", .village, privacy: .open).optional
    public let title = line("title", .open).optional
    public let date = Participation.date("date", .open).optional
    public let startsAt = time("startsAt", .open).optional
    public let endsAt = time("endsAt", .open).optional
    public let place = line("place", .open).optional
    public let ageBand = choice("ageBand", AgeBand.self, .open).optional
    public let audience = line("audience", .open).optional
    public let number = integer("number", 1...1000, .open).optional
    public let status = Participation.status(EventStatus.self)
    public let maxAttendance = count("maxAttendance", .open).optional
    /// The whole budget that a Tokoch's sums are shares of.
    public let tokochTotal = money("tokochTotal", .open).optional
    public let note = longText("note", .member).optional
}

public enum ChosenFor: String, Choice { case focusGroup, initiativeGroup, monitoring }

/// A person's presence at a meeting.
public struct Attendance: EntityDeclaration {
    let entity = EntityName.attendance
    let area = Entity.Area.meeting
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .member)
    public let person = reference("person", .person, privacy: .member)
    public let role = choice("role", AttendanceRole.self, .member)
    public let fromInitiativeGroup = flag("fromInitiativeGroup", .member)
    public let signed = flag("signed", .member)
    public let active = flag("active", .member)
    public let chosenFor = choice("chosenFor", ChosenFor.self, .member).optional
}

public enum HeadcountCategory: String, Choice {
    case all, women, men, initiativeGroup, deputies, aoStaff, ngo
}

/// A number of people present, for meetings where only numbers were taken.
public struct Headcount: EntityDeclaration {
    let entity = EntityName.headcount
    let area = Entity.Area.meeting
    let titleFields: [String] = []
    public let event = reference("event", .event, privacy: .open)
    public let category = choice("category", HeadcountCategory.self, .open)
    public let count = Participation.count("count", .open)
}

public enum Method: String, Choice { case map, venn, tokoch, gallery, causeEffect, brainstorm }

/// A point of a meeting's programme.
public struct AgendaItem: EntityDeclaration {
    let entity = EntityName.agendaItem
    let area = Entity.Area.meeting
    let titleFields = ["title"]
    public let event = reference("event", .event, privacy: .open)
    public let position = Participation.position()
    public let title = line("title", .open)
    public let startsAt = time("startsAt", .open).optional
    public let minutes = integer("minutes", 0...1440, .open).optional
    public let method = choice("method", Method.self, .open).optional
    /// The moments at which it was really begun and ended; the one that is begun and not ended is
    /// what the room is doing.
    public let begunAt = time("begunAt", .open).optional
    public let endedAt = time("endedAt", .open).optional
}

public enum MinutesKind: String, Choice { case text, decision, question, answer }

/// A paragraph of the minutes, written while people talk (R5).
public struct MinutesEntry: EntityDeclaration {
    let entity = EntityName.minutesEntry
    let area = Entity.Area.meeting
    let titleFields = ["text"]
    public let event = reference("event", .event, privacy: .member)
    public let agendaItem = reference("agendaItem", .agendaItem, privacy: .member).optional
    public let position = Participation.position()
    public let kind = choice("kind", MinutesKind.self, .member)
    public let text = longText("text", .member)
    public let speaker = line("speaker", .personal).optional
}

public enum Answer: String, Choice { case yes, no }

/// An answer of the readiness check before the sessions.
public struct Readiness: EntityDeclaration {
    let entity = EntityName.readiness
    let area = Entity.Area.meeting
    let titleFields: [String] = []
    public let cycle = reference("cycle", .cycle, privacy: .open)
    public let question = integer("question", 1...8, .open)
    public let answer = choice("answer", Answer.self, .open)
    public let note = longText("note", .member).optional
}
