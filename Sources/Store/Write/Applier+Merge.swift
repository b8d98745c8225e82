import Foundation
import GRDB
import Participation
import SyncCore

extension Applier {
    /// The row a change is merged into.
    struct Target {
        let number: Int64
        let kind: Int64
        /// Nil for a kind that this version does not know.
        let table: EntityTable?
        /// Whether pages can name the record.
        let isNamed: Bool
    }

    /// Merges a change field by field. Nearly every edit replaces what its author saw and what is
    /// shown here; the register is read only where that is not so.
    mutating func merge(
        _ change: RecordChange, into target: Target, branch: Int64, position: Int64,
        arrival: Arrival?
    ) throws {
        let versions = try Versions(
            db, record: target.number, table: target.table, branches: branches)
        guard let author = branches[branch] else { throw StoreError.damaged("branch") }
        let hasRegisters = try Registers(db).has(target.number)
        var touchesSearch = false
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: author)
            let current = versions[field.name]
            let isPlain =
                !hasRegisters && field.settles.isEmpty && field.base == current
                && RecordState.wins(version, over: current)
            let shown =
                isPlain
                ? MultiValueRegister.Leaf(version: version, content: field.content)
                : try take(field, version, over: current, target, position)
            guard let shown else { continue }
            try show(shown, field.name, target)
            if field.isDeletion {
                try note(
                    change, target, arrival, isDeleted: shown.content == .flag(true))
            }
            touchesSearch =
                touchesSearch || field.isDeletion
                || target.table?.entity.titleFields.contains(field.name) == true
        }
        if touchesSearch { try SearchIndex.refresh(target.number, target.table, statements, db) }
    }

    /// Takes an edit into a field's register; returns the leaf that is shown now, nil where it is
    /// the one from before.
    private mutating func take(
        _ field: RecordChange.Field, _ version: Version, over current: Version?,
        _ target: Target, _ position: Int64
    ) throws -> MultiValueRegister.Leaf? {
        let registers = Registers(db)
        guard let current else {
            let register = MultiValueRegister(version, field)
            try registers.write(register, over: nil, target.number, field.name, numbers)
            return register.current
        }
        let content = try Reader(db).content(field.name, record: target.number, target.table)
        let before = try registers.register(
            target.number, field.name, current: .init(version: current, content: content),
            branches)
        var register = before
        try register.take(version, field) {
            try hasArrived($0, field.name, target.number, before: position)
        }
        try registers.write(register, over: before, target.number, field.name, numbers)
        if target.isNamed, target.table?.knows(field.name) == true {
            let isConflict = !register.conflicts.isEmpty
            let difference = (isConflict ? 1 : 0) - (before.conflicts.isEmpty ? 0 : 1)
            if difference != 0 {
                counts[target.kind, default: KindCounts()].conflicts += difference
            }
        }
        return register.current == before.current ? nil : register.current
    }

    /// Whether the log held an edit of a field with that version before a position.
    private func hasArrived(
        _ version: Version, _ field: String, _ record: Int64, before position: Int64
    ) throws -> Bool {
        guard let branch = numbers[version.branch] else { return false }
        let payloads = try Data.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT p."bytes" FROM "entry" AS e
                    CROSS JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."record" = ? AND e."branch" = ? AND e."position" < ?
                    """), arguments: [record, branch, position])
        while let payload = try payloads.next() {
            guard let change = try? Payload.change(payload) else { continue }
            let isIt = change.fields.contains {
                $0.name == field && change.stamp(of: $0) == version.stamp
            }
            if isIt { return true }
        }
        return false
    }

    /// Writes a value and its version into the row.
    private mutating func show(
        _ leaf: MultiValueRegister.Leaf, _ field: String, _ target: Target
    ) throws {
        let number = target.number
        let place = target.table?.places[field]
        let isDeletion = field == "deleted" && target.table != nil
        if isDeletion {
            try setDeleted(leaf.content == .flag(true), target)
        } else if let table = target.table, let place {
            try WriteStatement(db, table.update(field))
                .run(.init(leaf.content, for: place.type.column), .number(number))
        }
        if isDeletion || leaf.content == .null || place?.type.holds(leaf.content) == true {
            try db.cachedStatement(
                sql: "DELETE FROM \"unknownField\" WHERE \"record\" = ? AND \"field\" = ?"
            ).execute(arguments: [number, field])
        } else {
            try keepUnknown(field, leaf.content, number)
        }
        guard let branch = numbers[leaf.version.branch] else { throw StoreError.damaged("branch") }
        try setVersion(field, number, leaf.version.stamp, branch)
    }

    private mutating func setDeleted(_ isDeleted: Bool, _ target: Target) throws {
        guard let name = target.table?.entity.name.rawValue else { return }
        let before = try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT \"deleted\" FROM \"\(name)\" WHERE \"_record\" = ?"),
            arguments: [target.number])
        guard before != isDeleted else { return }
        try db.cachedStatement(sql: "UPDATE \"\(name)\" SET \"deleted\" = ? WHERE \"_record\" = ?")
            .execute(arguments: [isDeleted, target.number])
        counts[target.kind, default: KindCounts()].live += isDeleted ? -1 : 1
    }

    /// A deletion that came from another laptop is listed until somebody has looked at it; one
    /// that was taken back is listed no more.
    private mutating func note(
        _ change: RecordChange, _ target: Target, _ arrival: Arrival?, isDeleted: Bool
    ) throws {
        let list = DeletionList(db)
        guard target.isNamed else { return }
        var difference = 0
        if isDeleted, let arrival {
            difference = try list.add(change.entity, change.record, arrival) ? 1 : 0
        } else if !isDeleted {
            difference = try list.remove(change.entity, change.record) ? -1 : 0
        }
        guard difference != 0 else { return }
        counts[target.kind, default: KindCounts()].deletions += difference
    }
}
