import Participation

/// A village in numbers: its people, and its sessions of one cycle. Figures that nobody wrote
/// down are nil.
struct VillageFigures: Sendable {
    /// Sessions that rule R3 asks for.
    private static let neededSessions = 3

    let men: Int?
    let women: Int?
    let residents: Int?
    let households: Int?
    /// Sessions that took place.
    let held: Int
    let needed: Int
    let participants: Int
    /// Women in percent of the participants.
    let womenShare: Int?
    let problems: Int
    let votes: Int
    /// What the rules find in the sessions, and in the village's sessions together.
    let findings: Int
    private let womenAtSessions: Int

    init(_ village: Record, sessions: [MeetingSummary]) {
        men = village[Schema.village.men]
        women = village[Schema.village.women]
        residents = Self.sum([village[Schema.village.men], village[Schema.village.women]])
        households = village[Schema.village.households]
        let held = sessions.filter(\.isHeld)
        self.held = held.count
        // One session of all ages at once stands for the three of the age bands.
        let isTogether = held.contains {
            $0.event[Schema.event.ageBand] == nil && $0.event[Schema.event.audience] != nil
        }
        needed = isTogether ? 1 : Self.neededSessions
        let counts = held.map(\.count)
        participants = counts.reduce(0) { $0 + $1.all }
        womenAtSessions = counts.reduce(0) { $0 + $1.women }
        womenShare = Shares.percent(womenAtSessions, of: participants)
        problems = sessions.reduce(0) { $0 + $1.problems }
        votes = sessions.reduce(0) { $0 + $1.votes }
        let together = VillageSessions(village: village.id, sessions: sessions.map(\.event))
        findings =
            (sessions.isEmpty ? 0 : together.findings.count)
            + sessions.reduce(0) { $0 + $1.findings.count }
    }

    /// All villages together; a figure that one village lacks is not known for all of them.
    init(sumOf villages: [VillageFigures]) {
        men = Self.sum(villages.map(\.men))
        women = Self.sum(villages.map(\.women))
        residents = Self.sum(villages.map(\.residents))
        households = Self.sum(villages.map(\.households))
        held = villages.reduce(0) { $0 + $1.held }
        needed = villages.reduce(0) { $0 + $1.needed }
        participants = villages.reduce(0) { $0 + $1.participants }
        womenAtSessions = villages.reduce(0) { $0 + $1.womenAtSessions }
        womenShare = Shares.percent(womenAtSessions, of: participants)
        problems = villages.reduce(0) { $0 + $1.problems }
        votes = villages.reduce(0) { $0 + $1.votes }
        findings = villages.reduce(0) { $0 + $1.findings }
    }

    private static func sum(_ numbers: [Int?]) -> Int? {
        let known = numbers.compactMap(\.self)
        return known.count == numbers.count ? known.reduce(0, +) : nil
    }
}
