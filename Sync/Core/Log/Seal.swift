public import Crypto

/// The signature over the last entry of a commit or batch; the chain covers the entries before.
public enum Seal {
    /// Bytes of a signature.
    public static let byteCount = 64

    private static let context = Array("ashar/seal/1".utf8)

    /// The 64 bytes of an Ed25519 signature (RFC 8032) over the context and the entry's hash.
    public static func sign(
        _ hash: Hash, with key: Curve25519.Signing.PrivateKey
    ) throws -> [UInt8] {
        Array(try key.signature(for: context + hash.bytes))
    }

    /// Whether a signature is the device's over this entry.
    public static func isValid(
        _ signature: [UInt8], over hash: Hash, by key: Curve25519.Signing.PublicKey
    ) -> Bool {
        key.isValidSignature(signature, for: context + hash.bytes)
    }
}
