/// Consecutive entries of one log as they are sent. What the receiver can work out is left out:
/// places and previous hashes follow from the start, hashes of payloads from the payloads.
///
///     device      16 bytes        epoch    8 bytes
///     key         32 bytes, the log's Ed25519 key
///     previous    8 bytes seq and 32 bytes hash of the entry before; zeros before the first
///     count       varint, from 1
///     entries     each:
///       flags     1 byte: 1 payload erased, 2 commit differs from that of the entry before,
///                 4 the commit starts here, 8 time differs, 16 time trusted, 32 actor differs,
///                 64 sealed. The first entry is compared with commit 0, time 0, actor "".
///       commit    8 bytes, if flagged 2 and not 4
///       time      8 bytes, if flagged
///       actor     varint length, UTF-8; if flagged
///       payload   varint length and bytes, or the 32 bytes of its hash if erased
///       seal      64 bytes, if flagged; the last entry must have one
public struct Run: Sendable, Equatable {
    /// Whose log.
    public let branch: Branch
    /// The key that seals it.
    public let key: RawKey
    /// The place before the first entry.
    public let previous: Head
    /// The entries.
    public let entries: [Entry]

    /// An entry without what follows from those before it.
    public struct Entry: Sendable, Equatable {
        /// What is left of a payload.
        public enum Body: Sendable, Equatable {
            /// All of it.
            case whole(ArraySlice<UInt8>)
            /// Its hash: the payload was erased.
            case erased(Hash)
        }

        /// The payload.
        public let body: Body
        /// The place of the first entry of its commit.
        public let commit: UInt64
        /// When, in milliseconds since 1970, as its author believed.
        public let milliseconds: UInt64
        /// Whether its author's clock was plausible then.
        public let isTimeTrusted: Bool
        /// The account that made the change.
        public let actor: String
        /// The 64 bytes of its seal, where it has one.
        public let signature: [UInt8]?

        /// Makes an entry.
        public init(
            body: Body, commit: UInt64, milliseconds: UInt64, isTimeTrusted: Bool, actor: String,
            signature: [UInt8]?
        ) {
            self.body = body
            self.commit = commit
            self.milliseconds = milliseconds
            self.isTimeTrusted = isTimeTrusted
            self.actor = actor
            self.signature = signature
        }

        /// An entry as it is kept, without what follows from the others.
        public init(_ entry: LogEntry) {
            self.init(
                body: entry.payload.map { .whole($0) } ?? .erased(entry.header.payload),
                commit: entry.header.commit, milliseconds: entry.header.milliseconds,
                isTimeTrusted: entry.header.isTimeTrusted, actor: entry.header.actor,
                signature: entry.signature)
        }
    }

    /// Makes a run.
    public init(branch: Branch, key: RawKey, previous: Head, entries: [Entry]) {
        self.branch = branch
        self.key = key
        self.previous = previous
        self.entries = entries
    }
}
