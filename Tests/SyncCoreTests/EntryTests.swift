import Crypto
import SyncCore
import Testing

struct EntryTests {
    private static let branch = Branch(
        device: DeviceID(Curve25519.Signing.PrivateKey().publicKey), epoch: 7)

    private static let change = RecordChange(
        entity: "village", record: "aral", stamp: Stamp(milliseconds: 1_795_000_000_000),
        fields: [
            .init("name", .text("Арал")), .init("men", .integer(-3)), .init("x", .number(0.5)),
            .init("isCenter", .flag(true), base: Version(stamp: Stamp(bits: 9), branch: branch)),
            .init(
                "note", .null, stamp: Stamp(bits: 3),
                base: Version(stamp: Stamp(bits: 9), branch: branch)),
            .init(
                "place", .text("Нарын"), base: Version(stamp: Stamp(bits: 9), branch: branch),
                settles: [
                    Version(stamp: Stamp(bits: 8), branch: branch),
                    Version(stamp: Stamp(bits: 7), branch: branch),
                ]),
        ])

    @Test func `a change reads back as it was written`() throws {
        let bytes = Payload.bytes(Self.change)
        #expect(try Payload.change(bytes) == Self.change)
        #expect(Payload.bytes(try Payload.change(bytes)) == bytes)
    }

    @Test func `every truncation and every appended byte is refused`() {
        let bytes = Payload.bytes(Self.change)
        for length in 0..<bytes.count {
            #expect(throws: EncodingError.self) { try Payload.change(bytes.prefix(length)) }
        }
        #expect(throws: EncodingError.self) { try Payload.change(bytes + [0]) }
    }

    @Test(arguments: 0..<400)
    func `a flipped bit never traps and never reads as the same`(_ place: Int) throws {
        var bytes = Payload.bytes(Self.change)
        bytes[place % bytes.count] ^= UInt8(1 << (place / bytes.count % 8))
        if let change = try? Payload.change(bytes) {
            #expect(change != Self.change)
            #expect(Payload.bytes(change) == bytes)
        }
    }

    @Test func `a header reads back as it was written`() throws {
        let header = EntryHeader(
            branch: Self.branch, sequence: 5, previous: .zero, payload: Hash(of: [1]), commit: 4,
            milliseconds: 12, isTimeTrusted: true, actor: "account")
        #expect(try EntryHeader(bytes: header.bytes) == header)
        #expect(throws: EncodingError.self) { try EntryHeader(bytes: header.bytes.dropLast()) }
    }

    @Test func `a chain is taken, and each fault in it is named`() throws {
        let key = Curve25519.Signing.PrivateKey()
        let branch = Branch(device: DeviceID(key.publicKey), epoch: 1)
        func entry(_ sequence: UInt64, after previous: Hash, _ payload: [UInt8]) -> EntryHeader {
            EntryHeader(
                branch: branch, sequence: sequence, previous: previous, payload: Hash(of: payload),
                commit: 1, milliseconds: 0, isTimeTrusted: true, actor: "")
        }
        let first = entry(1, after: .zero, [1])
        let second = entry(2, after: first.hash, [2])
        let seal = try Seal.sign(second.hash, with: key)
        var chain = ChainCheck(branch: branch, key: key.publicKey)
        try chain.take(header: first.bytes, payload: [1], signature: nil)
        #expect(throws: ChainCheck.Fault.unsealedEnd) { try chain.finish() }
        #expect(throws: ChainCheck.Fault.alteredPayload) {
            try chain.take(header: second.bytes, payload: [3], signature: seal)
        }
        #expect(throws: ChainCheck.Fault.wrongPlace) {
            try chain.take(header: first.bytes, payload: [1], signature: nil)
        }
        #expect(throws: ChainCheck.Fault.brokenChain) {
            try chain.take(
                header: entry(2, after: .zero, [2]).bytes, payload: [2], signature: nil)
        }
        #expect(throws: ChainCheck.Fault.badSignature) {
            try chain.take(
                header: second.bytes, payload: [2], signature: [UInt8](repeating: 0, count: 64))
        }
        try chain.take(header: second.bytes, payload: nil, signature: seal)
        try chain.finish()
        #expect(chain.head == second.hash)
    }
}

struct MergeTests {
    private static func branch(_ byte: UInt8) throws -> Branch {
        Branch(
            device: try #require(DeviceID(bytes: [UInt8](repeating: byte, count: 16))), epoch: 1)
    }

    @Test func `an edit made after seeing a value is later than it, whatever the clock`() {
        let seen = Stamp(milliseconds: 4_000_000_000_000)
        let stamp = Stamp.forEdit(now: 946_684_800_000, replacing: seen)
        #expect(stamp > seen)
        #expect(Stamp.forEdit(now: 5, replacing: nil) == Stamp(milliseconds: 5))
        #expect(Stamp.forEdit(now: .max, replacing: Stamp(bits: .max)) == Stamp(bits: .max))
    }

    @Test func `order and repetition of changes do not matter`() throws {
        let (a, b) = (try Self.branch(1), try Self.branch(2))
        let changes: [(RecordChange, Branch)] = [
            (
                .init(
                    entity: "e", record: "r", stamp: Stamp(bits: 5),
                    fields: [.init("f", .integer(1))]), a
            ),
            (
                .init(
                    entity: "e", record: "r", stamp: Stamp(bits: 5),
                    fields: [.init("f", .integer(2))]), b
            ),
            (
                .init(
                    entity: "e", record: "r", stamp: Stamp(bits: 4),
                    fields: [.init("g", .integer(3))]), b
            ),
        ]
        var expected = RecordState()
        for (change, branch) in changes { expected.merge(change, from: branch) }
        var found = RecordState()
        for (change, branch) in changes.reversed() + changes { found.merge(change, from: branch) }
        #expect(found == expected)
        #expect(found.fields["f"]?.content == .integer(2))
    }

    @Test func `an implausible clock is not believed and counts on from the floor`() {
        let floor: UInt64 = 1_795_000_000_000
        var clock = CommunityClock(floor: floor, uptimeMilliseconds: 1000)
        let dead = clock.read(wall: 946_684_800_000, uptimeMilliseconds: 6000)
        #expect(dead == .init(milliseconds: floor + 5000, isTrusted: false))
        let far = clock.read(wall: 4_070_908_800_000, uptimeMilliseconds: 7000)
        #expect(far == .init(milliseconds: floor + 6000, isTrusted: false))
        let good = clock.read(wall: floor + 86_400_000, uptimeMilliseconds: 8000)
        #expect(good.isTrusted)
        #expect(clock.floor == floor + 86_400_000)
        let back = clock.read(wall: floor, uptimeMilliseconds: 9000)
        #expect(!back.isTrusted)
        #expect(back.milliseconds == floor + 86_400_000)
    }
}
