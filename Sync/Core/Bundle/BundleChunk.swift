/// How the chunks of a bundle are numbered.
public enum BundleChunk {
    /// The 12 bytes of the nonce (RFC 8439 §2.8): 3 zero bytes, 8 bytes number counted from 0
    /// through all parts, 1 byte that is 1 for the last chunk of the bundle. So no chunk can be
    /// left out, moved or put at the end of a shorter bundle.
    public static func nonce(_ number: UInt64, isLast: Bool) -> [UInt8] {
        var writer = ByteWriter(capacity: 12)
        writer.raw([0, 0, 0])
        writer.fixed(number)
        writer.byte(isLast ? 1 : 0)
        return writer.bytes
    }
}
