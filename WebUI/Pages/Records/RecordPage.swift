import HTTPTypes
import Hummingbird
import Participation
import Store

/// A record of any kind: its form, made from its declaration, and what belongs to it. Accounts
/// have a page of their own.
enum RecordPage {
    static func new(_ visit: Visit) async throws -> Response {
        let entity = try visit.entity()
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        guard visit.access.mayWrite(entity) else { throw WebError.forbidden }
        let form = FieldForm(entity, visit.access, visit.texts, typed: try visit.query())
        return try await RecordForms.page(visit, form, id: nil)
    }

    static func create(_ visit: Visit) async throws -> Response {
        let entity = try visit.entity()
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        guard visit.access.mayWrite(entity) else { throw WebError.forbidden }
        var form = FieldForm(
            entity, visit.access, visit.texts, typed: try await visit.form())
        let before = form
        let references = try await visit.read { reader in
            let names = RecordNames(reader, before.texts, before.access)
            return try before.typedReferences(reader, names)
        }
        let reading = form.reading(references)
        form.problems = reading.problems
        guard form.problems.isEmpty else { return try await refused(visit, form, id: nil) }
        do {
            let input = RecordInput(entity, id: nil, fields: worthWriting(reading, form))
            let receipt = try await visit.commit([.make(input)])
            guard let id = receipt.records.first else { throw WebError.internalFault }
            let made = try await named(visit, entity, id)
            return visit.redirect(
                made?.path ?? Paths.list(entity), flash: "records.flash.created",
                commit: receipt.commit, title: made?.title)
        } catch StoreError.refused(let problems) {
            form.add(problems)
            return try await refused(visit, form, id: nil)
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let entity = try visit.entity()
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        let form = FieldForm(entity, visit.access, visit.texts)
        return try await RecordForms.page(visit, form, id: try visit.id())
    }

    static func save(_ visit: Visit) async throws -> Response {
        let (entity, id) = (try visit.entity(), try visit.id())
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        guard visit.access.mayWrite(entity) else { throw WebError.forbidden }
        let typed = try await visit.form()
        guard let before = try await Before.read(visit, entity, id, typed) else {
            throw WebError.noRecord(entity)
        }
        guard !before.isDeleted else { return visit.redirect(Paths.history(entity, id)) }
        var form = before.form
        let reading = form.reading(before.references)
        form.problems = reading.problems
        let (changes, disputed) = before.meanwhile.merge(reading.fields, form, before.record)
        for name in disputed where form.problems[name] == nil {
            form.problems[name] = before.dispute(name)
        }
        guard form.problems.isEmpty else { return try await refused(visit, form, id: id) }
        do {
            let input = RecordInput(entity, id: id, fields: changes)
            let commit =
                try await changes.isEmpty ? nil : visit.commit([.change(input)]).commit
            return visit.redirect(
                RecordNames.path(before.record),
                flash: commit == nil ? "records.flash.unchanged" : "records.flash.saved",
                commit: commit)
        } catch StoreError.refused(let problems) {
            form.add(problems)
            return try await refused(visit, form, id: id)
        }
    }

    static func delete(_ visit: Visit) async throws -> Response {
        let (entity, id) = (try visit.entity(), try visit.id())
        guard entity != .account else { return visit.redirect(Paths.accounts) }
        let form = try await visit.form()
        let name = try await named(visit, entity, id)
        let receipt = try await visit.commit([.delete(entity, id)])
        return visit.redirect(
            form["back"].map { Paths.own($0) } ?? Paths.list(entity),
            flash: "records.flash.deleted", commit: receipt.commit, title: name?.title)
    }

    /// The form again, with what was typed and what is wrong with it.
    private static func refused(
        _ visit: Visit, _ form: FieldForm, id: RecordID?
    ) async throws -> Response {
        try await RecordForms.page(visit, form, id: id, status: .unprocessableContent)
    }

    /// What a new record is made of: a no that says no more than a missing value is left out.
    private static func worthWriting(
        _ reading: FieldForm.Reading, _ form: FieldForm
    ) -> [String: Value?] {
        reading.fields.filter { name, value in
            value != nil && (value != Value.flag(false) || !form.isSame(value, nil, name))
        }
    }

    private static func named(
        _ visit: Visit, _ entity: EntityName, _ id: RecordID
    ) async throws -> RecordNames.Name? {
        let (texts, access) = (visit.texts, visit.access)
        return try await visit.read { reader in
            guard let record = try reader.record(entity, id) else { return nil }
            let title = try RecordNames(reader, texts, access).title(record)
            return RecordNames.Name(title: title, path: RecordNames.path(record))
        }
    }
}
