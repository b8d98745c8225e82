/// Thirty-two bytes held in place, as four big-endian words: no allocation, and the order of the
/// words is the order of the bytes.
struct Bytes32: Sendable, Hashable, Comparable {
    static let count = 32
    static let zero = Bytes32(first: 0, second: 0, third: 0, fourth: 0)

    let first: UInt64
    let second: UInt64
    let third: UInt64
    let fourth: UInt64

    private init(first: UInt64, second: UInt64, third: UInt64, fourth: UInt64) {
        self.first = first
        self.second = second
        self.third = third
        self.fourth = fourth
    }

    /// Takes the first 32 bytes of a buffer that has them.
    init(_ buffer: UnsafeRawBufferPointer) {
        first = buffer.bigEndianWord(at: 0)
        second = buffer.bigEndianWord(at: 8)
        third = buffer.bigEndianWord(at: 16)
        fourth = buffer.bigEndianWord(at: 24)
    }

    /// Reads 32 bytes; nil for any other number of them.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.count else { return nil }
        self = Array(bytes).withUnsafeBytes { Bytes32($0) }
    }

    var bytes: [UInt8] {
        var writer = ByteWriter(capacity: Self.count)
        writer.raw(self)
        return writer.bytes
    }

    static func < (left: Self, right: Self) -> Bool {
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.third != right.third { return left.third < right.third }
        return left.fourth < right.fourth
    }
}

extension UnsafeRawBufferPointer {
    /// The eight bytes from a place on as a big-endian number.
    func bigEndianWord(at offset: Int) -> UInt64 {
        UInt64(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
