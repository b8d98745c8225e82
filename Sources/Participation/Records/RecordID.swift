/// The name of a record for ever: 1 to 64 of `A-Z a-z 0-9 - _`. The program's own are UUIDv7.
public struct RecordID: Sendable, Hashable, Comparable, FieldContent, CustomStringConvertible {
    /// The id as written in files and addresses.
    public let text: String

    /// Accepts a well-formed id; nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    /// Reads a stored reference.
    public init?(_ value: Value) {
        guard case .text(let text) = value else { return nil }
        self.init(text)
    }

    /// Makes a UUIDv7 (RFC 9562 §5.7) from a moment and ten random bytes.
    public init(milliseconds: UInt64, random: [UInt8]) {
        precondition(random.count == 10)
        var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * $0)) }
        bytes += random
        bytes[6] = 0x70 | (bytes[6] & 0x0F)
        bytes[8] = 0x80 | (bytes[8] & 0x3F)
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        self.text = String(decoding: text, as: UTF8.self)
    }

    /// The id as the store holds it.
    public var value: Value { .text(text) }
    /// The id as written in files and addresses.
    public var description: String { text }

    /// Byte order, the same everywhere.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
