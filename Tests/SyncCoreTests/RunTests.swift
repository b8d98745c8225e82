import SyncCore
import Testing

/// Runs and frames: what is left out on the wire comes back, and nothing else passes.
struct RunTests {
    private static let payloads: [[UInt8]] = (0..<12).map { [UInt8](repeating: $0, count: 40) }

    private static func sample() throws -> (laptop: SampleLaptop, log: [LogEntry]) {
        let laptop = try SampleLaptop(1)
        return (laptop, try laptop.log(payloads, seals: [4, 8]))
    }

    private static func frame() throws -> Frame {
        let (laptop, log) = try sample()
        let other = try SampleLaptop(2)
        var erased = try other.log([[1], [2], [3]])
        erased[1] = LogEntry(header: erased[1].header, payload: nil, signature: nil)
        return Frame(runs: [try laptop.run(log), try other.run(erased)], hasMore: true)
    }

    @Test func `a frame reads back as it was written`() throws {
        let frame = try Self.frame()
        let read = try Frame(bytes: frame.bytes)
        #expect(read == frame)
        #expect(read.bytes == frame.bytes)
    }

    @Test func `verified entries are those that were logged`() throws {
        let (laptop, log) = try Self.sample()
        let read = try Frame(bytes: Frame(runs: [try laptop.run(log)], hasMore: false).bytes)
        let verified = try #require(read.runs.first).verified()
        #expect(verified.entries.map(\.entry) == log)
        #expect(verified.entries.map(\.headerBytes) == log.map(\.header.bytes))
        #expect(verified.end == log.head)
    }

    @Test func `every truncation and every appended byte is refused`() throws {
        let bytes = try Self.frame().bytes
        for length in 0..<bytes.count {
            #expect(throws: EncodingError.self) { try Frame(bytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: EncodingError.self) { try Frame(bytes: bytes + [0]) }
    }

    @Test func `no flipped bit is taken for what was signed`() throws {
        let frame = try Self.frame()
        let bytes = frame.bytes
        let good = try frame.runs.map { try $0.verified() }
        for place in 3..<bytes.count {
            var altered = bytes
            altered[place] ^= UInt8(1 << (place % 8))
            guard let read = try? Frame(bytes: altered) else { continue }
            #expect(read.bytes == altered)
            let found = read.runs.compactMap { try? $0.verified() }
            // Two runs cannot both have been altered, and one that was does not verify; a run
            // may only have lost its place in the frame.
            #expect(found.allSatisfy(good.contains), "byte \(place)")
            #expect(found.count < 2, "byte \(place)")
        }
    }

    @Test func `only what the receiver lacks is new`() throws {
        let (laptop, log) = try Self.sample()
        let whole = try laptop.run(log).verified()
        let middle = Array(log.prefix(8)).head
        #expect(try whole.news(after: .none).count == 12)
        #expect(try whole.news(after: middle).map(\.entry) == Array(log.suffix(4)))
        #expect(try whole.news(after: log.head).isEmpty)
        let early = try laptop.run(Array(log.prefix(4))).verified()
        #expect(try early.news(after: middle).isEmpty)
        let late = try laptop.run(Array(log.suffix(4))).verified()
        #expect(throws: RunFault.gap(after: 4)) { try late.news(after: early.end) }
    }

    @Test func `a fork shows at the place where the receiver stands`() throws {
        let (laptop, log) = try Self.sample()
        let common = Array(log.prefix(4))
        let other = try laptop.log(after: common.head, [[9], [9], [9], [9]])
        let mine = other.head
        #expect(throws: RunFault.fork(sequence: 8)) {
            try laptop.run(log).verified().news(after: mine)
        }
        #expect(throws: RunFault.fork(sequence: 8)) {
            try laptop.run(Array(log.suffix(4))).verified().news(after: mine)
        }
        #expect(try laptop.run(log).verified().news(after: common.head).count == 8)
    }

    @Test func `a key that is not the log's, a false seal and an open end are named`() throws {
        let (laptop, log) = try Self.sample()
        let run = try laptop.run(log)
        let strange = Run(
            branch: run.branch, key: try SampleLaptop(2).keys.log, previous: run.previous,
            entries: run.entries)
        #expect(throws: RunFault.wrongKey) { try strange.verified() }
        let open = try laptop.run(Array(log.prefix(5)))
        #expect(throws: RunFault.unsealedEnd) { try open.verified() }
        let moved = Run(
            branch: run.branch, key: run.key, previous: Head(sequence: 1, hash: run.previous.hash),
            entries: run.entries)
        #expect(throws: RunFault.badSignature(sequence: 5)) { try moved.verified() }
    }

    @Test func `limits hold`() throws {
        let laptop = try SampleLaptop(1)
        let large = [UInt8](repeating: 0, count: SyncLimits.payloadBytes + 1)
        let frame = Frame(runs: [try laptop.run(try laptop.log([large]))], hasMore: false)
        #expect(throws: EncodingError.tooLong) { try Frame(bytes: frame.bytes) }
        let many = try laptop.log((0..<3).map { [$0] })
        let last = Run(
            branch: laptop.branch(), key: laptop.keys.log,
            previous: Head(sequence: Head.latest - 2, hash: many.head.hash),
            entries: many.map(Run.Entry.init))
        #expect(throws: EncodingError.tooLong) {
            try Frame(bytes: Frame(runs: [last], hasMore: false).bytes)
        }
        #expect(throws: EncodingError.tooLong) {
            try Frame(bytes: [UInt8](repeating: 0, count: SyncLimits.frameBytes + 1))
        }
    }

    @Test func `heads read back, and disorder is refused`() throws {
        let (one, two) = (try SampleLaptop(1), try SampleLaptop(2))
        let heads = Heads([
            one.branch(): Head(sequence: 3, hash: Hash(of: [1])),
            two.branch(): Head(sequence: 9, hash: Hash(of: [2])),
            two.branch(epoch: 7): .none,
        ])
        let bytes = heads.bytes
        #expect(bytes.count == 1 + 2 * 64)
        #expect(try Heads(bytes: bytes) == heads)
        let swapped = [2] + bytes[65...] + bytes[1..<65]
        #expect(throws: EncodingError.notCanonical) { try Heads(bytes: swapped) }
        let doubled = [2] + bytes[1..<65] + bytes[1..<65]
        #expect(throws: EncodingError.notCanonical) { try Heads(bytes: doubled) }
        #expect(throws: EncodingError.truncated) { try Heads(bytes: bytes.dropLast()) }
        #expect(try Heads(bytes: [0]) == Heads())
    }
}
