import Participation
import Store

/// The field in which a third value is written.
struct ConflictForm: Sendable {
    /// The value that was typed; nil inside for a cleared field, nil outside for none.
    let value: Value??
    /// Sentences by field.
    let problems: [String: String]
    private let form: FieldForm
    private let field: String
    private let isWritable: Bool

    /// Reads the field as it is, or as it came back.
    static func read(_ visit: Visit, _ id: ConflictID, typed: FormData?) async throws -> Self {
        let (access, texts) = (visit.access, visit.texts)
        let declared = Entity[id.entity][field: id.field]
        // A passphrase is changed on the page of accounts, and a record is there or not.
        let isWritable = declared.map { $0.privacy != .secret } ?? false
        return try await visit.read { reader in
            guard let found = try reader.anyRecord(id.entity, id.record) else {
                throw WebError.notFound
            }
            var form = FieldForm(id.entity, access, texts, record: found.record, typed: typed)
            guard let declared, isWritable else {
                return ConflictForm(
                    value: nil, problems: [:], form: form, field: id.field, isWritable: false)
            }
            let names = RecordNames(reader, texts, access)
            let references = try form.typedReferences(reader, names)
            form.references = try FormReferences.read(
                [declared], ids: form.ids, reader, names, access: access)
            let reading = form.reading(references)
            return ConflictForm(
                value: reading.fields[id.field], problems: reading.problems, form: form,
                field: id.field, isWritable: true)
        }
    }

    /// The field as the template shows it; empty where no third value can be written.
    func model(problem: String?) -> [FieldModel] {
        guard isWritable else { return [] }
        var form = form
        form.problems = problem.map { [field: $0] } ?? [:]
        return form.models.filter { $0.name == field }
    }
}

/// The versions of a conflict in people's words.
struct ConflictWords: Sendable {
    let title: String
    let path: String?
    /// In the order of the versions; nil where the field was cleared.
    let values: [String?]
    let who: [String]
    let laptops: [String]

    static func read(_ visit: Visit, _ conflict: FieldConflict) async throws -> Self {
        let (access, texts, id) = (visit.access, visit.texts, conflict.id)
        let state = await visit.office.laptops?.state()
        let laptops = conflict.versions.map {
            state?.name(of: $0.laptop) ?? $0.laptop.short
        }
        return try await visit.read { reader in
            guard let found = try reader.anyRecord(id.entity, id.record) else {
                throw WebError.notFound
            }
            let names = RecordNames(reader, texts, access)
            let field = Entity[id.entity][field: id.field]
            let values = try conflict.versions.map { version -> String? in
                guard let value = version.value else { return nil }
                guard let field else { return texts.existence(value) }
                guard field.privacy != .secret else { return texts["history.hidden"] }
                // Whole texts, not their first lines: people compare them.
                if case .text(let text) = value, field.type == .longText { return text }
                return try names.words(value, field, id.entity)
            }
            return ConflictWords(
                title: try names.title(found.record),
                path: found.isDeleted ? nil : RecordNames.path(found.record), values: values,
                who: try conflict.versions.map { try texts.person($0.account, reader) },
                laptops: laptops)
        }
    }
}

extension Texts {
    /// Who did something: the account's name, also of one that is disabled.
    func person(_ account: RecordID?, _ reader: Reader) throws -> String {
        guard let account else { return self["history.program"] }
        return try reader.anyRecord(.account, account)?.record.title ?? self["history.unknown"]
    }

    /// Whether a record is there, as the field `deleted` says.
    func existence(_ value: Value) -> String {
        self[value == .flag(true) ? "history.removed" : "history.restored"]
    }
}
