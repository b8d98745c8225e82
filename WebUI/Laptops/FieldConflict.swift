public import Participation
public import Store

/// A field for which laptops that did not know of each other hold different values.
public struct FieldConflict: Sendable, Equatable {
    /// Where it is.
    public let id: ConflictID
    /// The value that counts everywhere until somebody decides.
    public let current: Version
    /// The others, at least one.
    public let others: [Version]

    /// Describes a conflict.
    public init(id: ConflictID, current: Version, others: [Version]) {
        self.id = id
        self.current = current
        self.others = others
    }

    /// All, the current one first.
    public var versions: [Version] { [current] + others }

    /// One of the values, and where it comes from.
    public struct Version: Sendable, Equatable {
        /// Its name, the same on every laptop: 1 to 100 of `A-Z a-z 0-9 - _`.
        public let name: String
        /// The value; nil where the field was cleared.
        public let value: Value?
        /// Who wrote it; nil for the program itself.
        public let account: RecordID?
        /// On which laptop.
        public let laptop: LaptopID
        /// When, in milliseconds since 1970, as that laptop's clock said.
        public let writtenAt: UInt64
        /// Whether that laptop believed its clock.
        public let isClockTrusted: Bool

        /// Describes a version.
        public init(
            name: String, value: Value?, account: RecordID?, laptop: LaptopID, writtenAt: UInt64,
            isClockTrusted: Bool
        ) {
            self.name = name
            self.value = value
            self.account = account
            self.laptop = laptop
            self.writtenAt = writtenAt
            self.isClockTrusted = isClockTrusted
        }
    }
}

/// Where a conflict is: a field of a record. Written `entity.record.field`.
public struct ConflictID: Sendable, Hashable, CustomStringConvertible {
    /// The kind of record.
    public let entity: EntityName
    /// The record.
    public let record: RecordID
    /// The field; `deleted` for whether the record is there at all.
    public let field: String

    /// Names a field of a record.
    public init(entity: EntityName, record: RecordID, field: String) {
        self.entity = entity
        self.record = record
        self.field = field
    }

    /// Reads what ``description`` writes, for fields this version knows; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let entity = EntityName(rawValue: parts[0]),
            let record = RecordID(parts[1]),
            parts[2] == "deleted" || Entity[entity][field: parts[2]] != nil
        else { return nil }
        self.init(entity: entity, record: record, field: parts[2])
    }

    /// `problem.kok-irim-1.title`.
    public var description: String { "\(entity).\(record).\(field)" }
}

/// Some conflicts, and where the next ones begin.
public struct ConflictPage: Sendable, Equatable {
    /// The conflicts.
    public let conflicts: [FieldConflict]
    /// A cursor; nil at the end.
    public let next: String?

    /// Holds a page.
    public init(conflicts: [FieldConflict], next: String?) {
        self.conflicts = conflicts
        self.next = next
    }
}

/// How a person decides a conflict. `seen` are the names of all versions they were shown: where
/// others are there by then, nothing is decided.
public struct ConflictChoice: Sendable, Equatable {
    /// What shall count.
    public let decision: Decision
    /// The versions that were shown.
    public let seen: Set<String>

    /// Decides.
    public init(_ decision: Decision, seen: Set<String>) {
        self.decision = decision
        self.seen = seen
    }

    /// What shall count.
    public enum Decision: Sendable, Equatable {
        /// The current value stays.
        case keep
        /// One of the others, by its name.
        case take(String)
        /// A third value; nil clears the field.
        case write(Value?)
    }
}

/// What became of a decision.
public enum ConflictOutcome: Sendable, Equatable {
    /// It counts now; the commit can be taken back. Nil where nothing had to be written.
    case decided(CommitID?)
    /// Another value came meanwhile: it has to be looked at again.
    case changedMeanwhile
    /// It is no conflict any more.
    case gone
}
