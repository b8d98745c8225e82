import Participation

/// The SQL of one entity's table, made from its declaration. The table is derived from the log:
/// it can be dropped and rebuilt, and it enforces neither references nor uniqueness, because a
/// record may arrive from another laptop before what it points to.
struct EntityTable: Sendable {
    let entity: Entity
    /// `"_record", "id", "deleted"` and then the fields. No field's name begins with `_`.
    let columns: String
    let insert: String

    static let all: [EntityName: EntityTable] = Dictionary(
        uniqueKeysWithValues: Entity.all.map { ($0.name, EntityTable($0)) })

    static subscript(name: EntityName) -> EntityTable {
        guard let table = all[name] else { preconditionFailure("every entity has a table") }
        return table
    }

    private init(_ entity: Entity) {
        self.entity = entity
        let names = ["_record", "id", "deleted"] + entity.fields.map(\.name)
        columns = names.map { "\"\($0)\"" }.joined(separator: ", ")
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        insert = "INSERT INTO \"\(entity.name)\" (\(columns)) VALUES (\(marks))"
    }

    var create: String {
        let fields = entity.fields.map { "\"\($0.name)\" \($0.type.column)" }
        return """
            CREATE TABLE IF NOT EXISTS "\(entity.name)" (
                "_record" INTEGER PRIMARY KEY,
                "id" TEXT NOT NULL,
                "deleted" INTEGER NOT NULL DEFAULT 0,
                \(fields.joined(separator: ",\n    "))
            ) STRICT
            """
    }

    /// One index a reference, and those few that a page looks up by.
    var indexes: [String] {
        let references = entity.references.map { [$0.name] }
        return (references + (Self.lookups[entity.name] ?? [])).map { fields in
            let name = ([entity.name.rawValue] + fields).joined(separator: ".")
            let columns = fields.map { "\"\($0)\"" }.joined(separator: ", ")
            return "CREATE INDEX IF NOT EXISTS \"\(name)\" ON \"\(entity.name)\" (\(columns))"
        }
    }

    private static let lookups: [EntityName: [[String]]] = [
        .account: [["login"]],
        .event: [["cycle", "date"]],
        .sticker: [["event", "problem"], ["event", "author"]],
        .readiness: [["cycle", "question"]],
    ]

    func update(_ field: String) -> String {
        "UPDATE \"\(entity.name)\" SET \"\(field)\" = ? WHERE \"_record\" = ?"
    }
}

extension FieldType {
    /// The column's type in a STRICT table.
    var column: String {
        switch self {
        case .integer, .money, .flag: "INTEGER"
        case .number: "REAL"
        case .line, .longText, .date, .time, .choice, .reference, .geometry, .digest, .secret:
            "TEXT"
        }
    }
}
