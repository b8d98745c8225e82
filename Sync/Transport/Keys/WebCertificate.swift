public import Crypto
public import Foundation
import SwiftASN1
import X509

/// The self-signed certificate of the HTTPS listener for phones and other laptops (RFC 5280).
/// Browsers take no Ed25519, so the key is P-256.
public enum WebCertificate {
    /// A certificate in PEM for these names and addresses, good from two days before `now` for
    /// 800 days: a phone whose clock is a day off still takes it.
    public static func pem(
        key: P256.Signing.PrivateKey, names: [String], now: Date, serial: [UInt8]
    ) throws -> String {
        let subject = try DistinguishedName { CommonName("Ashar") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: .init(bytes: serial),
            publicKey: .init(key.publicKey),
            notValidBefore: now.addingTimeInterval(-2 * 86_400),
            notValidAfter: now.addingTimeInterval(800 * 86_400),
            issuer: subject,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                SubjectAlternativeNames(names.map(generalName))
            },
            issuerPrivateKey: .init(key))
        return try certificate.serializeAsPEM().pemString
    }

    private static func generalName(_ name: String) -> GeneralName {
        let parts = name.split(separator: ".").compactMap { UInt8($0) }
        guard parts.count == 4, name.split(separator: ".").count == 4 else {
            return .dnsName(name)
        }
        return .ipAddress(ASN1OctetString(contentBytes: parts[...]))
    }
}
