/// All that the path of a cycle is judged by: what was written down about its eight stages.
public struct CycleFacts: Sendable {
    /// The cycle.
    public let cycle: Record
    /// The municipality's villages, in Kyrgyz order.
    public var villages: [Record] = []
    /// Sessions and focus groups with what was written down about them.
    public var meetings: [MeetingSummary] = []
    /// Meetings of other kinds, likewise.
    public var otherMeetings: [MeetingSummary] = []
    /// The groups with their members.
    public var groups: [GroupFacts] = []
    /// Questions of the readiness check answered with yes.
    public var ready: Set<Int> = []
    /// The ballot.
    public var ballot = Ballot()
    /// The office's papers that are registered.
    public var documents: [Record] = []
    /// Plans.
    public var plans: [Record] = []
    /// Goals of the plans.
    public var goals: [Record] = []
    /// Activities of the plans.
    public var activities: [Record] = []
    /// Contributions to the activities.
    public var contributions: [Record] = []
    /// Activities with a cost estimate.
    public var estimated: Set<RecordID> = []
    /// Activities with a line in a budget.
    public var budgeted: Set<RecordID> = []
    /// Activities whose progress was written down.
    public var progressed: Set<RecordID> = []
    /// Success stories.
    public var stories = 0
    /// Notices to the villagers.
    public var notices = 0
    /// Findings of monitoring groups.
    public var observations = 0
    /// Indicators, and those measured.
    public var indicators = (all: 0, measured: 0)
    /// Marks given to services.
    public var ratings = 0
    /// Proposals, and those without an answer.
    public var proposals = (all: 0, open: 0)

    /// Starts with the cycle alone.
    public init(cycle: Record) { self.cycle = cycle }

    /// The stage the cycle says it is at, 1 to 8.
    public var stage: Int { cycle[Schema.cycle.stage] ?? 1 }

    /// Sessions that were not cancelled.
    public var sessions: [MeetingSummary] { meetings(.session) }

    /// Focus groups that were not cancelled.
    public var focusGroups: [MeetingSummary] { meetings(.focusGroup) }

    /// Everybody who came to the held sessions.
    public var participants: (all: Int, women: Int) {
        sessions.filter(\.isHeld).reduce((0, 0)) {
            let count = $1.count
            return ($0.0 + count.all, $0.1 + count.women)
        }
    }

    /// Votes given in the sessions, and problems named.
    public var votes: Int { ballot.problems.reduce(0) { $0 + $1.votes } }

    func sessions(of village: RecordID) -> [MeetingSummary] {
        sessions.filter { $0.event[Schema.event.village] == village }
    }

    func held(_ kinds: EventKind...) -> [MeetingSummary] {
        otherMeetings.filter { meeting in
            meeting.isHeld && meeting.event[Schema.event.kind].map(kinds.contains) == true
        }
    }

    func has(_ kind: DocumentKind) -> Bool {
        documents.contains { $0[Schema.document.kind] == kind }
    }

    /// Papers of a kind that report on one of some meetings. A paper that names no meeting counts
    /// where it can be about no other: `isOnlyOne` says so.
    func has(
        _ kind: DocumentKind, on meetings: [MeetingSummary], isOnlyOne: Bool
    ) -> Bool {
        let ids = Set(meetings.map(\.event.id))
        return documents.contains { document in
            guard document[Schema.document.kind] == kind else { return false }
            guard let event = document[Schema.document.event] else { return isOnlyOne }
            return ids.contains(event)
        }
    }

    func count(_ kind: DocumentKind) -> Int {
        documents.count { $0[Schema.document.kind] == kind }
    }

    private func meetings(_ kind: EventKind) -> [MeetingSummary] {
        meetings.filter {
            $0.event[Schema.event.kind] == kind
                && $0.event.status(Schema.event.status) != .cancelled
        }
    }
}
