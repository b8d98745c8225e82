public import Participation
import Synchronization

/// What a commit changed, for pages that are open. It holds no values.
public struct ChangeNotice: Sendable, Equatable {
    /// The commit.
    public let commit: CommitID
    /// The changed records; empty where there were too many to name.
    public let changes: [Change]

    /// A changed record.
    public struct Change: Sendable, Equatable {
        /// What it is.
        public let entity: EntityName
        /// Which one.
        public let id: RecordID

        init(_ entity: EntityName, _ id: RecordID) {
            self.entity = entity
            self.id = id
        }
    }

    static let most = 50

    init(commit: CommitID, changes: [Change]) {
        self.commit = commit
        self.changes = changes.count > Self.most ? [] : changes
    }
}

/// Tells open pages of commits. A page that does not keep up is told to refresh as a whole.
final class Announcer: Sendable {
    private struct Listeners {
        var next = 0
        var streams: [Int: AsyncStream<ChangeNotice>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())

    func announce(_ notice: ChangeNotice) {
        let streams = listeners.withLock { Array($0.streams.values) }
        for stream in streams {
            if case .dropped = stream.yield(notice) {
                stream.yield(ChangeNotice(commit: notice.commit, changes: []))
            }
        }
    }

    func listen() -> AsyncStream<ChangeNotice> {
        AsyncStream(bufferingPolicy: .bufferingNewest(100)) { continuation in
            let id = listeners.withLock { state in
                state.next += 1
                state.streams[state.next] = continuation
                return state.next
            }
            continuation.onTermination = { [weak self] _ in
                _ = self?.listeners.withLock { $0.streams.removeValue(forKey: id) }
            }
        }
    }
}

extension Store {
    /// Commits from now on, for one open page.
    public func changes() -> AsyncStream<ChangeNotice> { announcer.listen() }
}
