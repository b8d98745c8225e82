/// The public keys by which a community knows a laptop, one for each use.
public struct DeviceKeys: Sendable, Hashable {
    /// The Ed25519 key that signs its log; the laptop is named after it.
    public let log: RawKey
    /// The SHA-256 of the SubjectPublicKeyInfo (RFC 5280 §4.1) of its P-256 key for TLS.
    public let tlsHash: Hash
    /// The X25519 key to which bundles are encrypted.
    public let bundle: RawKey

    /// Puts the keys of a laptop together.
    public init(log: RawKey, tlsHash: Hash, bundle: RawKey) {
        self.log = log
        self.tlsHash = tlsHash
        self.bundle = bundle
    }

    /// The laptop.
    public var device: DeviceID { DeviceID(log) }

    init(from reader: inout ByteReader) throws(EncodingError) {
        self.init(log: try reader.key(), tlsHash: try reader.hash(), bundle: try reader.key())
    }

    func write(to writer: inout ByteWriter) {
        writer.raw(log.words)
        writer.raw(tlsHash.words)
        writer.raw(bundle.words)
    }
}
