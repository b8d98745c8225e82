import Participation

/// The facts of a cycle, written down step by step.
struct Town: Sendable {
    var facts: CycleFacts

    init(villages: String...) throws {
        facts = CycleFacts(cycle: Record(.cycle, try Self.id("c")))
        facts.villages = try villages.map { name in
            var village = Record(.village, try Self.id(name))
            village[Schema.village.name] = name
            return village
        }
    }

    struct NoID: Error {}

    static func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(text) else { throw NoID() }
        return id
    }

    /// What was written down at a meeting.
    struct Written: Sendable {
        var people = 20
        var minutes = 3
        var problems = 2
        var stickers = 0
        var unsorted = 0
    }

    mutating func meeting(
        _ id: String, _ kind: EventKind, in village: String, _ band: AgeBand? = nil,
        isHeld: Bool = true, _ written: Written = Written()
    ) throws {
        var event = Record(.event, try Self.id(id))
        event[Schema.event.kind] = kind
        event[Schema.event.village] = try Self.id(village)
        event[Schema.event.ageBand] = band
        event[Schema.event.status] = isHeld ? .held : .planned
        var session = SessionFacts(event: event)
        if isHeld {
            var all = Record(.headcount, event.id)
            all[Schema.headcount.category] = .all
            all[Schema.headcount.count] = written.people
            session.headcounts = [all]
            session.minutesEntries = written.minutes
            session.problems = try (0..<written.problems).map {
                Record(.problem, try Self.id("\(id)-p\($0)"))
            }
            if written.stickers > 0, let first = session.problems.first {
                session.stickers = [first.id: written.stickers]
            }
            session.unsorted = written.unsorted
        }
        facts.meetings.append(MeetingSummary(session))
    }

    /// The three sessions of a village, held.
    mutating func sessions(of village: String, _ written: Written = Written()) throws {
        for band in AgeBand.allCases {
            try meeting(
                "\(village)-\(band.rawValue.prefix(2))", .session, in: village, band, written)
        }
    }

    mutating func problem(_ title: String, in village: String, votes: Int = 5) throws {
        facts.ballot.problems.append(
            Ballot.Problem(
                id: try Self.id("\(village)-\(facts.ballot.problems.count)"), title: title,
                village: try Self.id(village), stickers: 0, votesByHand: votes))
    }

    mutating func merge(_ level: ThemeLevel, _ title: String, _ parts: [String]) throws {
        let theme = try Self.id("t\(facts.ballot.themes.count)")
        facts.ballot.themes.append(
            Ballot.Theme(id: theme, title: title, level: level, village: nil))
        for part in parts {
            facts.ballot.parts.append(Ballot.Part(theme: theme, part: try Self.id(part)))
        }
    }

    mutating func paper(_ kind: DocumentKind, on event: String? = nil) throws {
        var paper = Record(.document, try Self.id("d\(facts.documents.count)"))
        paper[Schema.document.kind] = kind
        paper[Schema.document.event] = try event.map(Self.id)
        facts.documents.append(paper)
    }

    /// The needs of a stage, by what is asked of them: `has sessions`, `lacks minutes`,
    /// `waits minutes`.
    func needs(of stage: Int) -> [String] {
        CyclePath(facts).stages[stage - 1].needs.map { need in
            let parts = need.key.split(separator: ".")
            let isWaiting = parts[1] == "waiting"
            return "\(need.isMet ? "has" : isWaiting ? "waits" : "lacks") \(parts[2])"
        }
    }
}
