/// An entry as a laptop keeps it.
public struct LogEntry: Sendable, Equatable {
    /// What is chained.
    public let header: EntryHeader
    /// What it says; nil where it was erased.
    public let payload: ArraySlice<UInt8>?
    /// The 64 bytes of its seal, where it has one.
    public let signature: [UInt8]?

    /// Puts an entry together.
    public init(header: EntryHeader, payload: ArraySlice<UInt8>?, signature: [UInt8]?) {
        self.header = header
        self.payload = payload
        self.signature = signature
    }
}

/// An entry of another laptop whose hashes and seals were checked.
public struct CheckedEntry: Sendable, Equatable {
    /// The entry.
    public let entry: LogEntry
    /// The canonical bytes of its header.
    public let headerBytes: [UInt8]
    /// Their hash.
    public let hash: Hash

    init(entry: LogEntry, headerBytes: [UInt8], hash: Hash) {
        self.entry = entry
        self.headerBytes = headerBytes
        self.hash = hash
    }

    /// An entry that was checked before it was kept.
    public init(_ entry: LogEntry, headerBytes: [UInt8]) {
        self.init(entry: entry, headerBytes: headerBytes, hash: Hash(of: headerBytes))
    }

    /// Its place and hash.
    public var head: Head { Head(sequence: entry.header.sequence, hash: hash) }
}
