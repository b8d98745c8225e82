import Foundation
import GRDB
import Participation
import SyncCore

extension Applier {
    mutating func insert(
        _ change: RecordChange, _ table: EntityTable?, kind: Int64, branch: Int64
    ) throws -> Int64 {
        guard let author = branches[branch] else { throw StoreError.damaged("branch") }
        try statements.insertRecord.run(
            .text(change.record), .number(kind), .number(Int64(bitPattern: change.stamp.bits)),
            .number(branch))
        let number = db.lastInsertedRowID
        let isDeleted = change.fields.contains {
            $0.name == "deleted" && $0.content == .flag(true)
        }
        if let table { try insertRow(change, number, isDeleted, table) }
        for field in change.fields {
            let place = table?.places[field.name]
            let isHeld = place?.type.holds(field.content) ?? (table != nil && field.isDeletion)
            if !isHeld, field.content != .null {
                try keepUnknown(field.name, field.content, number)
            }
            if place == nil || !isHeld || field.stamp != nil {
                try setVersion(field.name, number, change.stamp(of: field), branch)
            }
            if field.base != nil || !field.settles.isEmpty {
                // Its author had seen what has not arrived here.
                let version = Version(stamp: change.stamp(of: field), branch: author)
                try Registers(db).write(
                    MultiValueRegister(version, field), over: nil, number, field.name, numbers)
            }
        }
        if !isDeleted { counts[kind, default: KindCounts()].live += 1 }
        if let table, !isDeleted { try SearchIndex.add(change, number, table, statements) }
        return number
    }

    private func insertRow(
        _ change: RecordChange, _ number: Int64, _ isDeleted: Bool, _ table: EntityTable
    ) throws {
        let row = try statements.insert(table)
        row.bind(.number(number), at: 1)
        row.bind(.text(change.record), at: 2)
        row.bind(.number(isDeleted ? 1 : 0), at: 3)
        for field in change.fields {
            guard let place = table.places[field.name] else { continue }
            row.bind(.init(field.content, for: place.type.column), at: place.index)
        }
        try row.run()
    }

    func setVersion(
        _ field: String, _ number: Int64, _ stamp: Stamp, _ branch: Int64
    ) throws {
        try statements.setVersion.run(
            .number(number), .text(field), .number(Int64(bitPattern: stamp.bits)),
            .number(branch))
    }

    /// Keeps a value that no column of this version can hold, for one that can.
    func keepUnknown(_ field: String, _ content: Content, _ number: Int64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO "unknownField" ("record", "field", "content") VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET "content" = excluded."content"
                """
        ).execute(arguments: [number, field, Data(content.bytes)])
    }
}

extension RecordChange.Field {
    /// Whether it deletes its record or brings it back.
    var isDeletion: Bool { name == "deleted" }
}
