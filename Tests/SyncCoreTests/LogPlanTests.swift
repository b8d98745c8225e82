import SyncCore
import Testing

/// What is sent next: never too much, never in pieces that cannot be checked, and in the end all.
struct LogPlanTests {
    /// Logs that one side holds.
    struct Shelf {
        var logs: [Branch: [LogEntry]] = [:]
        var keys: [Branch: RawKey] = [:]
        var reads = 0

        mutating func put(_ laptop: SampleLaptop, _ entries: [LogEntry], epoch: UInt64 = 1) {
            logs[laptop.branch(epoch: epoch)] = entries
            keys[laptop.branch(epoch: epoch)] = laptop.keys.log
        }

        var heads: Heads { Heads(logs.mapValues(\.head)) }

        func head(of branch: Branch, at place: UInt64) -> Head {
            let entry = logs[branch]?.last { $0.header.sequence == place }
            return entry.map { Head(sequence: place, hash: $0.header.hash) } ?? .none
        }

        var order: [LogPlan.Log] {
            keys.sorted { $0.key < $1.key }.map { LogPlan.Log(branch: $0.key, key: $0.value) }
        }

        mutating func step(to other: Heads, limit: Int = SyncLimits.frameBytes) -> LogPlan.Step {
            let plan = LogPlan(mine: heads, theirs: other, logs: order)
            let logs = logs
            var count = 0
            let step = plan.next(limit: limit) { branch, after, take in
                for entry in logs[branch, default: []] where entry.header.sequence > after {
                    count += 1
                    if !take(entry) { return }
                }
            }
            reads += count
            return step
        }

        /// Takes a frame as a receiver does.
        mutating func take(_ frame: Frame) throws {
            for run in try Frame(bytes: frame.bytes).runs {
                let head = heads[run.branch]
                let news = try run.verified().news(after: head)
                logs[run.branch, default: []] += news.map(\.entry)
                keys[run.branch] = run.key
            }
        }
    }

    private static func shelf(_ generator: inout Seeded) throws -> Shelf {
        var shelf = Shelf()
        for number in UInt8(1)...4 {
            let count = Int.random(in: 1...60, using: &generator)
            let payloads = (0..<count).map { _ in
                [UInt8](repeating: number, count: Int.random(in: 1...300, using: &generator))
            }
            let seals = Set((1...count).filter { _ in generator.chance(30) })
            let laptop = try SampleLaptop(number)
            shelf.put(laptop, try laptop.log(payloads, seals: seals))
        }
        return shelf
    }

    @Test func `frame by frame the other comes to hold all, whatever the size of a frame`() throws {
        for seed in UInt64(1)...12 {
            var generator = Seeded(seed)
            var mine = try Self.shelf(&generator)
            var theirs = Shelf()
            let limit = Int.random(in: 200...6000, using: &generator)
            var frames = 0
            var hasMore = true
            while hasMore {
                let step = mine.step(to: theirs.heads, limit: limit)
                #expect(step.forks.isEmpty && step.unsendable.isEmpty)
                #expect(step.frame.bytes.count <= limit || step.frame.runs.count == 1)
                try theirs.take(step.frame)
                hasMore = step.frame.hasMore
                frames += 1
                try #require(frames < 1000, "seed \(seed)")
            }
            #expect(theirs.logs == mine.logs, "seed \(seed)")
            #expect(!LogPlan(mine: mine.heads, theirs: theirs.heads, logs: mine.order).isNeeded)
        }
    }

    @Test func `a frame is filled as far as seals allow, and reading stops there`() throws {
        let laptop = try SampleLaptop(1)
        var shelf = Shelf()
        let payloads = (0..<100).map { _ in [UInt8](repeating: 7, count: 90) }
        shelf.put(laptop, try laptop.log(payloads, seals: Set(1...100)))
        let step = shelf.step(to: Heads(), limit: 2000)
        let count = try #require(step.frame.runs.first).entries.count
        #expect((10...13).contains(count))
        #expect(step.frame.bytes.count > 1700)
        #expect(shelf.reads == count + 1)
        #expect(step.frame.hasMore)
    }

    @Test func `the largest stretch that a laptop may leave unsealed fits into one frame`() throws {
        let laptop = try SampleLaptop(1)
        let actor = String(repeating: "a", count: SyncLimits.nameBytes)
        var head = Head.none
        var entries: [LogEntry] = []
        for index in 0..<SyncLimits.entriesPerSeal {
            let isLast = index == SyncLimits.entriesPerSeal - 1
            let size = isLast ? SyncLimits.payloadBytes : (SyncLimits.sealBytes - 1) / 999
            let payload = [UInt8](repeating: 1, count: size)
            let header = EntryHeader(
                branch: laptop.branch(), sequence: head.sequence + 1, previous: head.hash,
                payload: Hash(of: payload), commit: UInt64(index + 7),
                milliseconds: UInt64(index + 1), isTimeTrusted: true,
                actor: index % 2 == 0 ? actor : String(actor.dropLast()))
            head = Head(sequence: header.sequence, hash: header.hash)
            entries.append(
                LogEntry(
                    header: header, payload: payload[...],
                    signature: isLast ? try Seal.sign(head.hash, with: laptop.signing) : nil))
        }
        var shelf = Shelf()
        shelf.put(laptop, entries)
        let step = shelf.step(to: Heads())
        #expect(step.unsendable.isEmpty)
        #expect(step.frame.runs.first?.entries.count == SyncLimits.entriesPerSeal)
        #expect(step.frame.bytes.count <= SyncLimits.frameBytes)
    }

    @Test func `forks are named and the other logs still go`() throws {
        let (one, two) = (try SampleLaptop(1), try SampleLaptop(2))
        var mine = Shelf()
        let common = try one.log([[1], [2]])
        mine.put(one, common + (try one.log(after: common.head, [[3], [4]])))
        mine.put(two, try two.log([[5]]))
        let cases: [([[UInt8]], UInt64?)] = [
            ([[8]], 3), ([[8], [9]], 4), ([[8], [9], [9]], nil),
        ]
        for (other, place) in cases {
            let theirs = common + (try one.log(after: common.head, other))
            let step = mine.step(to: Heads([one.branch(): theirs.head]))
            #expect(step.forks == (place.map { [one.branch(): $0] } ?? [:]))
            let shown = step.frame.runs.filter { $0.branch == one.branch() }
            #expect(step.frame.runs.count == shown.count + 1)
            #expect(shown.count == (place == nil ? 0 : 1))
            for run in shown {
                #expect(run.entries.count == 1)
                #expect(throws: RunFault.fork(sequence: theirs.head.sequence)) {
                    try run.verified().news(after: theirs.head)
                }
            }
        }
    }

    @Test func `a log with a hole or an open end is not sent as if it were whole`() throws {
        let (one, two) = (try SampleLaptop(1), try SampleLaptop(2))
        var shelf = Shelf()
        shelf.put(two, try two.log([[5]]))
        var entries = try one.log([[1], [2], [3], [4]], seals: [2])
        let head = entries.head
        entries.remove(at: 2)
        shelf.put(one, entries)
        #expect(shelf.heads[one.branch()] == head)
        let step = shelf.step(to: Heads())
        #expect(step.unsendable == [one.branch()])
        #expect(step.frame.runs.map(\.branch) == [two.branch()])
    }
}
