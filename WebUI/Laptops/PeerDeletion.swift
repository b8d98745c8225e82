public import Participation

/// A record that somebody deleted on another laptop.
public struct PeerDeletion: Sendable, Equatable {
    /// Its name among the deletions.
    public let id: DeletionID
    /// Who deleted it; nil for the program itself.
    public let account: RecordID?
    /// On which laptop.
    public let laptop: LaptopID
    /// When, in milliseconds since 1970, as that laptop's clock said.
    public let deletedAt: UInt64

    /// Describes a deletion.
    public init(id: DeletionID, account: RecordID?, laptop: LaptopID, deletedAt: UInt64) {
        self.id = id
        self.account = account
        self.laptop = laptop
        self.deletedAt = deletedAt
    }
}

/// Which record was deleted. Written `entity.record`.
public struct DeletionID: Sendable, Hashable, CustomStringConvertible {
    /// The kind of record.
    public let entity: EntityName
    /// The record.
    public let record: RecordID

    /// Names a record.
    public init(entity: EntityName, record: RecordID) {
        self.entity = entity
        self.record = record
    }

    /// Reads what ``description`` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let entity = EntityName(rawValue: parts[0]),
            let record = RecordID(parts[1])
        else { return nil }
        self.init(entity: entity, record: record)
    }

    /// `problem.kok-irim-1`.
    public var description: String { "\(entity).\(record)" }
}

/// Some deletions, and where the next ones begin.
public struct DeletionPage: Sendable, Equatable {
    /// The deletions.
    public let deletions: [PeerDeletion]
    /// A cursor; nil at the end.
    public let next: String?

    /// Holds a page.
    public init(deletions: [PeerDeletion], next: String?) {
        self.deletions = deletions
        self.next = next
    }
}
