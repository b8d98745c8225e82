import Participation
import Synchronization
import Testing

@testable import WebUI

struct SessionTests {
    /// A clock that a test turns.
    private final class Hand: Sendable {
        private let time = Mutex(ContinuousClock.now)

        var now: ContinuousClock.Instant { time.withLock { $0 } }

        func turn(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
    }

    private let hand = Hand()
    private let sessions: Sessions
    private let account: RecordID

    init() throws {
        let count = Mutex<UInt8>(0)
        let hand = hand
        sessions = Sessions(
            randomBytes: { length in
                let next = count.withLock { count in
                    count &+= 1
                    return count
                }
                return [UInt8](repeating: next, count: length)
            }, now: { hand.now })
        account = try #require(RecordID("aigul"))
    }

    @Test func `a session lasts while a hand uses it, and no longer than a working day`() {
        let token = sessions.begin(account)
        for _ in 0..<3 {
            hand.turn(Sessions.idle)
            #expect(sessions.account(token, isUse: true) == account)
        }
        hand.turn(.seconds(1))
        #expect(sessions.account(token, isUse: true) == nil)
    }

    @Test func `what a page asks by itself does not keep a session alive`() {
        let token = sessions.begin(account)
        for _ in 0..<4 {
            hand.turn(Sessions.idle / 4)
            #expect(sessions.account(token, isUse: false) == account)
        }
        hand.turn(.seconds(1))
        #expect(sessions.account(token, isUse: false) == nil)
        // It does not come back to life.
        #expect(sessions.account(token, isUse: true) == nil)
    }

    @Test(.timeLimit(.minutes(10)))
    func `whoever waits for the end of a session hears of it at once`() async throws {
        let other = try #require(RecordID("other"))
        let tokens = (0..<4).map { _ in sessions.begin(account) } + [sessions.begin(other)]
        let ends = tokens.map { sessions.end(of: $0) }
        sessions.end(tokens[0])
        await Self.wait(for: ends[0])
        hand.turn(Sessions.idle + .seconds(1))
        #expect(sessions.account(tokens[1], isUse: false) == nil)
        await Self.wait(for: ends[1])
        sessions.endAll(of: account)
        for end in ends[2...3] { await Self.wait(for: end) }
        // A session that is not there has ended already.
        await Self.wait(for: sessions.end(of: "none"))
        // Somebody else logging in clears away what ran out.
        _ = sessions.begin(other)
        await Self.wait(for: ends[4])
    }

    private static func wait(for end: AsyncStream<Never>) async {
        for await _ in end {}
    }
}
