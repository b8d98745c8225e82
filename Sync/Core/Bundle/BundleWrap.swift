/// The key of a bundle, encrypted for one laptop with HPKE (RFC 9180, mode auth).
///
///     device          16 bytes
///     encapsulated    32 bytes, an X25519 public key
///     wrapped         48 bytes: the encrypted key and its tag
public struct BundleWrap: Sendable, Hashable {
    /// For whom.
    public let device: DeviceID
    /// The 32 bytes that HPKE sends along.
    public let encapsulated: [UInt8]
    /// The 48 bytes of the encrypted key.
    public let wrapped: [UInt8]

    static let encapsulatedBytes = 32
    static let wrappedBytes = 48
    static let byteCount = 16 + encapsulatedBytes + wrappedBytes

    /// The `info` of HPKE.
    public static let info = Array("ashar/bundle/1".utf8)

    /// Puts a wrap together; nil where a length is wrong.
    public init?(device: DeviceID, encapsulated: [UInt8], wrapped: [UInt8]) {
        guard encapsulated.count == Self.encapsulatedBytes, wrapped.count == Self.wrappedBytes
        else { return nil }
        self.device = device
        self.encapsulated = encapsulated
        self.wrapped = wrapped
    }

    /// The associated data of HPKE: the wrap holds for this laptop and this bundle only.
    public static func associated(
        community: CommunityID, bundle: Nonce, device: DeviceID
    ) -> [UInt8] {
        community.bytes + bundle.bytes + device.bytes
    }

    init(from reader: inout ByteReader) throws(EncodingError) {
        device = try reader.device()
        encapsulated = try reader.array(Self.encapsulatedBytes)
        wrapped = try reader.array(Self.wrappedBytes)
    }

    func write(to writer: inout ByteWriter) {
        writer.device(device)
        writer.raw(encapsulated)
        writer.raw(wrapped)
    }
}
