import Crypto
import SyncCore
import Synchronization

@testable import SyncTransport

/// A replica in memory: logs, heads, and the merge left out.
actor TestReplica: Replica {
    let laptop: TestLaptop
    let community: TestCommunity
    private let id: CommunityID
    private var logs: [Branch: [LogEntry]] = [:]
    private(set) var frames = 0
    private(set) var heard: [DeviceID] = []
    /// What each laptop said last that it holds.
    private(set) var others: [DeviceID: Heads] = [:]
    private nonisolated let taps = Mutex<[AsyncStream<Void>.Continuation]>([])

    init(_ laptop: TestLaptop, _ community: TestCommunity, id: CommunityID = TestCommunity.id) {
        self.laptop = laptop
        self.community = community
        self.id = id
    }

    var heads: Heads {
        Heads(
            logs.compactMapValues { log in
                log.last.map { Head(sequence: $0.header.sequence, hash: $0.header.hash) }
            })
    }

    /// The payloads of a laptop's log.
    func payloads(of laptop: TestLaptop) -> [[UInt8]] {
        logs[laptop.branch, default: []].compactMap { $0.payload.map { Array($0) } }
    }

    /// Writes entries of so many bytes into the own log, each sealed.
    func write(_ count: Int, bytes: Int = 100) throws {
        for _ in 0..<count {
            let before = heads[laptop.branch]
            let fill = UInt8(before.sequence % 251)
            let payload = [UInt8](repeating: fill, count: bytes)
            let header = EntryHeader(
                branch: laptop.branch, sequence: before.sequence + 1, previous: before.hash,
                payload: Hash(of: payload), commit: before.sequence + 1,
                milliseconds: 1_795_000_000_000, isTimeTrusted: true, actor: "asel")
            logs[laptop.branch, default: []].append(
                LogEntry(
                    header: header, payload: payload[...],
                    signature: try Seal.sign(header.hash, with: laptop.signing)))
        }
        tell()
    }

    /// Says that something changed.
    nonisolated func tell() {
        for tap in taps.withLock({ $0 }) { tap.yield() }
    }

    func hello() -> (hello: Hello, heads: Heads) {
        let heads = heads
        let hello = Hello(
            community: id, device: laptop.device,
            clock: .init(milliseconds: 1_795_000_000_000, isTrusted: true),
            digest: Hash(of: heads.bytes), heads: heads.hash)
        return (hello, heads)
    }

    func standing(tlsHash: Hash) -> Membership.Standing {
        community.membership.standing(tlsHash: tlsHash)
    }

    func answer(_ pull: PullRequest) -> PullAnswer {
        let step = compose(theirs: pull.heads, skipping: Set(pull.skipped))
        return PullAnswer(heads: pull.wantsHeads ? heads : nil, frame: step.frame)
    }

    func take(_ frame: Frame) -> (heads: Heads, refused: [RefusedRun]) {
        frames += 1
        var refused: [RefusedRun] = []
        for run in frame.runs {
            do throws(RunFault) {
                let news = try run.verified().news(after: heads[run.branch])
                logs[run.branch, default: []] += news.map(\.entry)
            } catch {
                refused.append(RefusedRun(branch: run.branch, reason: .fault(error)))
            }
        }
        tell()
        return (heads, refused)
    }

    func head(of branch: Branch, at place: UInt64) -> Head {
        guard let entry = logs[branch]?.last(where: { $0.header.sequence == place }) else {
            return .none
        }
        return Head(sequence: place, hash: entry.header.hash)
    }

    func compose(theirs: Heads, skipping: Set<Branch>) -> LogPlan.Step {
        let heads = heads
        let plan = LogPlan(
            mine: heads, theirs: theirs, logs: community.membership.logs(of: heads.branches),
            skipping: skipping)
        return plan.next(limit: 64 * 1024) { branch, after, take in
            for entry in logs[branch, default: []] where entry.header.sequence > after {
                if !take(entry) { return }
            }
        }
    }

    nonisolated func newHeads() -> AsyncStream<Void> {
        let (stream, tap) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        taps.withLock { $0.append(tap) }
        return stream
    }

    func heard(_ clock: CommunityClock.Reading, from device: DeviceID) { heard.append(device) }

    func heard(_ heads: Heads, from device: DeviceID) { others[device] = heads }
}
