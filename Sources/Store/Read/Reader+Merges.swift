import Foundation
import GRDB
public import Participation
import SyncCore

/// Who made a record, and when.
public struct Authorship: Sendable, Equatable {
    /// The account; empty for the program itself.
    public let actor: String
    /// When, in milliseconds since 1970, as that laptop believed.
    public let milliseconds: UInt64
}

extension Reader {
    /// Who made a record: what the header of its first entry says, without its history. Nil
    /// where the log holds nothing of it.
    public func authorship(_ entity: EntityName, _ id: RecordID) throws -> Authorship? {
        let header = try Data.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT e."header" FROM "kind" AS k
                    CROSS JOIN "record" AS r ON r."id" = ? AND r."kind" = k."number"
                    CROSS JOIN "entry" AS e ON e."record" = r."number"
                    WHERE k."name" = ? ORDER BY e."position" LIMIT 1
                    """), arguments: [id.text, entity.rawValue])
        guard let header else { return nil }
        guard let read = try? EntryHeader(bytes: header) else {
            throw StoreError.damaged("entry of \(entity)")
        }
        return Authorship(actor: read.actor, milliseconds: read.milliseconds)
    }
}
