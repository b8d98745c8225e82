import GRDB
public import Participation

extension Reader {
    /// Records whose title or name holds every typed word or part of a word, whatever the letter
    /// case; ң н, ө о, ү у and ё е are found for one another. Exact beginnings come first.
    public func search(
        _ text: String, in entity: EntityName? = nil, limit: Int = 50
    ) throws -> [Participation.Record] {
        guard let query = SearchIndex.query(text) else { return [] }
        let folded = SearchText.fold(text)
        let condition = entity == nil ? "" : "AND \"kind\" = ?"
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT rowid AS "number", "kind" FROM "search"
                    WHERE "search" MATCH ? \(condition) LIMIT ?
                    """),
            arguments: StatementArguments(
                [query.databaseValue] + (entity.map { [$0.rawValue.databaseValue] } ?? [])
                    + [(limit * 4).databaseValue]))
        let found = try rows.compactMap { row -> Participation.Record? in
            guard let entity = EntityName(rawValue: row["kind"]),
                let found = try self.row(entity, number: row["number"]), !found.isDeleted
            else { return nil }
            return found.record
        }
        let ordered = KyrgyzCollation.sorted(found, by: \.title)
        let (beginnings, others) = (
            ordered.filter { SearchText.fold($0.title).hasPrefix(folded) },
            ordered.filter { !SearchText.fold($0.title).hasPrefix(folded) }
        )
        return Array((beginnings + others).prefix(limit))
    }
}
