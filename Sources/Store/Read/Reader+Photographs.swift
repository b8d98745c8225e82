import GRDB
public import Participation

extension Reader {
    /// Photographs of one meeting that a page shows at most.
    static let mostPhotographs = 2000

    /// The photographs of a meeting and of its agenda items, deleted ones too, in the order in
    /// which they were taken.
    public func photographs(of event: RecordID) throws -> [Participation.Record] {
        let table = EntityTable[.attachment]
        return try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(table.columns) FROM "attachment"
                    WHERE "owner" IN (
                        SELECT "id" FROM "agendaItem" WHERE "event" = ? UNION ALL SELECT ?
                    ) AND "deleted" = 0 AND "mediaType" LIKE 'image/%'
                    ORDER BY coalesce("takenAt", ''), "_record" LIMIT \(Self.mostPhotographs)
                    """), arguments: [event.text, event.text]
        ).compactMap { Self.record($0, table.entity) }
    }
}
