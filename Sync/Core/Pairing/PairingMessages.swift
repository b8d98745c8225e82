/// The joiner's first word: it binds itself to what it will reveal.
///
///     magic       1 byte, "C"     format   1 byte, 1
///     commitment  32 bytes
public struct PairingCommit: Sendable, Hashable {
    let commitment: Hash

    static let magic = UInt8(ascii: "C")

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 34)
        writer.start(Self.magic)
        writer.raw(commitment.words)
        return writer.bytes
    }

    init(commitment: Hash) { self.commitment = commitment }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        commitment = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            try reader.hash()
        }
    }
}

/// The office's answer to a commitment.
///
///     magic       1 byte, "N"     format   1 byte, 1
///     community   32 bytes        keys     96 bytes, the office's
///     nonce       32 bytes
public struct PairingOffer: Sendable, Hashable {
    /// The community one would belong to.
    public let community: CommunityID
    /// The office's keys.
    public let keys: DeviceKeys
    let nonce: PairingNonce

    static let magic = UInt8(ascii: "N")

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 162)
        writer.start(Self.magic)
        writer.raw(community.founding.words)
        keys.write(to: &writer)
        writer.raw(nonce.words)
        return writer.bytes
    }

    init(community: CommunityID, keys: DeviceKeys, nonce: PairingNonce) {
        self.community = community
        self.keys = keys
        self.nonce = nonce
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            PairingOffer(
                community: CommunityID(founding: try reader.hash()),
                keys: try DeviceKeys(from: &reader),
                nonce: PairingNonce(words: try reader.bytes32()))
        }
    }
}

/// The joiner shows what it bound itself to.
///
///     magic       1 byte, "V"     format   1 byte, 1
///     keys        96 bytes, the joiner's
///     nonce       32 bytes
///     label       varint length, at most 64; UTF-8: what it would like to be called
public struct PairingReveal: Sendable, Hashable {
    /// The joiner's keys.
    public let keys: DeviceKeys
    /// What it would like to be called.
    public let label: DeviceLabel
    let nonce: PairingNonce

    static let magic = UInt8(ascii: "V")

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 200)
        writer.start(Self.magic)
        keys.write(to: &writer)
        writer.raw(nonce.words)
        writer.text(label.text)
        return writer.bytes
    }

    init(keys: DeviceKeys, nonce: PairingNonce, label: DeviceLabel) {
        self.keys = keys
        self.nonce = nonce
        self.label = label
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            PairingReveal(
                keys: try DeviceKeys(from: &reader),
                nonce: PairingNonce(words: try reader.bytes32()),
                label: try DeviceLabel(from: &reader))
        }
    }
}

/// The joiner asks how things stand, and tells how they stand with it.
///
///     magic       1 byte, "Q"     format   1 byte, 1
///     transcript  32 bytes
///     state       1 byte: 1 the office's number is not typed yet, 2 it was, 3 given up
public struct PairingPoll: Sendable, Hashable {
    /// How things stand with the joiner.
    public enum State: UInt8, Sendable, Hashable {
        /// The office's number is not typed yet.
        case waiting = 1
        /// It was typed, and right.
        case confirmed = 2
        /// The joiner gave up.
        case ended = 3
    }

    let transcript: Hash
    /// How things stand with the joiner.
    public let state: State

    static let magic = UInt8(ascii: "Q")

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 35)
        writer.start(Self.magic)
        writer.raw(transcript.words)
        writer.byte(state.rawValue)
        return writer.bytes
    }

    init(transcript: Hash, state: State) {
        self.transcript = transcript
        self.state = state
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            let transcript = try reader.hash()
            let byte = try reader.byte()
            guard let state = State(rawValue: byte) else { throw EncodingError.notCanonical }
            return PairingPoll(transcript: transcript, state: state)
        }
    }
}

/// The office's answer to a reveal and to a question.
///
///     magic       1 byte, "W"     format   1 byte, 1
///     state       1 byte: 1 the joiner's number is not typed yet, 2 it was, 3 admitted, 4 over
public struct PairingStatus: Sendable, Hashable {
    /// How things stand at the office.
    public enum State: UInt8, Sendable, Hashable {
        /// The joiner's number is not typed yet.
        case waiting = 1
        /// It was typed, and right.
        case confirmed = 2
        /// The joiner belongs to the community.
        case admitted = 3
        /// It is over without that.
        case ended = 4
    }

    /// How things stand at the office.
    public let state: State

    static let magic = UInt8(ascii: "W")

    /// Tells how things stand.
    public init(state: State) { self.state = state }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 3)
        writer.start(Self.magic)
        writer.byte(state.rawValue)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.message(bytes, Self.magic) { (reader) throws(EncodingError) in
            guard let state = State(rawValue: try reader.byte()) else {
                throw EncodingError.notCanonical
            }
            return PairingStatus(state: state)
        }
    }
}

extension ByteWriter {
    /// Begins a message of a pairing.
    mutating func start(_ magic: UInt8) {
        byte(magic)
        byte(1)
    }
}

extension ByteReader {
    /// Reads a whole message of a pairing.
    static func message<Value>(
        _ bytes: some Collection<UInt8>, _ magic: UInt8,
        _ body: (inout ByteReader) throws(EncodingError) -> Value
    ) throws(EncodingError) -> Value {
        guard bytes.count <= SyncLimits.messageBytes else { throw .tooLong }
        return try read(bytes) { (reader) throws(EncodingError) in
            try reader.start(magic, format: 1)
            return try body(&reader)
        }
    }
}
