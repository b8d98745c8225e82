import GRDB
import Participation
import SyncCore

/// Turns edits into log entries and rows, inside one transaction that is already open.
struct CommitWriter {
    let db: Database
    var log: OwnLog
    var applier: Applier
    let now: UInt64
    let makeID: () -> RecordID
    let void: VoidEdits

    /// What an edit came to.
    struct Outcome {
        let id: RecordID
        let number: Int64?
        let isNew: Bool
        let isChanged: Bool
    }

    /// Does one edit, checking all but its references.
    mutating func write(_ edit: Edit) throws -> Outcome {
        switch edit {
        case .make(let input):
            guard let id = input.id else { return try insert(input, makeID()) }
            switch try applier.holder(of: id.text, as: input.entity) {
            case .nobody: return try insert(input, id)
            case .record: throw StoreError.exists
            case .another(let other): throw Self.taken(by: other)
            }
        case .put(let input):
            guard let id = input.id else { return try insert(input, makeID()) }
            switch try applier.holder(of: id.text, as: input.entity) {
            case .nobody: return try insert(input, id)
            case .record(let number): return try change(input, id, number, restores: true)
            case .another(let other): throw Self.taken(by: other)
            }
        case .change(let input):
            guard let id = input.id,
                let number = try applier.number(input.entity.rawValue, id.text)
            else { throw StoreError.notFound }
            return try change(input, id, number, restores: false)
        case .delete(let entity, let id): return try setDeleted(true, entity, id)
        case .restore(let entity, let id): return try setDeleted(false, entity, id)
        }
    }

    /// The problem of references in these fields that lead nowhere or to the wrong kind.
    mutating func referenceProblems(_ input: RecordInput) throws -> [InputProblem] {
        try Entity[input.entity].references.compactMap { field in
            guard case .reference(let targets) = field.type,
                case .text(let id)?? = input.fields[field.name]
            else { return nil }
            let kinds = try applier.kinds(of: id)
            if kinds.isEmpty {
                return InputProblem(.danglingReference, field: field.name, ["id": id])
            }
            guard targets.isEmpty || !kinds.isDisjoint(with: targets) else {
                let names = targets.map(\.rawValue).joined(separator: ", ")
                return InputProblem(
                    .wrongReference, field: field.name, ["id": id, "targets": names])
            }
            return nil
        }
    }

    private static func taken(by entity: EntityName) -> StoreError {
        .refused([InputProblem(.idOfAnotherEntity, field: "id", ["entity": entity.rawValue])])
    }

    private mutating func insert(_ input: RecordInput, _ id: RecordID) throws -> Outcome {
        let missing = input.missing
        guard missing.isEmpty else { throw StoreError.refused(missing) }
        let fields = input.fields.compactMap { name, value in
            value.map { RecordChange.Field(name, $0.content) }
        }
        let stamp = Stamp.forEdit(now: now, replacing: void.latestStamp(input.entity, id))
        let change = RecordChange(
            entity: input.entity.rawValue, record: id.text, stamp: stamp, fields: fields)
        let number = try append(change)
        return Outcome(id: id, number: number, isNew: true, isChanged: true)
    }

    private mutating func change(
        _ input: RecordInput, _ id: RecordID, _ number: Int64, restores: Bool
    ) throws -> Outcome {
        guard let row = try Reader(db).row(input.entity, number: number) else {
            throw StoreError.damaged("record")
        }
        if row.isDeleted, !restores { throw StoreError.notFound }
        var contents: [(String, Content)] = input.fields.compactMap { name, value in
            row.record.values[name] == value ? nil : (name, value?.content ?? .null)
        }
        if row.isDeleted { contents.append(("deleted", .flag(false))) }
        return try edit(input.entity, id, number, contents)
    }

    private mutating func setDeleted(
        _ isDeleted: Bool, _ entity: EntityName, _ id: RecordID
    ) throws -> Outcome {
        guard let number = try applier.number(entity.rawValue, id.text),
            let row = try Reader(db).row(entity, number: number)
        else { throw StoreError.notFound }
        guard row.isDeleted != isDeleted else {
            if isDeleted { throw StoreError.notFound }
            return Outcome(id: id, number: number, isNew: false, isChanged: false)
        }
        return try edit(entity, id, number, [("deleted", .flag(isDeleted))])
    }

    /// Writes new contents, each stamped later than the value it replaces.
    mutating func edit(
        _ entity: EntityName, _ id: RecordID, _ number: Int64, _ contents: [(String, Content)]
    ) throws -> Outcome {
        guard !contents.isEmpty else {
            return Outcome(id: id, number: number, isNew: false, isChanged: false)
        }
        let versions = try applier.versions(record: number, entity: entity)
        let stamp = Stamp(milliseconds: now)
        let void = void.latestStamp(entity, id)
        let fields = contents.map { name, content in
            let base = versions[name]
            let own = Stamp.forEdit(now: now, replacing: [base?.stamp, void].latest)
            return RecordChange.Field(
                name, content, stamp: own == stamp ? nil : own, base: base)
        }
        let change = RecordChange(
            entity: entity.rawValue, record: id.text, stamp: stamp, fields: fields)
        _ = try append(change)
        return Outcome(id: id, number: number, isNew: false, isChanged: true)
    }

    @discardableResult
    mutating func append(_ change: RecordChange) throws -> Int64 {
        let change = try applier.unambiguous(change)
        let number = try applier.apply(change, branch: log.number)
        try log.append(change, record: number)
        return number
    }

    /// Seals the log and writes the counters.
    mutating func finish() throws {
        try log.finish(db)
        try applier.finish()
    }
}

extension [Stamp?] {
    /// The greatest of those that are there.
    var latest: Stamp? { compactMap(\.self).max() }
}
