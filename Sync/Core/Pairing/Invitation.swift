import Crypto

/// A file on a stick that admits one laptop without anything being typed: whoever carries it is
/// trusted for seven days, once.
///
///     magic       1 byte, "I"     format   1 byte, 1
///     community   32 bytes        keys     96 bytes, the office's
///     secret      16 bytes
///     role        1 byte, as in an admission
///     expires     8 bytes, milliseconds since 1970 of the community's time
///     addresses   varint count, at most 8, then each varint length, at most 64, UTF-8:
///                 "host:port", where the office may be found
public struct Invitation: Sendable, Hashable {
    /// The community one would belong to.
    public let community: CommunityID
    /// The office's keys: the only one this invitation may be used at.
    public let office: DeviceKeys
    /// What only the file and the office know.
    public let secret: Nonce
    /// The role that comes with it.
    public let role: DeviceRole
    /// Until when it may be used, in milliseconds since 1970 of the community's time.
    public let expires: UInt64
    /// Where the office may be found.
    public let addresses: [String]

    static let magic = UInt8(ascii: "I")
    /// How long an invitation is good.
    public static let lifetimeMilliseconds: UInt64 = 7 * 24 * 60 * 60 * 1000
    private static let addressLimit = 8

    /// Invites. Of too many addresses the first are kept, and too long ones are left out.
    public init(
        community: CommunityID, office: DeviceKeys, secret: Nonce, role: DeviceRole,
        expires: UInt64, addresses: [String]
    ) {
        self.community = community
        self.office = office
        self.secret = secret
        self.role = role
        self.expires = expires
        self.addresses = Array(
            addresses.filter { $0.utf8.count <= SyncLimits.nameBytes }.prefix(Self.addressLimit))
    }

    /// The canonical bytes, which are the file.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 256)
        writer.start(Self.magic)
        writer.raw(community.founding.words)
        office.write(to: &writer)
        writer.raw(secret.bytes)
        writer.byte(role.rawValue)
        writer.fixed(expires)
        writer.varint(addresses.count)
        for address in addresses { writer.text(address) }
        return writer.bytes
    }

    /// Reads a file.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> Invitation {
        let community = CommunityID(founding: try reader.hash())
        let office = try DeviceKeys(from: &reader)
        let secret = try Nonce(from: &reader)
        let byte = try reader.byte()
        guard let role = DeviceRole(rawValue: byte) else { throw .unknownFormat(byte) }
        let expires = try reader.fixed()
        var addresses: [String] = []
        for _ in 0..<(try reader.count(limit: addressLimit)) {
            addresses.append(try reader.text(limit: SyncLimits.nameBytes))
        }
        return Invitation(
            community: community, office: office, secret: secret, role: role, expires: expires,
            addresses: addresses)
    }

    /// By what the office finds it again: 16 bytes of a hash of the secret.
    public var id: Nonce {
        var writer = ByteWriter(capacity: 64)
        writer.sized("ashar/invite/1/id".utf8)
        writer.sized(secret.bytes)
        return Nonce(truncating: Hash(of: writer.bytes))
    }

    /// The request that uses it.
    public func request(from joiner: DeviceKeys, label: DeviceLabel) -> InvitationRequest {
        InvitationRequest(
            id: id, keys: joiner, label: label,
            code: code("ashar/invite/1/join", joiner, label))
    }

    /// The answer of the office that admitted the one who asked.
    public func answer(to request: InvitationRequest) -> InvitationAnswer {
        InvitationAnswer(code: code("ashar/invite/1/welcome", request.keys, request.label))
    }

    /// Whether an answer comes from the office that wrote the invitation.
    public func isValid(_ answer: InvitationAnswer, to request: InvitationRequest) -> Bool {
        isCode(answer.code, "ashar/invite/1/welcome", request.keys, request.label)
    }

    /// Why the office does not admit the one who asks. `tlsHash` is that of the connection;
    /// nil where the request came as a file.
    public func fault(
        of request: InvitationRequest, tlsHash: Hash?, isUsed: Bool, now: UInt64
    ) -> InvitationFault? {
        guard request.id == id,
            isCode(request.code, "ashar/invite/1/join", request.keys, request.label)
        else { return .forged }
        if let tlsHash, tlsHash != request.keys.tlsHash { return .otherKey }
        guard request.keys.isSound else { return .weakKey }
        if isUsed { return .used }
        return now > expires ? .expired : nil
    }

    private func message(_ purpose: String, _ joiner: DeviceKeys, _ label: DeviceLabel) -> [UInt8] {
        var writer = ByteWriter(capacity: 320)
        writer.sized(purpose.utf8)
        writer.sized(community.bytes)
        writer.parts(office)
        writer.parts(joiner)
        writer.text(label.text)
        return writer.bytes
    }

    private func code(_ purpose: String, _ joiner: DeviceKeys, _ label: DeviceLabel) -> Hash {
        let code = HMAC<SHA256>.authenticationCode(
            for: message(purpose, joiner, label), using: SymmetricKey(data: secret.bytes))
        return Hash(words: code.withUnsafeBytes { Bytes32($0) })
    }

    private func isCode(
        _ code: Hash, _ purpose: String, _ joiner: DeviceKeys, _ label: DeviceLabel
    ) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            code.bytes, authenticating: message(purpose, joiner, label),
            using: SymmetricKey(data: secret.bytes))
    }
}

/// Why an invitation does not admit.
public enum InvitationFault: Error, Sendable, Hashable {
    /// The request was not made with this invitation.
    case forged
    /// The request names another TLS key than the connection has.
    case otherKey
    /// The request's bundle key is of low order.
    case weakKey
    /// It was used before.
    case used
    /// Its seven days are over.
    case expired
}
