import Crypto

/// Thirty-two random bytes of one side of a pairing.
public struct PairingNonce: Sendable, Hashable {
    let words: Bytes32

    init(words: Bytes32) { self.words = words }

    /// Takes 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard let words = Bytes32(bytes) else { return nil }
        self.words = words
    }
}

/// What two laptops agree on by typing each other's number. The joiner is bound to its nonce
/// before it sees the office's, so that nobody between them can search for nonces that make the
/// numbers fit: one chance in a million for each ceremony and direction.
///
///     commit      SHA-256 of: "ashar/pair/1/commit", the joiner's three keys, its label, its
///                 nonce
///     transcript  SHA-256 of: "ashar/pair/1", the office's three keys, the joiner's three keys,
///                 its label, the community, the office's nonce, the joiner's nonce
///     number      HKDF-SHA-256 (RFC 5869) of both nonces, the office's first; salt transcript,
///                 info "ashar/pair/1/office" or "ashar/pair/1/joiner"; 8 bytes big-endian,
///                 modulo 1,000,000
///
/// Each part is preceded by its length as a varint. The keys are the log key, the hash of the
/// TLS key as the handshake shows it, and the bundle key.
struct PairingTranscript: Sendable, Equatable {
    let hash: Hash
    /// What the office shows and the joiner's person types.
    let officeNumber: String
    /// What the joiner shows and the office's person types.
    let joinerNumber: String

    init(
        community: CommunityID, office: DeviceKeys, joiner: DeviceKeys, label: DeviceLabel,
        officeNonce: PairingNonce, joinerNonce: PairingNonce
    ) {
        var writer = ByteWriter(capacity: 512)
        writer.sized("ashar/pair/1".utf8)
        writer.parts(office)
        writer.parts(joiner)
        writer.text(label.text)
        writer.sized(community.bytes)
        writer.sized(officeNonce.words.bytes)
        writer.sized(joinerNonce.words.bytes)
        hash = Hash(of: writer.bytes)
        let secret = SymmetricKey(data: officeNonce.words.bytes + joinerNonce.words.bytes)
        officeNumber = Self.number(secret, hash, "ashar/pair/1/office")
        joinerNumber = Self.number(secret, hash, "ashar/pair/1/joiner")
    }

    static func commitment(
        joiner: DeviceKeys, label: DeviceLabel, nonce: PairingNonce
    ) -> Hash {
        var writer = ByteWriter(capacity: 256)
        writer.sized("ashar/pair/1/commit".utf8)
        writer.parts(joiner)
        writer.text(label.text)
        writer.sized(nonce.words.bytes)
        return Hash(of: writer.bytes)
    }

    private static func number(_ secret: SymmetricKey, _ salt: Hash, _ info: String) -> String {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: salt.bytes, info: Array(info.utf8),
            outputByteCount: 8)
        let digits = String(key.withUnsafeBytes { $0.bigEndianWord(at: 0) } % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// Compares what was typed, spaces left out, in a time that does not depend on where it
    /// differs.
    static func isEqual(_ typed: String, _ number: String) -> Bool {
        let left = Array(typed.utf8).filter { $0 != UInt8(ascii: " ") }
        let right = Array(number.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension ByteWriter {
    /// The three keys of a laptop, each with its length.
    mutating func parts(_ keys: DeviceKeys) {
        sized(keys.log.bytes)
        sized(keys.tlsHash.bytes)
        sized(keys.bundle.bytes)
    }
}
