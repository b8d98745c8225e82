import GRDB
public import Participation
import SyncCore

/// What one entry did to a record.
public struct HistoryStep: Sendable {
    /// The commit it belongs to.
    public let commit: CommitID
    /// When, in milliseconds since 1970, as that laptop believed.
    public let milliseconds: UInt64
    /// Whether that laptop's clock was plausible.
    public let isTimeTrusted: Bool
    /// The account that did it; empty for the program itself.
    public let actor: String
    /// The laptop, in hexadecimal digits.
    public let device: String
    /// Whether the record was made here.
    public let isFirst: Bool
    /// The fields, by name.
    public let changes: [Change]

    /// A field's value before and after; nil is no value.
    public struct Change: Sendable, Equatable {
        /// The field; `deleted` is among them.
        public let field: String
        /// What it replaced.
        public let old: Value?
        /// What it became.
        public let new: Value?
    }
}

extension Reader {
    /// What happened to a record, the newest first; at most `limit` steps.
    /// The old values are those the author saw, where the log still holds them.
    public func history(
        _ entity: EntityName, _ id: RecordID, limit: Int = 200
    ) throws -> [HistoryStep] {
        let entries = try LoggedEntry.ofRecord(db, entity: entity, id: id)
        let branches = try Branches.byNumber(db)
        var values: [String: Value] = [:]
        var steps: [HistoryStep] = []
        for (index, entry) in entries.enumerated() {
            guard let change = entry.change else { continue }
            let changes = change.fields.map { field in
                let new = Value(field.content)
                defer { values[field.name] = new }
                return HistoryStep.Change(field: field.name, old: values[field.name], new: new)
            }
            steps.append(
                HistoryStep(
                    commit: CommitID(
                        epoch: entry.name(branches).epoch, start: entry.header.commit),
                    milliseconds: entry.header.milliseconds,
                    isTimeTrusted: entry.header.isTimeTrusted, actor: entry.header.actor,
                    device: entry.header.branch.device.description, isFirst: index == 0,
                    changes: changes))
        }
        return steps.suffix(limit).reversed()
    }
}

extension Value {
    /// A value of the log; nil for none.
    init?(_ content: Content) {
        switch content {
        case .null: return nil
        case .flag(let flag): self = .flag(flag)
        case .integer(let number): self = .integer(Int(number))
        case .number(let number): self = .number(number)
        case .text(let text): self = .text(text)
        }
    }
}
