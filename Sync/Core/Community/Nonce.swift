/// Sixteen random bytes, used once.
public struct Nonce: Sendable, Hashable {
    /// The 16 bytes.
    public let bytes: [UInt8]

    /// Takes 16 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        self.bytes = Array(bytes)
    }

    /// The first 16 bytes of a hash.
    init(truncating hash: Hash) { bytes = Array(hash.bytes.prefix(16)) }

    init(from reader: inout ByteReader) throws(EncodingError) {
        bytes = try reader.array(16)
    }
}
