import Crypto

/// A SHA-256.
public struct Hash: Sendable, Hashable, Comparable, CustomStringConvertible {
    let words: Bytes32

    /// What stands before the first entry of a log.
    public static let zero = Hash(words: .zero)

    init(words: Bytes32) { self.words = words }

    /// Hashes bytes.
    public init(of data: [UInt8]) { self = data.withUnsafeBytes { Hash(of: $0) } }

    /// Hashes a part of an array, without copying it.
    public init(of data: ArraySlice<UInt8>) { self = data.withUnsafeBytes { Hash(of: $0) } }

    init(of data: UnsafeRawBufferPointer) {
        var hash = SHA256()
        hash.update(bufferPointer: data)
        words = hash.finalize().withUnsafeBytes { Bytes32($0) }
    }

    /// Reads 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard let words = Bytes32(bytes) else { return nil }
        self.words = words
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { words.bytes }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Byte order.
    public static func < (left: Self, right: Self) -> Bool { left.words < right.words }
}
