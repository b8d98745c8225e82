import Participation

/// A record's form, made from the declaration of its entity. Fields the role may not read are
/// left out of it, so they are neither shown nor overwritten.
struct FieldForm: Sendable {
    let entity: Entity
    let access: Access
    let texts: Texts
    /// The record; nil where a new one is made.
    var record: Record?
    /// What came back from the browser, or stands in the address of the form.
    var typed: FormData?
    /// Sentences by field.
    var problems: [String: String] = [:]
    /// What the reference fields point to.
    var references = FormReferences()

    init(
        _ entity: EntityName, _ access: Access, _ texts: Texts, record: Record? = nil,
        typed: FormData? = nil
    ) {
        self.entity = Entity[entity]
        self.access = access
        self.texts = texts
        self.record = record
        self.typed = typed
    }

    /// Whether the role may change what the form shows.
    var isEditable: Bool { access.mayWrite(entity.name) }

    /// What a new record begins with and its form does not ask for: a cycle is at its first stage.
    private static let presets: [EntityName: [String: Value]] = [
        .cycle: [Schema.cycle.stage.name: .integer(1)]
    ]

    /// The presets of this form; none where a record is changed.
    var presets: [String: Value] { record == nil ? Self.presets[entity.name] ?? [:] : [:] }

    /// The fields that are shown, in the dictionary's order.
    var fields: [any AnyField] {
        let presets = presets
        return entity.fields.filter { access.mayRead($0) && presets[$0.name] == nil }
    }

    /// The ids that the reference fields hold.
    var ids: [String: RecordID] {
        var found: [String: RecordID] = [:]
        for field in fields {
            guard case .reference = field.type else { continue }
            if let text = typed?[field.name] {
                found[field.name] = RecordID(text)
            } else if let value = record?.values[field.name] {
                found[field.name] = RecordID(value)
            }
        }
        return found
    }

    /// The fields as the template shows them.
    var models: [FieldModel] {
        fields.map { field in
            FieldModel(
                id: "field-\(field.name)", name: field.name, label: label(field),
                hint: isEditable ? texts.hint(field.name, of: entity.name) : nil,
                error: problems[field.name], isRequired: isEditable && field.isRequired,
                widget: isEditable ? widget(field) : .readOnly(readOnly(field)),
                add: isEditable ? add(field) : nil)
        }
    }

    /// The way to the first record that a field could point to.
    private func add(_ field: any AnyField) -> FieldModel.Add? {
        guard let kind = references.missing[field.name], access.mayWrite(kind), kind != .account
        else { return nil }
        return .init(href: Paths.new(kind), label: texts["entities.\(kind).new"])
    }

    func label(_ field: any AnyField) -> String { texts.label(field.name, of: entity.name) }

    /// Why a field was refused, in the words of a form where they differ from those of a file.
    func sentence(_ problem: InputProblem) -> String {
        let key = "records.problem.\(problem.code)"
        guard texts.optional(key) == nil else { return texts(key, problem.details) }
        guard problem.code == .outOfRange else { return texts.sentence(problem) }
        return texts(
            "problems.\(problem.code)", problem.details.mapValues { texts.date($0) })
    }

    /// Takes problems that the declarations or the store found.
    mutating func add(_ found: [InputProblem]) {
        for problem in found {
            let field = problem.field ?? ""
            if problems[field] == nil { problems[field] = sentence(problem) }
        }
    }

    /// The error summary; a problem of no field in sight leads to the top of the page.
    var errorLinks: [PageFrame.ErrorLink] {
        let models = self.models
        let shown = Set(models.map(\.name))
        let others = problems.filter { !shown.contains($0.key) }.sorted { $0.key < $1.key }
        return models.errorLinks(texts)
            + others.map { PageFrame.ErrorLink(text: $0.value, href: "#main") }
    }

    /// What the record itself says, in people's words; a dash where it says nothing.
    func words(_ field: any AnyField) -> String {
        guard let value = record?.values[field.name] else { return "–" }
        guard case .reference = field.type, let id = RecordID(value) else {
            return texts.value(value, of: field, in: entity.name)
        }
        return references.names[id]?.title ?? id.text
    }

    private func readOnly(_ field: any AnyField) -> FieldModel.ReadOnly {
        .init(value: words(field), href: ids[field.name].flatMap { references.names[$0]?.path })
    }
}
