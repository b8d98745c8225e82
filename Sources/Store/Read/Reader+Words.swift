import GRDB
public import Participation

extension Reader {
    /// People that words are taken from, the newest of a village.
    static let wordSources = 500

    /// What the people of a village have in a field, each once and in Kyrgyz order: to be
    /// offered while the next one is registered.
    public func words(of field: Field<String>, in village: RecordID) throws -> [String] {
        let found = try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "\(field.name)" FROM "person"
                    WHERE "village" = ? AND "deleted" = 0 AND "\(field.name)" IS NOT NULL
                    ORDER BY "_record" DESC LIMIT \(Self.wordSources)
                    """), arguments: [village.text])
        return Set(found).sorted(by: KyrgyzCollation.precedes)
    }
}
