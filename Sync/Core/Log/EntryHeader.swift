/// The part of a log entry that is chained and signed. The payload stands apart, known by its
/// hash, so that a person's data can be erased while the chain still verifies.
///
///     format      1 byte, 1
///     device      16 bytes        epoch    8 bytes        seq  8 bytes, from 1
///     previous    32 bytes, the hash of the header before; zeros for the first
///     payload     32 bytes, the hash of the payload
///     commit      8 bytes, the seq of the first entry of the same commit
///     time        8 bytes, milliseconds since 1970 as the laptop believed
///     trusted     1 byte, 1 where the laptop's clock was plausible
///     actor       varint length, UTF-8: the account that made the change; may be empty
public struct EntryHeader: Sendable, Equatable {
    private static let format: UInt8 = 1
    /// All fields but the actor.
    private static let fixedBytes = 114

    /// Whose log it stands in.
    public let branch: Branch
    /// Its place in the log, from 1.
    public let sequence: UInt64
    /// The hash of the header before it.
    public let previous: Hash
    /// The hash of its payload.
    public let payload: Hash
    /// The place of the first entry of its commit: what was done in one go is undone in one go.
    public let commit: UInt64
    /// When, in milliseconds since 1970, as the laptop believed.
    public let milliseconds: UInt64
    /// Whether the laptop's clock was plausible then.
    public let isTimeTrusted: Bool
    /// The account that made the change; empty for the program itself.
    public let actor: String

    /// Makes a header.
    public init(
        branch: Branch, sequence: UInt64, previous: Hash, payload: Hash, commit: UInt64,
        milliseconds: UInt64, isTimeTrusted: Bool, actor: String
    ) {
        self.branch = branch
        self.sequence = sequence
        self.previous = previous
        self.payload = payload
        self.commit = commit
        self.milliseconds = milliseconds
        self.isTimeTrusted = isTimeTrusted
        self.actor = actor
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: Self.fixedBytes + 1 + actor.utf8.count)
        writer.byte(Self.format)
        writer.branch(branch)
        writer.fixed(sequence)
        writer.raw(previous.words)
        writer.raw(payload.words)
        writer.fixed(commit)
        writer.fixed(milliseconds)
        writer.byte(isTimeTrusted ? 1 : 0)
        writer.text(actor)
        return writer.bytes
    }

    /// The hash that the next entry and the signature refer to.
    public var hash: Hash { Hash(of: bytes) }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> EntryHeader {
        let format = try reader.byte()
        guard format == Self.format else { throw .unknownFormat(format) }
        let branch = try reader.branch()
        let sequence = try reader.fixed()
        let previous = try reader.hash()
        let payload = try reader.hash()
        let commit = try reader.fixed()
        let milliseconds = try reader.fixed()
        let trusted = try reader.byte()
        guard trusted <= 1 else { throw .notCanonical }
        return EntryHeader(
            branch: branch, sequence: sequence, previous: previous, payload: payload,
            commit: commit, milliseconds: milliseconds, isTimeTrusted: trusted == 1,
            actor: try reader.text(limit: SyncLimits.nameBytes))
    }
}
