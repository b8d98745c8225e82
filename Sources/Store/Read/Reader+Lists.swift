import GRDB
public import Participation

/// Some records, and where to go on.
public struct RecordPage: Sendable {
    /// The records.
    public let records: [Participation.Record]
    /// What to hand to the next call; nil at the end.
    public let next: Int64?
}

extension Reader {
    /// Rows that a search without an index may look at in one call.
    static let window = 5000

    /// Records that point to a record through a field, in the order in which they were made.
    public func records(
        _ entity: EntityName, where field: Field<RecordID>, is id: RecordID, limit: Int = 10_000
    ) throws -> [Participation.Record] {
        try list(entity, filters: [field.name: id.value], limit: limit).records
    }

    /// The newest records of a kind; `before` is the `next` of the page before.
    public func newest(_ entity: EntityName, before: Int64? = nil, limit: Int) throws -> RecordPage
    {
        let table = EntityTable[entity]
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(table.columns) FROM "\(entity)"
                    WHERE "_record" < ? AND "deleted" = 0 ORDER BY "_record" DESC LIMIT ?
                    """), arguments: [before ?? .max, limit + 1])
        return page(rows, table.entity, limit)
    }

    /// Records by the values of fields, in the order in which they were made. Without an index
    /// for any of the fields, one call looks at ``window`` rows and may return fewer than asked
    /// for; `next` goes on behind them.
    public func list(
        _ entity: EntityName, filters: [String: Value] = [:], after: Int64 = 0, limit: Int
    ) throws -> RecordPage {
        let table = EntityTable[entity]
        let names = filters.keys.sorted()
        let isIndexed = names.isEmpty || names.contains { table.isIndexed($0) }
        let conditions = ["\"deleted\" = 0"] + names.map { "\"\($0)\" = ?" }
        let source =
            isIndexed
            ? "\"\(entity)\" WHERE \"_record\" > ? AND"
            : """
            (SELECT \(table.columns) FROM "\(entity)" WHERE "_record" > ?
            ORDER BY "_record" LIMIT \(Self.window)) WHERE
            """
        let sql = """
            SELECT \(table.columns) FROM \(source) \(conditions.joined(separator: " AND "))
            ORDER BY "_record" LIMIT ?
            """
        var arguments: [DatabaseValue] = [after.databaseValue]
        arguments += names.compactMap { filters[$0]?.databaseValue }
        arguments.append((limit + 1).databaseValue)
        let rows = try Row.fetchAll(
            db.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
        let page = page(rows, table.entity, limit)
        guard !isIndexed, page.next == nil else { return page }
        return RecordPage(records: page.records, next: try windowEnd(entity, after))
    }

    private func windowEnd(_ entity: EntityName, _ after: Int64) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT "_record" FROM "\(entity)" WHERE "_record" > ?
                    ORDER BY "_record" LIMIT 1 OFFSET \(Self.window - 1)
                    """), arguments: [after])
    }

    private func page(_ rows: [Row], _ entity: Entity, _ limit: Int) -> RecordPage {
        let shown = rows.prefix(limit)
        return RecordPage(
            records: shown.compactMap { Self.record($0, entity) },
            next: rows.count > limit ? shown.last.map { $0["_record"] } : nil)
    }
}

extension EntityTable {
    /// Whether a search by this field finds its rows by an index.
    func isIndexed(_ field: String) -> Bool {
        entity.references.contains { $0.name == field }
            || indexes.contains { $0.contains("(\"\(field)\"") }
    }
}
