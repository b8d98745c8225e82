import SyncCore
import Testing

/// What carries the other side of a fork.
struct EvidenceTests {
    /// Stretches of these sizes in bytes, each sealed.
    private static func log(_ sizes: [Int]) throws -> (SampleLaptop, [LogEntry]) {
        let laptop = try SampleLaptop(1)
        let payloads = sizes.map { [UInt8](repeating: 9, count: $0) }
        return (laptop, try laptop.log(payloads, seals: Set(1...sizes.count)))
    }

    @Test func `a long side goes into several payloads, each a whole run`() throws {
        let (laptop, log) = try Self.log([Int](repeating: 100_000, count: 17))
        let payloads = Evidence.payloads(log, key: laptop.keys.log)
        #expect(payloads.count == 4)
        var head = Head.none
        for payload in payloads {
            #expect(payload.count <= SyncLimits.payloadBytes)
            #expect(try Payload.message(payload) == .evidence)
            let run = try #require(Evidence.runs(in: payload).first)
            #expect(run.previous == head)
            head = run.end
        }
        #expect(head == log.head)
    }

    @Test func `the largest stretch that a laptop writes fits into one payload`() throws {
        let laptop = try SampleLaptop(1)
        let small = (SyncLimits.sealBytes - 1) / (SyncLimits.entriesPerSeal - 1)
        var payloads = [[UInt8]](
            repeating: [UInt8](repeating: 9, count: small), count: SyncLimits.entriesPerSeal - 1)
        payloads.append([UInt8](repeating: 9, count: SyncLimits.ownPayloadBytes))
        let log = try laptop.log(payloads)
        let found = Evidence.payloads(log, key: laptop.keys.log)
        #expect(found.count == 1)
        #expect(found[0].count <= SyncLimits.payloadBytes)
        #expect(Evidence.runs(in: found[0]).first?.entries.count == payloads.count)
    }

    @Test func `evidence in evidence counts to a depth, and no deeper`() throws {
        let (laptop, log) = try Self.log([10])
        var payload = try #require(Evidence.payloads(log, key: laptop.keys.log).first)
        for depth in 1...Evidence.depth + 2 {
            #expect(Evidence.runs(in: payload).count == min(depth, Evidence.depth))
            let carrier = try SampleLaptop(UInt8(depth + 1))
            let entries = try carrier.log([payload])
            payload = try #require(Evidence.payloads(entries, key: carrier.keys.log).first)
        }
    }

    @Test func `what is altered carries nothing`() throws {
        let (laptop, log) = try Self.log([10, 10])
        let payload = try #require(Evidence.payloads(log, key: laptop.keys.log).first)
        for place in payload.indices {
            var altered = payload
            altered[place] ^= UInt8(1 << (place % 8))
            #expect(Evidence.runs(in: altered).isEmpty, "byte \(place)")
        }
    }

    @Test func `all who know the same entries find the same trunk, in any order`() throws {
        let laptop = try SampleLaptop(1)
        let common = try laptop.log([[1], [2]])
        let sides = try [[3], [4], [5]].map { try laptop.log(after: common.head, [$0, [6]]) }
        let entries = try ([common] + sides).flatMap { try laptop.run($0).verified().entries }
        var random = Seeded(1)
        var found: Set<[[Hash]]> = []
        for _ in 0..<50 {
            var tree = LogTree<CheckedEntry>()
            for entry in entries.shuffled(using: &random) { tree.insert(entry) }
            found.insert(tree.limbs(of: laptop.branch()).map { $0.entries.map(\.hash) })
        }
        let limbs = try #require(found.first)
        #expect(found.count == 1)
        #expect(limbs.map(\.count) == [4, 2, 2])
        let firsts = [limbs[0][2], limbs[1][0], limbs[2][0]]
        #expect(firsts == firsts.sorted())
    }

    @Test func `an entry that claims another place does not follow`() throws {
        let laptop = try SampleLaptop(1)
        let common = try laptop.log([[1]])
        let far = try laptop.log(after: Head(sequence: 7, hash: common.head.hash), [[2]])
        var tree = LogTree<CheckedEntry>()
        for entry in try laptop.run(common).verified().entries { tree.insert(entry) }
        for entry in try laptop.run(far).verified().entries { tree.insert(entry) }
        #expect(tree.limbs(of: laptop.branch()).map(\.entries.count) == [1])
    }
}
