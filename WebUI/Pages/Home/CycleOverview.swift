import Participation
import Store
import Synchronization

/// A cycle at a glance, as the home page and the API's summary show it.
struct CycleOverview: Sendable {
    let cycle: Record
    let municipality: Record?
    let villages: [Record]
    let path: CyclePath
    let ballot: Ballot
    let ranking: [Ranking.Entry]
    let findings: [Remark]
    /// Every meeting, counted and judged.
    let meetings: [RecordID: MeetingSummary]
    let sessions: (held: Int, planned: Int)
    let participants: (all: Int, women: Int)
    let problems: Int
    let votes: Int

    /// What a rule found, and the meeting, group or village it is about.
    struct Remark: Sendable {
        let finding: Finding
        let about: Record
    }

    /// Gathers a cycle; nil where there is none.
    static func read(_ reader: Reader, _ id: RecordID, year: Int) throws -> CycleOverview? {
        guard let facts = try reader.cycleFacts(id, year: year) else { return nil }
        let municipality = try facts.cycle[Schema.cycle.municipality].flatMap {
            try reader.record(.municipality, $0)
        }
        return CycleOverview(facts, municipality)
    }

    private init(_ facts: CycleFacts, _ municipality: Record?) {
        cycle = facts.cycle
        self.municipality = municipality
        villages = facts.villages
        path = CyclePath(facts)
        ballot = facts.ballot
        ranking = Ranking(ballot).municipality
        let held = facts.sessions.filter(\.isHeld)
        sessions = (held.count, facts.sessions.count)
        participants = facts.participants
        problems = facts.ballot.problems.count
        votes = facts.votes
        var remarks: [Remark] = []
        for village in facts.villages {
            let events = facts.sessions.map(\.event).filter {
                $0[Schema.event.village] == village.id
            }
            guard !events.isEmpty else { continue }
            remarks += VillageSessions(village: village.id, sessions: events).findings.map {
                Remark(finding: $0, about: village)
            }
        }
        let sessions = facts.sessions.map(\.event)
        for meeting in facts.meetings {
            let timing = FocusGroupTiming(meeting.event, sessions: sessions).findings
            remarks += (timing + meeting.findings).map { Remark(finding: $0, about: meeting.event) }
        }
        for group in facts.groups where !group.memberships.isEmpty {
            remarks += group.findings.map { Remark(finding: $0, about: group.group) }
        }
        findings = remarks
        let all = facts.meetings + facts.otherMeetings
        meetings = Dictionary(all.map { ($0.event.id, $0) }) { first, _ in first }
    }
}

/// Overviews by cycle, each good until the log grows: a page that many look at is made once.
final class OverviewCache: Sendable {
    private static let most = 64

    private struct Key: Hashable {
        let cycle: RecordID
        let year: Int
    }

    private let known = Mutex<[Key: (head: String, overview: CycleOverview)]>([:])

    func overview(
        _ cycle: RecordID, year: Int, _ store: Store
    ) async throws -> CycleOverview? {
        let key = Key(cycle: cycle, year: year)
        let head = try await store.read { try $0.head() }
        if let hit = known.withLock({ $0[key] }), hit.head == head { return hit.overview }
        let (made, madeAt) = try await store.read { reader in
            (try CycleOverview.read(reader, cycle, year: year), try reader.head())
        }
        guard let made else { return nil }
        known.withLock { known in
            if known.count >= Self.most { known.removeAll() }
            known[key] = (madeAt, made)
        }
        return made
    }
}
