import Participation
import Store

extension RecordPage {
    /// A record as it is when a form for it comes back.
    struct Before: Sendable {
        let record: Record
        let isDeleted: Bool
        let form: FieldForm
        /// References that were typed instead of chosen.
        let references: [String: TypedReference]
        /// What other windows changed since the form was made.
        let meanwhile: Meanwhile

        /// Reads all of it in one snapshot; nil where there is no such record.
        static func read(
            _ visit: Visit, _ entity: EntityName, _ id: RecordID, _ typed: FormData
        ) async throws -> Before? {
            let (texts, access) = (visit.texts, visit.access)
            return try await visit.read { reader in
                guard let (record, isDeleted) = try reader.anyRecord(entity, id) else {
                    return nil
                }
                let names = RecordNames(reader, texts, access)
                var form = FieldForm(entity, access, texts, record: record)
                // The names of what the record points to now, for fields that are disputed.
                form.references = try FormReferences.read(
                    form.fields, ids: form.ids, reader, names, access: access)
                form.typed = typed
                return Before(
                    record: record, isDeleted: isDeleted, form: form,
                    references: try form.typedReferences(reader, names),
                    meanwhile: Meanwhile(
                        try reader.history(entity, id), seen: typed["seen"]))
            }
        }

        /// The sentence about a field that another window changed too.
        func dispute(_ name: String) -> String {
            guard let field = form.entity[field: name] else { return "" }
            return form.texts(
                "records.problem.changedMeanwhile",
                ["field": form.label(field), "value": form.words(field)])
        }
    }
}
