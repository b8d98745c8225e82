import SyncCore
import Testing

/// Statements as bytes.
struct StatementTests {
    private static func acts() throws -> [Statement.Act] {
        let (one, two) = (try SampleLaptop(1), try SampleLaptop(2))
        let nonce = try #require(Nonce(bytes: (0..<16).map { UInt8($0) }))
        let label = try #require(DeviceLabel("Айыл өкмөтү, 2-бөлмө"))
        return [
            .found(.init(nonce: nonce, keys: one.keys, label: label)),
            .admit(.init(term: 300, role: .reader, keys: two.keys, label: two.label)),
            .remove(.init(device: two.device, term: 1, accepted: [9: 4, 2: .max, 5: 1])),
            .remove(.init(device: two.device, term: 1, accepted: [:])),
        ]
    }

    @Test func `a statement reads back as it was written`() throws {
        for act in try Self.acts() {
            let statement = Statement(stamp: Stamp(bits: 77), act: act)
            let bytes = statement.bytes
            #expect(try Statement(bytes: bytes) == statement)
            #expect(try Payload.message(bytes) == .statement(statement))
        }
    }

    @Test func `every truncation, appended byte and flipped bit is refused or read as it stands`()
        throws
    {
        for act in try Self.acts() {
            let statement = Statement(stamp: Stamp(bits: 77), act: act)
            let bytes = statement.bytes
            for length in 0..<bytes.count {
                #expect(throws: EncodingError.self) { try Statement(bytes: bytes.prefix(length)) }
            }
            #expect(throws: EncodingError.self) { try Statement(bytes: bytes + [0]) }
            for place in 0..<bytes.count * 8 {
                var altered = bytes
                altered[place / 8] ^= UInt8(1 << (place % 8))
                guard let read = try? Statement(bytes: altered) else { continue }
                #expect(read != statement)
                #expect(read.bytes == altered)
            }
        }
    }

    @Test func `labels are short and fit on one line`() {
        #expect(DeviceLabel(String(repeating: "a", count: 64)) != nil)
        #expect(DeviceLabel(String(repeating: "a", count: 65)) == nil)
        #expect(DeviceLabel(String(repeating: "ө", count: 33)) == nil)
        for text in ["a\nb", "\u{7F}", "\u{85}", "a\u{0}"] { #expect(DeviceLabel(text) == nil) }
    }

    @Test func `what a later version states is kept as it is`() throws {
        #expect(try Payload.message([4, 1, 2]) == .unknown(format: 4))
        var bytes = Statement(stamp: Stamp(bits: 1), act: try Self.acts()[3]).bytes
        bytes[9] = 9
        #expect(try Payload.message(bytes) == .unknown(format: 2))
        #expect(throws: EncodingError.truncated) { try Payload.message([]) }
        #expect(throws: EncodingError.truncated) { try Payload.message([2, 0]) }
    }

    @Test func `a removal names at most so many logs`() {
        let accepted = Dictionary(
            uniqueKeysWithValues: (UInt64(0)..<5000).map { ($0, $0 % 3) })
        let device = Assembly.laptops[0].device
        let removal = Statement.Removal(device: device, term: 0, accepted: accepted)
        #expect(removal.term == 1)
        #expect(removal.accepted.count == 3333)
        let all = Statement.Removal(
            device: device, term: 1, accepted: accepted.mapValues { $0 + 1 })
        #expect(all.accepted.count == SyncLimits.branches)
        #expect(all.accepted[4095] == 1 && all.accepted[4096] == nil)
    }
}
