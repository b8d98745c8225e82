import GRDB
public import Participation

/// The counters of one kind of records, or how they change. Pages read them instead of counting.
struct KindCounts: Equatable {
    /// Records that are not deleted.
    var live = 0
    /// Fields with contradicting values.
    var conflicts = 0
    /// Deletions that came from other laptops and that nobody here has looked at.
    var deletions = 0

    /// Adds these differences to the counters of a kind.
    func add(to kind: Int64, _ db: Database) throws {
        guard self != KindCounts() else { return }
        try db.cachedStatement(
            sql: """
                UPDATE "kind" SET "live" = "live" + ?, "conflicts" = "conflicts" + ?,
                    "deletions" = "deletions" + ? WHERE "number" = ?
                """
        ).execute(arguments: [live, conflicts, deletions, kind])
    }
}

extension Reader {
    /// The counters of all kinds that this version knows.
    func kindCounts() throws -> [EntityName: KindCounts] {
        var found: [EntityName: KindCounts] = [:]
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT \"name\", \"live\", \"conflicts\", \"deletions\" FROM \"kind\""))
        for row in rows {
            guard let entity = EntityName(rawValue: row[0]) else { continue }
            found[entity] = KindCounts(live: row[1], conflicts: row[2], deletions: row[3])
        }
        return found
    }

    /// The same counted anew from all rows; differs where the tables are damaged.
    func freshKindCounts() throws -> [EntityName: KindCounts] {
        var found = try kindCounts().mapValues { _ in KindCounts() }
        for (entity, _) in found {
            found[entity]?.live =
                try Int.fetchOne(
                    db, sql: "SELECT count(*) FROM \"\(entity)\" WHERE \"deleted\" = 0") ?? 0
        }
        for conflict in try conflicts(limit: .max) { found[conflict.entity]?.conflicts += 1 }
        for deletion in try arrivedDeletions(limit: Int(Int32.max)) {
            found[deletion.record.entity]?.deletions += 1
        }
        return found
    }

    /// How many fields have contradicting values, by the kind of record; kinds without any are
    /// left out.
    public func conflictCounts() throws -> [EntityName: Int] {
        try kindCounts().mapValues(\.conflicts).filter { $0.value > 0 }
    }

    /// How many deletions that came from other laptops nobody has looked at, by the kind of
    /// record; kinds without any are left out.
    public func arrivedDeletionCounts() throws -> [EntityName: Int] {
        try kindCounts().mapValues(\.deletions).filter { $0.value > 0 }
    }
}
