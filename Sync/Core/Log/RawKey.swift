/// The 32 raw bytes of an Ed25519 or X25519 public key (RFC 8032, RFC 7748), as they are logged
/// and sent.
public struct RawKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    let words: Bytes32

    init(words: Bytes32) { self.words = words }

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
