/// Builds the canonical bytes that are hashed, signed and sent: big-endian numbers, minimal
/// varints, lengths before texts. PROTOCOL.md describes them.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    mutating func byte(_ byte: UInt8) { bytes.append(byte) }

    mutating func raw(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

    mutating func raw(_ more: Bytes32) {
        fixed(more.first)
        fixed(more.second)
        fixed(more.third)
        fixed(more.fourth)
    }

    mutating func fixed(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
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

    mutating func varint(_ count: Int) { varint(UInt64(count)) }

    /// A varint length and UTF-8.
    mutating func text(_ text: String) {
        varint(text.utf8.count)
        bytes.append(contentsOf: text.utf8)
    }

    /// A varint length and bytes.
    mutating func sized(_ more: some Collection<UInt8>) {
        varint(more.count)
        raw(more)
    }

    mutating func device(_ device: DeviceID) {
        fixed(device.high)
        fixed(device.low)
    }

    mutating func branch(_ branch: Branch) {
        device(branch.device)
        fixed(branch.epoch)
    }

    mutating func version(_ version: Version) {
        fixed(version.stamp.bits)
        branch(version.branch)
    }

    /// How many bytes ``varint(_:)`` writes for a number.
    static func varintCount(_ number: Int) -> Int {
        number < 0x80 ? 1 : (Int.bitWidth - number.leadingZeroBitCount + 6) / 7
    }
}
