import Crypto
import Participation
import Synchronization

/// Who is logged in, by the SHA-256 of the cookie's token. Kept in memory on a clock that no
/// hand can turn: a restart logs everybody out.
final class Sessions: Sendable {
    /// A session that is not used for this long is over.
    static let idle = Duration.seconds(4 * 60 * 60)
    /// No session is longer than a working day.
    static let longest = Duration.seconds(12 * 60 * 60)
    private static let most = 1000

    private struct Session {
        let account: RecordID
        let began: ContinuousClock.Instant
        var seen: ContinuousClock.Instant
    }

    /// Failed attempts at one login, and when the next may be made.
    private struct Attempts {
        var failures = 0
        var next: ContinuousClock.Instant
    }

    private struct State {
        var sessions: [[UInt8]: Session] = [:]
        var attempts: [String: Attempts] = [:]
        /// Who wants to hear of the end of a session, by its key.
        var watchers: [[UInt8]: [Int: AsyncStream<Never>.Continuation]] = [:]
        var nextWatcher = 0

        /// Takes the watchers of sessions that are there no more; they are told outside the lock.
        mutating func takeWatchersOfEnded() -> [AsyncStream<Never>.Continuation] {
            let ended = watchers.filter { sessions[$0.key] == nil }
            for key in ended.keys { watchers[key] = nil }
            return ended.values.flatMap(\.values)
        }
    }

    private let state = Mutex(State())
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        randomBytes: @escaping @Sendable (Int) -> [UInt8],
        now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    ) {
        self.randomBytes = randomBytes
        self.now = now
    }

    /// Logs an account in; the token goes into the cookie.
    func begin(_ account: RecordID) -> String {
        let token = randomBytes(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let now = now()
        change { state in
            state.sessions = state.sessions.filter { !Self.isOver($0.value, now) }
            if state.sessions.count >= Self.most,
                let oldest = state.sessions.min(by: { $0.value.seen < $1.value.seen })
            {
                state.sessions[oldest.key] = nil
            }
            state.sessions[Self.hash(token)] = Session(account: account, began: now, seen: now)
        }
        return token
    }

    /// The account of a token, while its session lasts. What a page asks for by itself is no use
    /// of the session: a window that was left open would keep it alive for ever.
    func account(_ token: String, isUse: Bool) -> RecordID? {
        let now = now()
        return change { state in
            let key = Self.hash(token)
            guard var session = state.sessions[key], !Self.isOver(session, now) else {
                state.sessions[key] = nil
                return nil
            }
            if isUse { session.seen = now }
            state.sessions[key] = session
            return session.account
        }
    }

    func end(_ token: String) {
        change { $0.sessions[Self.hash(token)] = nil }
    }

    /// Ends every session of an account: its passphrase or role was changed.
    func endAll(of account: RecordID) {
        change { state in
            state.sessions = state.sessions.filter { $0.value.account != account }
        }
    }

    /// A sequence without elements that ends when somebody ends the session. One that runs out is
    /// over when it is asked for next.
    func end(of token: String) -> AsyncStream<Never> {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let key = Self.hash(token)
        change { state in
            state.nextWatcher += 1
            let id = state.nextWatcher
            continuation.onTermination = { [weak self] _ in self?.forget(id, key) }
            state.watchers[key, default: [:]][id] = continuation
        }
        return stream
    }

    /// Whoever waited for the end of a session waits no more.
    private func forget(_ watcher: Int, _ key: [UInt8]) {
        state.withLock { state in
            state.watchers[key]?[watcher] = nil
            if state.watchers[key]?.isEmpty == true { state.watchers[key] = nil }
        }
    }

    /// Changes the state and tells those who wait for the end of a session that it has come.
    private func change<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
        let (result, ended) = state.withLock { state in
            let result = body(&state)
            return (result, state.takeWatchersOfEnded())
        }
        for watcher in ended { watcher.finish() }
        return result
    }

    /// How long to wait before the next attempt at a login; nil where it may be made now.
    func delay(login: String) -> Duration? {
        let now = now()
        return state.withLock { state in
            guard let next = state.attempts[login]?.next, next > now else { return nil }
            return now.duration(to: next)
        }
    }

    /// Counts an attempt: after the second failure in a row the wait doubles, up to five minutes.
    func note(login: String, succeeded: Bool) {
        let now = now()
        state.withLock { state in
            if succeeded {
                state.attempts[login] = nil
                return
            }
            if state.attempts.count > Self.most {
                state.attempts = state.attempts.filter { $0.value.next > now }
            }
            var attempts = state.attempts[login] ?? Attempts(next: now)
            attempts.failures += 1
            let seconds = attempts.failures < 3 ? 0 : min(300, 1 << min(9, attempts.failures - 3))
            attempts.next = now.advanced(by: .seconds(seconds))
            state.attempts[login] = attempts
        }
    }

    private static func isOver(_ session: Session, _ now: ContinuousClock.Instant) -> Bool {
        session.seen.duration(to: now) > idle || session.began.duration(to: now) > longest
    }

    private static func hash(_ token: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(token.utf8)))
    }
}
