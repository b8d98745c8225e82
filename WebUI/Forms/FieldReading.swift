import Participation
import Store

extension FieldForm {
    /// The fields of a form that came back, checked one by one; nil where a field is cleared.
    struct Reading: Sendable {
        let fields: [String: Value?]
        /// What the declarations refuse, and references that were typed and not found.
        let problems: [String: String]
    }

    /// Finds the records of references that were typed instead of chosen, by field.
    func typedReferences(
        _ reader: Reader, _ names: RecordNames
    ) throws -> [String: TypedReference] {
        guard let typed else { return [:] }
        var found: [String: TypedReference] = [:]
        for field in fields {
            guard case .reference(let kinds) = field.type,
                let text = typed[field.textName], !SearchText.fold(text).isEmpty
            else { continue }
            let find = {
                try TypedReference.find(text, in: kinds, reader, names, access: self.access)
            }
            guard let id = typed.id(field.name) else {
                found[field.name] = try find()
                continue
            }
            // Without the page's script, the id from before stays behind another typed title.
            let title = try names.name(of: id, in: kinds)?.title ?? ""
            if SearchText.fold(title) != SearchText.fold(text), case .found(let other) = try find()
            {
                found[field.name] = .found(other)
            }
        }
        return found
    }

    /// Reads the form. A field that is not in it stays as it is.
    func reading(_ references: [String: TypedReference]) -> Reading {
        guard let typed else { return Reading(fields: [:], problems: [:]) }
        var members: [JSON.Member] = []
        var problems: [String: String] = [:]
        for field in fields {
            switch references[field.name] {
            case .found(let id)?: members.append(.init(field.name, .string(id.text)))
            case .unknown(let text)?:
                problems[field.name] = sentence(
                    InputProblem(.danglingReference, field: field.name, ["id": text]))
            case .several?: problems[field.name] = texts["records.problem.ambiguous"]
            case nil:
                let isCleared = typed[field.textName]?.isEmpty == true
                guard let text = isCleared ? "" : typed[field.name] else { continue }
                members.append(.init(field.name, FormText.json(text, field.type)))
            }
        }
        let (input, found) = RecordInput.parse(members, as: entity.name)
        let missing = record == nil ? input.missing.filter { !isPreset($0) } : []
        for problem in found + missing {
            let field = problem.field ?? ""
            if problems[field] == nil { problems[field] = sentence(problem) }
        }
        let preset = presets.mapValues { Value?.some($0) }
        return Reading(fields: input.fields.merging(preset) { $1 }, problems: problems)
    }

    private func isPreset(_ problem: InputProblem) -> Bool {
        problem.field.map { presets[$0] != nil } ?? false
    }

    /// Whether a read value says what the record says already: a flag left out is false unless it
    /// is an answer, a status left out is its first value.
    func isSame(_ value: Value?, _ stored: Value?, _ name: String) -> Bool {
        if value == stored { return true }
        guard stored == nil, let field = entity[field: name] else { return false }
        switch (field.type, value) {
        case (.flag(let isAnswer), .flag(false)?): return !isAnswer
        case (.choice(let words), .text(let word)?): return field.isStatus && word == words.first
        default: return false
        }
    }
}
