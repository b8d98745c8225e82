import SyncCore

/// An entry as a simulated laptop keeps it, with what it says read once.
struct Kept: ChainedEntry {
    /// What an entry says.
    enum Said: Sendable {
        case change(RecordChange)
        /// A change in a format that only the later program knows.
        case laterChange(RecordChange)
        case statement(Statement)
        /// Entries of logs that forked, those that they carry in turn among them.
        case evidence([Kept])
        /// Nothing that any program here knows: it is kept and forwarded.
        case unknown
    }

    /// The payload format of the later program: after this byte, a change as in format 1.
    static let laterFormat: UInt8 = 9

    let entry: LogEntry
    let hash: Hash
    let said: Said

    /// The edit that it is, in whichever format.
    var change: RecordChange? {
        switch said {
        case .change(let change), .laterChange(let change): change
        case .statement, .evidence, .unknown: nil
        }
    }

    init(_ entry: LogEntry, hash: Hash) {
        self.entry = entry
        self.hash = hash
        said = entry.payload.map(Self.read) ?? .unknown
    }

    init(_ checked: CheckedEntry) { self.init(checked.entry, hash: checked.hash) }

    var branch: Branch { entry.header.branch }
    var sequence: UInt64 { entry.header.sequence }
    var previous: Hash { entry.header.previous }
    var head: Head { Head(sequence: sequence, hash: hash) }

    /// This entry and all it carries as evidence.
    var all: [Kept] {
        guard case .evidence(let sides) = said else { return [self] }
        return [self] + sides
    }

    private static func read(_ payload: ArraySlice<UInt8>) -> Said {
        guard let message = try? Payload.message(payload) else { return .unknown }
        switch message {
        case .change(let change): return .change(change)
        case .statement(let statement): return .statement(statement)
        case .evidence:
            return .evidence(Evidence.runs(in: payload).flatMap(\.entries).map { Kept($0) })
        case .unknown(laterFormat):
            guard let change = try? Payload.change(payload.dropFirst()) else { return .unknown }
            return .laterChange(change)
        case .unknown: return .unknown
        }
    }
}

/// One log as a laptop holds it, from its first entry on.
struct HeldLog: Sendable {
    let key: RawKey
    var entries: [Kept] = []

    var head: Head { entries.last?.head ?? .none }

    /// Whether this entry stands at its place.
    func holds(_ head: Head) -> Bool {
        guard head.sequence > 0, head.sequence <= UInt64(entries.count) else { return false }
        return entries[Int(head.sequence) - 1].hash == head.hash
    }
}

/// What of a laptop survives a crash and goes into a backup.
struct Disk: Sendable {
    /// The logs it holds, its own among them.
    var logs: [Branch: HeldLog] = [:]
    /// The epoch it writes under.
    var epoch: UInt64
    /// The latest time it knows the community to have reached, in milliseconds since 1970.
    var floor: UInt64
    /// Logs that are known to have forked. Nothing is written to one's own among them.
    var forked: Set<Branch> = []

    var heads: Heads { Heads(logs.mapValues(\.head)) }
}
