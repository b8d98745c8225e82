public import Crypto
import Foundation
public import NIOSSL
import SwiftASN1
public import SyncCore
import X509

/// The clothing of a laptop's P-256 key for TLS (RFC 5280): self-signed, named by nothing but the
/// laptop, and good from the year 2000 to 9999, because clocks of villages prove nothing. Only the
/// key counts.
public enum PeerCertificate {
    private static let start = Date(timeIntervalSince1970: 946_684_800)
    /// RFC 5280 §4.1.2.5: 99991231235959Z stands for "no end".
    private static let end = Date(timeIntervalSince1970: 253_402_300_799)

    /// A certificate in DER. `serial` is up to 20 random bytes.
    public static func der(
        key: P256.Signing.PrivateKey, device: DeviceID, serial: [UInt8]
    ) throws -> [UInt8] {
        let name = try DistinguishedName { CommonName(device.description) }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: .init(bytes: serial),
            publicKey: .init(key.publicKey),
            notValidBefore: start,
            notValidAfter: end,
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
            },
            issuerPrivateKey: .init(key))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return serializer.serializedBytes
    }

    /// The SHA-256 of a key's SubjectPublicKeyInfo.
    public static func tlsHash(of key: P256.Signing.PublicKey) -> Hash {
        Hash(of: Array(key.derRepresentation))
    }

    /// The SHA-256 of the SubjectPublicKeyInfo in a certificate; nil where it cannot be read.
    public static func tlsHash(of certificate: NIOSSLCertificate) -> Hash? {
        guard let bytes = try? certificate.extractPublicKey().toSPKIBytes() else { return nil }
        return Hash(of: bytes)
    }
}
