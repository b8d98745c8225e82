import Crypto
import Foundation
import GRDB
import Participation
import SyncCore

/// SHA-256 over the sorted current values: two laptops that show the same hold the same.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Eight characters for people to compare, in two groups of four, without letters that look
    /// like digits (Crockford's base 32).
    public var short: String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let bits = bytes.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let letters = (0..<8).map { alphabet[Int(bits >> (35 - 5 * UInt64($0)) & 31)] }
        return String(letters.prefix(4)) + " " + String(letters.suffix(4))
    }
}

extension Reader {
    /// The digest of all records, deleted ones and unknown fields included.
    public func digest() throws -> Digest {
        var hash = SHA256()
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT r."number", r."id", k."name" FROM "record" AS r
                JOIN "kind" AS k ON k."number" = r."kind" ORDER BY r."id", k."name"
                """)
        let unknown = try unknownFields()
        while let row = try rows.next() {
            var fields = unknown[row["number"]] ?? [:]
            if let entity = EntityName(rawValue: row["name"]) {
                try addKnown(entity, row["number"], to: &fields)
            }
            var bytes = Array((row["name"] as String).utf8) + [0]
            bytes += Array((row["id"] as String).utf8) + [0]
            for (name, content) in fields.sorted(by: { $0.key < $1.key }) {
                bytes += Array(name.utf8) + [0] + content
            }
            bytes.append(0xFF)
            hash.update(data: bytes)
        }
        return Digest(bytes: Array(hash.finalize()))
    }

    private func addKnown(
        _ entity: EntityName, _ number: Int64, to fields: inout [String: [UInt8]]
    ) throws {
        guard let found = try row(entity, number: number) else { return }
        for (name, value) in found.record.values { fields[name] = value.content.bytes }
        if found.isDeleted { fields["deleted"] = Content.flag(true).bytes }
    }

    private func unknownFields() throws -> [Int64: [String: [UInt8]]] {
        var found: [Int64: [String: [UInt8]]] = [:]
        let rows = try Row.fetchCursor(
            db, sql: "SELECT \"record\", \"field\", \"content\" FROM \"unknownField\"")
        while let row = try rows.next() {
            found[row["record"], default: [:]][row["field"]] = Array(row["content"] as Data)
        }
        return found
    }
}
