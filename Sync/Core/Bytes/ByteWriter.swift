/// Builds the canonical bytes that are hashed, signed and sent: big-endian numbers, minimal
/// varints, lengths before texts. PROTOCOL.md describes them.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func raw(_ more: some Sequence<UInt8>) { bytes += more }

    mutating func fixed(_ number: UInt64) {
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
        }
    }

    /// Unsigned LEB128 in the fewest bytes.
    mutating func varint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A varint length and UTF-8.
    mutating func text(_ text: String) {
        varint(UInt64(text.utf8.count))
        bytes += text.utf8
    }
}
