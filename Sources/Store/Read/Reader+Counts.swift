import GRDB
public import Participation
import SyncCore

extension Reader {
    /// How many records point to a record through a field, counted up to `atMost`.
    public func count(
        _ entity: EntityName, where field: String, is id: RecordID, atMost: Int
    ) throws -> Int {
        let table = EntityTable[entity]
        precondition(
            table.entity.references.contains { $0.name == field }, "\(field) is no reference")
        return try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM (
                        SELECT 1 FROM "\(entity)" WHERE "\(field)" = ? AND "deleted" = 0 LIMIT ?
                    )
                    """), arguments: [id.text, atMost]) ?? 0
    }

    /// How many entries one commit has, counted up to `atMost`, which is below a thousand; nil
    /// where there are more.
    public func size(of commit: CommitID, atMost: Int) throws -> Int? {
        let branch = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT \"number\" FROM \"branch\" WHERE \"epoch\" = ?"),
            arguments: [Int64(bitPattern: commit.epoch)])
        guard let branch else { return 0 }
        // The last entry of a commit is signed, and so is every thousandth of a large one.
        let start = Int64(bitPattern: commit.start)
        let last = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT "sequence" FROM "entry"
                    WHERE "branch" = ? AND "sequence" >= ? AND "sequence" < ?
                        AND "signature" IS NOT NULL
                    ORDER BY "sequence" LIMIT 1
                    """), arguments: [branch, start, start + Int64(atMost)])
        return last.map { Int($0 - start) + 1 }
    }

    /// The kinds of the records one commit wrote, with the number of records of each, in the
    /// order in which they were written; nil where it is too large to be taken back in one step.
    /// - Throws: ``StoreError/cannotUndo`` where the log has no such commit.
    public func kinds(of commit: CommitID) throws -> [(entity: EntityName, records: Int)]? {
        guard let entries = try Store.entries(atMost: Store.undoLimit, of: commit, db) else {
            return nil
        }
        var order: [EntityName] = []
        var found: [EntityName: Set<String>] = [:]
        for change in entries.compactMap(\.change) {
            guard let entity = EntityName(rawValue: change.entity) else { continue }
            if found[entity] == nil { order.append(entity) }
            found[entity, default: []].insert(change.record)
        }
        return order.map { ($0, found[$0]?.count ?? 0) }
    }
}
