import Participation
import Synchronization

/// Summaries of meetings, each good until a commit touches the meeting: a cycle of a large
/// municipality has a hundred of them, and one evening's work touches one.
final class MeetingCache: Sendable {
    private static let most = 5000

    private struct State {
        var known: [RecordID: (summary: MeetingSummary, position: Int64)] = [:]
        var touched: [RecordID: Int64] = [:]
        var allTouched: Int64 = 0
    }

    private let state = Mutex(State())

    /// The summary, unless the meeting was touched since it was made.
    func summary(_ meeting: RecordID) -> MeetingSummary? {
        state.withLock { state in
            guard let known = state.known[meeting],
                known.position >= max(state.allTouched, state.touched[meeting] ?? 0)
            else { return nil }
            return known.summary
        }
    }

    /// Keeps a summary that was made from the log up to a position.
    func keep(_ summary: MeetingSummary, madeAt position: Int64) {
        state.withLock { state in
            if state.known.count >= Self.most { state.known = [:] }
            state.known[summary.event.id] = (summary, position)
        }
    }

    /// Notes that the log grew to a position and what that touched.
    func touch(_ meetings: TouchedMeetings, at position: Int64) {
        state.withLock { state in
            guard !meetings.areAll else {
                state = State(allTouched: position)
                return
            }
            for meeting in meetings.ids { state.touched[meeting] = position }
        }
    }
}
