import Participation
import Store

/// Puts the steps of a record's history into words.
struct HistorySteps {
    let entity: EntityName
    let record: RecordID
    let reader: Reader
    let names: RecordNames
    let texts: Texts
    let access: Access
    /// This laptop; steps of others say where they were done.
    let ownDevice: String
    let isDeleted: Bool

    /// Entries of a commit that are counted for "together with".
    private static let mostCounted = 999

    /// The steps, the newest first.
    func models(_ steps: some Collection<HistoryStep>) throws -> [HistoryPage.Model.Step] {
        var changedSince: Set<String> = []
        return try steps.map { step in
            defer { changedSince.formUnion(step.changes.map(\.field)) }
            let (others, canUndo) = (try others(step), canUndo(step, changedSince))
            return try HistoryPage.Model.Step(
                commit: step.commit.description,
                when: texts.moment(milliseconds: step.milliseconds), who: who(step),
                device: device(step), what: what(step), canUndo: canUndo, others: others,
                wholeHref: canUndo && others != nil ? whole(step) : nil, changes: changes(step))
        }
    }

    private func who(_ step: HistoryStep) throws -> String {
        guard let id = RecordID(step.actor) else { return texts["history.program"] }
        let account = try reader.anyRecord(.account, id)?.record
        return account?.title ?? texts["history.unknown"]
    }

    private func device(_ step: HistoryStep) -> String? {
        guard step.device != ownDevice else { return nil }
        return texts("history.device", ["device": String(step.device.prefix(8))])
    }

    private func what(_ step: HistoryStep) -> String {
        if step.isFirst { return texts["history.created"] }
        switch step.changes.first(where: { $0.field == "deleted" })?.new {
        case .flag(true)?: return texts["history.removed"]
        case .some: return texts["history.restored"]
        case nil: return texts["history.changed"]
        }
    }

    /// A step can be taken back while a field still has the value it set; the first, which made
    /// the record, while the record is there. Accounts are kept on their own page.
    private func canUndo(_ step: HistoryStep, _ changedSince: Set<String>) -> Bool {
        guard access.mayWrite(entity), entity != .account else { return false }
        if step.isFirst { return !isDeleted }
        return step.changes.contains { !changedSince.contains($0.field) }
    }

    private func others(_ step: HistoryStep) throws -> String? {
        guard let size = try reader.size(of: step.commit, atMost: Self.mostCounted) else {
            return texts("history.others", ["count": "\(Self.mostCounted)+"])
        }
        return size > 1 ? texts("history.others", ["count": String(size - 1)]) : nil
    }

    /// The page that asks whether all that the step wrote shall be taken back.
    private func whole(_ step: HistoryStep) -> String {
        Paths.undo(step.commit.description, back: Paths.history(entity, record))
    }

    /// The fields the role may read; that a passphrase was changed is said, never to what.
    private func changes(_ step: HistoryStep) throws -> [HistoryPage.Model.Change] {
        try step.changes.compactMap { change -> HistoryPage.Model.Change? in
            guard let field = Entity[entity][field: change.field] else { return nil }
            let label = texts.label(change.field, of: entity)
            if field.privacy == .secret {
                return HistoryPage.Model.Change(
                    field: label, old: nil, new: texts["history.hidden"])
            }
            guard access.mayRead(field) else { return nil }
            return HistoryPage.Model.Change(
                field: label, old: try change.old.map { try words($0, field) },
                new: try change.new.map { try words($0, field) })
        }
    }

    private func words(_ value: Value, _ field: any AnyField) throws -> String {
        try names.words(value, field, entity)
    }
}
