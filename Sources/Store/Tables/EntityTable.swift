import Participation

/// The SQL of one entity's table, made from its declaration. The table is derived from the log:
/// it can be dropped and rebuilt, and it enforces neither references nor uniqueness, because a
/// record may arrive from another laptop before what it points to.
struct EntityTable: Sendable {
    let entity: Entity
    /// `"_record", "id", "deleted"` and then the fields. No field's name begins with `_`.
    let columns: String
    let insert: String
    /// Where each field stands in ``insert``, from 1, and what its column holds.
    let places: [String: (index: Int32, type: FieldType)]

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
        places = Dictionary(
            uniqueKeysWithValues: zip(entity.fields, Int32(4)...).map { field, index in
                (field.name, (index, field.type))
            })
    }

    var create: String {
        let fields = entity.fields.map { "\"\($0.name)\" \($0.type.column.rawValue)" }
        return """
            CREATE TABLE IF NOT EXISTS "\(entity.name)" (
                "_record" INTEGER PRIMARY KEY,
                "id" TEXT NOT NULL,
                "deleted" INTEGER NOT NULL DEFAULT 0,
                \(fields.joined(separator: ",\n    "))
            ) STRICT
            """
    }

    /// One index a reference, and those few that a page looks up by; an index that begins with a
    /// reference serves it too.
    var indexes: [String] {
        let lookups = Self.lookups[entity.name] ?? []
        let references = entity.references.map { [$0.name] }
            .filter { single in !lookups.contains { $0.first == single.first } }
        return (references + lookups).map { fields in
            let name = ([entity.name.rawValue] + fields).joined(separator: ".")
            let columns = fields.map { "\"\($0)\"" }.joined(separator: ", ")
            return "CREATE INDEX IF NOT EXISTS \"\(name)\" ON \"\(entity.name)\" (\(columns))"
        }
    }

    private static let lookups: [EntityName: [[String]]] = [
        .account: [["login"]],
        .attachment: [["sha256", "size", "deleted"]],
        .event: [["cycle", "date"]],
        .sticker: [["event", "problem"], ["event", "author"]],
        .readiness: [["cycle", "question"]],
    ]

    /// Whether this version can show a field.
    func knows(_ field: String) -> Bool { field == "deleted" || places[field] != nil }

    func update(_ field: String) -> String {
        "UPDATE \"\(entity.name)\" SET \"\(field)\" = ? WHERE \"_record\" = ?"
    }
}

/// What a column of a STRICT table holds.
enum ColumnType: String, Sendable {
    case integer = "INTEGER"
    case real = "REAL"
    case text = "TEXT"
}

extension FieldType {
    /// The column's type in a STRICT table.
    var column: ColumnType {
        switch self {
        case .integer, .money, .flag: .integer
        case .number: .real
        case .line, .longText, .date, .time, .choice, .reference, .geometry, .digest, .secret:
            .text
        }
    }
}
