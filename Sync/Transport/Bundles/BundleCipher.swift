import Crypto
import Foundation
import SyncCore

/// The key of one bundle and what is done with it.
struct BundleCipher {
    private let key: SymmetricKey
    private static let suite = HPKE.Ciphersuite.Curve25519_SHA256_ChachaPoly

    /// Draws a new key of 32 bytes.
    init() { key = SymmetricKey(size: .bits256) }

    /// Takes the key out of a wrap.
    /// - Throws: ``BundleFault/altered`` or what the library says where the wrap is another
    ///   laptop's or not the author's.
    init(
        unwrapping wrap: BundleWrap, of header: BundleHeader, by author: RawKey,
        with mine: Curve25519.KeyAgreement.PrivateKey
    ) throws {
        let sender = try Curve25519.KeyAgreement.PublicKey(rawRepresentation: author.bytes)
        let encapsulated = try Curve25519.KeyAgreement.PublicKey(
            rawRepresentation: wrap.encapsulated)
        guard Self.isSound(sender, mine), Self.isSound(encapsulated, mine) else {
            throw BundleFault.altered
        }
        var recipient = try HPKE.Recipient(
            privateKey: mine, ciphersuite: Self.suite, info: Data(BundleWrap.info),
            encapsulatedKey: Data(wrap.encapsulated), authenticatedBy: sender)
        let associated = BundleWrap.associated(
            community: header.community, bundle: header.bundle, device: wrap.device)
        key = SymmetricKey(
            data: try recipient.open(Data(wrap.wrapped), authenticating: Data(associated)))
    }

    /// Wraps the key for a laptop; nil where its key is none: nothing can be encrypted for it.
    func wrap(
        for device: DeviceID, _ receiver: RawKey, community: CommunityID, bundle: Nonce,
        by mine: Curve25519.KeyAgreement.PrivateKey
    ) -> BundleWrap? {
        let associated = BundleWrap.associated(
            community: community, bundle: bundle, device: device)
        guard
            let key = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: receiver.bytes),
            Self.isSound(key, mine),
            var sender = try? HPKE.Sender(
                recipientKey: key, ciphersuite: Self.suite, info: Data(BundleWrap.info),
                authenticatedBy: mine),
            let wrapped = try? sender.seal(
                self.key.withUnsafeBytes { Data($0) }, authenticating: Data(associated))
        else { return nil }
        return BundleWrap(
            device: device, encapsulated: Array(sender.encapsulatedKey), wrapped: Array(wrapped))
    }

    /// Whether a key is no point of low order, with which every secret is 32 zeros, so that
    /// anyone could open the wrap. RFC 9180 §7.1.4 asks for the check; swift-crypto 4.5.2 makes
    /// it neither in X25519 nor in HPKE.
    private static func isSound(
        _ key: Curve25519.KeyAgreement.PublicKey, _ mine: Curve25519.KeyAgreement.PrivateKey
    ) -> Bool {
        guard let secret = try? mine.sharedSecretFromKeyAgreement(with: key) else { return false }
        return secret.withUnsafeBytes { $0.contains { $0 != 0 } }
    }

    /// Encrypts a chunk and puts its tag behind it.
    func seal(
        _ chunk: [UInt8], number: UInt64, isLast: Bool, header: Hash
    ) throws -> [UInt8] {
        let nonce = try ChaChaPoly.Nonce(data: BundleChunk.nonce(number, isLast: isLast))
        let box = try ChaChaPoly.seal(
            chunk, using: key, nonce: nonce, authenticating: header.bytes)
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// Decrypts a chunk; nil where its tag is wrong.
    func open(
        _ sealed: [UInt8], number: UInt64, isLast: Bool, header: Hash
    ) -> [UInt8]? {
        let length = max(0, sealed.count - BundleLimits.tagBytes)
        guard
            let nonce = try? ChaChaPoly.Nonce(data: BundleChunk.nonce(number, isLast: isLast)),
            let box = try? ChaChaPoly.SealedBox(
                nonce: nonce, ciphertext: sealed[..<length], tag: sealed[length...]),
            let chunk = try? ChaChaPoly.open(box, using: key, authenticating: header.bytes)
        else { return nil }
        return Array(chunk)
    }
}
