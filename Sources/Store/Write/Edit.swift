public import Participation

/// One wish to change the store; a commit is a list of them, all or none.
public enum Edit: Sendable, Equatable {
    /// Makes a record; its id must be new.
    case make(RecordInput)
    /// Makes a record, or changes the given fields of one that exists and brings it back where
    /// it was deleted.
    case put(RecordInput)
    /// Changes the given fields of a record that must exist.
    case change(RecordInput)
    /// Marks a record as deleted; it can be brought back.
    case delete(EntityName, RecordID)
    /// Brings a deleted record back.
    case restore(EntityName, RecordID)
}

/// What a commit did.
public struct CommitReceipt: Sendable, Equatable {
    /// The commit's name, for history and undo; nil where nothing had to be changed.
    public let commit: CommitID?
    /// The records of the edits in their order.
    public let records: [RecordID]
}

/// The name of a commit on every laptop: its log's epoch and the place of its first entry.
public struct CommitID: Sendable, Hashable, CustomStringConvertible {
    let epoch: UInt64
    let start: UInt64

    init(epoch: UInt64, start: UInt64) {
        self.epoch = epoch
        self.start = start
    }

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 16, let epoch = UInt64(parts[0], radix: 16),
            let start = UInt64(parts[1])
        else { return nil }
        self.init(epoch: epoch, start: start)
    }

    /// Sixteen hexadecimal digits, a dash, a number.
    public var description: String {
        let digits = String(epoch, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits + "-\(start)"
    }
}

/// Who makes a change; history shows it, the log keeps it.
public struct Actor: Sendable, Equatable {
    /// The account's id; empty for the program itself.
    public let account: String

    /// A person who is logged in.
    public init(account: RecordID) { self.account = account.text }

    private init(account: String) { self.account = account }

    /// The program itself, or somebody at the command line of this laptop.
    public static let program = Actor(account: "")
}
