import Crypto

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

extension DeviceKeys {
    /// Any secret does: with a key of low order all of them give zeros.
    private static let probe = [UInt8](repeating: 9, count: 32)

    /// Whether what is encrypted for the laptop is for it alone. With a key of low order
    /// (RFC 7748 §6.1) X25519 gives 32 zeros whatever the other key is, so that anyone could open
    /// a bundle's wrap; who offers one is not admitted.
    public var isSound: Bool {
        guard
            let probe = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: Self.probe),
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: bundle.bytes),
            let secret = try? probe.sharedSecretFromKeyAgreement(with: key)
        else { return false }
        return secret.withUnsafeBytes { $0.contains { $0 != 0 } }
    }
}
