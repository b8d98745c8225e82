/// Uses an invitation; sent to the office, or carried back to it as a file.
///
///     magic       1 byte, "J"     format   1 byte, 1
///     id          16 bytes, the invitation's
///     keys        96 bytes, the joiner's
///     code        32 bytes, HMAC-SHA-256 (RFC 2104) under the secret of: "ashar/invite/1/join",
///                 the community, the office's three keys, the joiner's three keys, the label,
///                 each preceded by its length as a varint
///     label       varint length, at most 64; UTF-8: what it would like to be called
public struct InvitationRequest: Sendable, Hashable {
    /// Which invitation.
    public let id: Nonce
    /// The joiner's keys.
    public let keys: DeviceKeys
    /// What it would like to be called.
    public let label: DeviceLabel
    let code: Hash

    static let magic = UInt8(ascii: "J")

    init(id: Nonce, keys: DeviceKeys, label: DeviceLabel, code: Hash) {
        self.id = id
        self.keys = keys
        self.label = label
        self.code = code
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 220)
        writer.start(Self.magic)
        writer.raw(id.bytes)
        keys.write(to: &writer)
        writer.raw(code.words)
        writer.text(label.text)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            let id = try Nonce(from: &reader)
            let keys = try DeviceKeys(from: &reader)
            let code = try reader.hash()
            return InvitationRequest(
                id: id, keys: keys, label: try DeviceLabel(from: &reader), code: code)
        }
    }
}

/// The office admitted the one who asked.
///
///     magic       1 byte, "Y"     format   1 byte, 1
///     code        32 bytes, as in the request, with "ashar/invite/1/welcome"
public struct InvitationAnswer: Sendable, Hashable {
    let code: Hash

    static let magic = UInt8(ascii: "Y")

    init(code: Hash) { self.code = code }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 34)
        writer.start(Self.magic)
        writer.raw(code.words)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        code = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            try reader.hash()
        }
    }
}
