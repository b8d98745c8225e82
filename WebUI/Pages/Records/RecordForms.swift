import HTTPTypes
import Hummingbird
import Participation
import Store

extension RecordPage {
    struct Model: PageModel {
        static let template = "record"
        let title: String
        let entityTitle: String
        let listHref: String
        let action: String
        let isNew: Bool
        let canSave: Bool
        let seen: String?
        let isPersonal: Bool
        let fields: [FieldModel]
        let cancelHref: String
        let historyHref: String?
        let deleteHref: String?
        let deleteNote: String?
        let related: [RelatedRecords]
    }
}

/// The page around a record's form.
enum RecordForms {
    /// What the page reads of the store.
    private struct Found: Sendable {
        var record: Record?
        var title = ""
        var isDeleted = false
        var seen: CommitID?
        var references = FormReferences()
        var related: [RelatedRecords] = []
        var referrers = 0
    }

    /// The form of a record, or of a new one where `id` is nil. A deleted record shows its
    /// history, from where it can be brought back.
    static func page(
        _ visit: Visit, _ form: FieldForm, id: RecordID?, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let found = try await visit.read { reader in try read(reader, form, id) }
        if let id {
            if found.isDeleted { return visit.redirect(Paths.history(form.entity.name, id)) }
            guard found.record != nil else { throw WebError.noRecord(form.entity.name) }
        }
        var filled = form
        filled.record = found.record
        filled.references = found.references
        let page = model(filled, found)
        guard visit.request.method == .post else { return try await visit.page(page) }
        let entity = form.entity.name
        return try await visit.page(
            page, at: id.map { Paths.record(entity, $0) } ?? Paths.new(entity),
            errors: filled.errorLinks, status: status)
    }

    private static func read(
        _ reader: Reader, _ form: FieldForm, _ id: RecordID?
    ) throws -> Found {
        var found = Found()
        var form = form
        let names = RecordNames(reader, form.texts, form.access)
        if let id {
            guard let (record, isDeleted) = try reader.anyRecord(form.entity.name, id) else {
                return found
            }
            found.record = record
            found.isDeleted = isDeleted
            if isDeleted { return found }
            form.record = record
            found.title = try names.title(record)
            found.seen = try reader.history(form.entity.name, id, limit: 1).first?.commit
            (found.related, found.referrers) = try RelatedRecords.all(
                record, reader, names, form)
        }
        found.references = try FormReferences.read(
            form.fields, ids: form.ids, reader, names, access: form.access)
        return found
    }

    private static func model(_ form: FieldForm, _ found: Found) -> RecordPage.Model {
        let (entity, texts) = (form.entity.name, form.texts)
        let id = found.record?.id
        let note = texts("records.delete.related", ["count": String(found.referrers)])
        let isEvent = entity == .event || entity == .cycle
        let back = found.record.map { isEvent ? Paths.page(of: $0) : Paths.list(entity) }
        return RecordPage.Model(
            title: id == nil ? texts["entities.\(entity).new"] : found.title,
            entityTitle: texts.many(entity), listHref: Paths.list(entity),
            action: id.map { Paths.record(entity, $0) } ?? Paths.list(entity), isNew: id == nil,
            canSave: form.isEditable, seen: found.seen?.description,
            isPersonal: form.fields.contains { $0.privacy == .personal }, fields: form.models,
            cancelHref: back ?? Paths.list(entity),
            historyHref: id.map { Paths.history(entity, $0) },
            deleteHref: form.isEditable ? id.map { Paths.delete(entity, $0) } : nil,
            deleteNote: found.referrers > 0 ? note : nil, related: found.related)
    }
}
