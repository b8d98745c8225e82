import Foundation
import GRDB
import Participation
import SyncCore

/// The hash of one record's current values, deleted ones and unknown fields included:
///
///     entity, 0, id, 0, then by name in byte order each field that is not null:
///     name, 0, canonical content; then 255
struct RecordHash {
    private var bytes: [UInt8] = []

    private init(_ entity: String, _ id: String) {
        bytes += entity.utf8
        bytes.append(0)
        bytes += id.utf8
        bytes.append(0)
    }

    private mutating func add(_ name: String, _ content: [UInt8]) {
        bytes += name.utf8
        bytes.append(0)
        bytes += content
    }

    private mutating func finish() -> Hash {
        bytes.append(0xFF)
        return Hash(of: bytes)
    }

    /// The hash of a record that is made by one change; nil where a column cannot hold a value as
    /// it came, so that the row has to be read.
    static func ofNew(_ change: RecordChange, _ table: EntityTable?) -> Hash? {
        var hash = RecordHash(change.entity, change.record)
        for field in change.fields where field.content != .null {
            if field.name == "deleted", field.content == .flag(false) { continue }
            if let place = table?.places[field.name], !place.type.holds(field.content) {
                return nil
            }
            hash.add(field.name, field.content.bytes)
        }
        return hash.finish()
    }

    /// The hash of a record as it stands in the tables.
    static func ofRow(
        _ number: Int64, _ entity: String, _ id: String, _ table: EntityTable?, _ db: Database
    ) throws -> Hash {
        var fields: [(name: String, content: [UInt8])] = []
        if let table, let found = try Reader(db).row(table.entity.name, number: number) {
            fields = found.record.values.map { ($0.key, $0.value.content.bytes) }
            if found.isDeleted { fields.append(("deleted", Content.flag(true).bytes)) }
        }
        let null = Content.null.bytes
        let unknown = try Row.fetchCursor(
            db.cachedStatement(
                sql: "SELECT \"field\", \"content\" FROM \"unknownField\" WHERE \"record\" = ?"),
            arguments: [number])
        while let row = try unknown.next() {
            let content = Array(row["content"] as Data)
            let isFalse =
                (row["field"] as String) == "deleted" && content == Content.flag(false).bytes
            if content != null, !isFalse { fields.append((row["field"], content)) }
        }
        var hash = RecordHash(entity, id)
        for field in fields.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            hash.add(field.name, field.content)
        }
        return hash.finish()
    }
}

extension Reader {
    /// The digest of all records, as every commit keeps it.
    public func digest() throws -> Digest { Digest(try Facts(db).digestSum) }

    /// The sum made anew from all rows; differs from the kept one where the tables are damaged.
    func freshDigestSum() throws -> DigestSum {
        var sum = DigestSum()
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT r."number", r."id", k."name" FROM "record" AS r
                JOIN "kind" AS k ON k."number" = r."kind"
                """)
        while let row = try rows.next() {
            let name: String = row["name"]
            let table = EntityName(rawValue: name).map { EntityTable[$0] }
            sum.add(try RecordHash.ofRow(row["number"], name, row["id"], table, db))
        }
        return sum
    }
}

extension FieldType {
    /// Whether a column of this type gives a content back as it went in.
    func holds(_ content: Content) -> Bool {
        switch (content, self) {
        case (.flag, .flag), (.integer, .integer), (.integer, .money), (.number, .number): true
        case (.text, _): column == .text
        default: false
        }
    }
}
