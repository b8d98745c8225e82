import HTTPTypes
import Hummingbird
import Participation
import Store

/// What a form of a method's page sends: as a form from the page itself, as a JSON object from its
/// script or another program. Both say the same, and both go the same way.
struct MethodInput: Sendable {
    private let values: [String: String]

    /// Reads the body, whichever of the two it is.
    static func read(_ visit: Visit) async throws -> MethodInput {
        guard visit.request.isOfProgram else {
            let form = try await visit.form()
            return MethodInput(
                values: Dictionary(
                    uniqueKeysWithValues: form.names.map { ($0, form[$0] ?? "") }))
        }
        guard case .object(let members) = try await visit.json() else {
            throw WebError.refused([InputProblem(.notAnObject)])
        }
        var values: [String: String] = [:]
        for member in members {
            switch member.value {
            case .string(let text): values[member.name] = text
            case .integer(let number): values[member.name] = String(number)
            case .number: values[member.name] = member.value.encoded
            case .bool(let flag): values[member.name] = flag ? "true" : ""
            case .null: values[member.name] = ""
            case .array, .object:
                throw WebError.refused([InputProblem(.notText, field: member.name)])
            }
        }
        return MethodInput(values: values)
    }

    var names: [String] { values.keys.sorted() }

    /// What was sent under a name; nil where it was not.
    subscript(name: String) -> String? { values[name] }

    /// One line of text without spaces at its ends, and one between its words.
    func words(_ name: String) -> String {
        (values[name] ?? "").split { $0.isWhitespace }.joined(separator: " ")
    }

    /// An id; nil where it is missing or no id.
    func id(_ name: String) -> RecordID? { values[name].flatMap { RecordID($0) } }

    /// A word of a list.
    /// - Throws: ``WebError/refused(_:)`` for another word.
    func choice<Words: Choice>(_ name: String, _: Words.Type) throws -> Words {
        guard let word = Words(rawValue: values[name] ?? "") else {
            let words = Words.allCases.map(\.rawValue).joined(separator: ", ")
            throw WebError.refused([
                InputProblem(.notChoice, field: name, ["choices": words])
            ])
        }
        return word
    }

    /// A field of a record as it was typed.
    /// - Throws: ``WebError/refused(_:)`` where the declaration refuses it.
    func value<Content>(
        _ name: String, as field: Field<Content>
    ) throws -> Content? {
        do {
            return try field.parse(FormText.json(values[name] ?? "", field.type))
                .flatMap(Content.init)
        } catch {
            throw WebError.refused([InputProblem(error.code, field: name, error.details)])
        }
    }
}

/// What was done, in a sentence; or why nothing was.
struct MethodAnswer: Sendable {
    /// A cookie carries it to the next page.
    private static let longest = 400

    var said = ""
    /// Nothing was done yet: what would have to give way, and whether to do it all the same.
    var question: String?
    /// Nothing was done: it cannot be.
    var problem: String?
    var commit: CommitID?

    /// To a program as JSON; to a page by going back to where it was asked, with a sentence.
    func response(_ visit: Visit, back: String, flash: String) -> Response {
        guard visit.request.isOfProgram else {
            return visit.redirect(
                back, flash: flash, commit: commit, title: String(said.prefix(Self.longest)))
        }
        return Visit.json(
            .object([
                .init("done", .bool(question == nil && problem == nil)),
                .init("said", .string(said)),
                .init("question", question.map(JSON.string) ?? .null),
                .init("problem", problem.map(JSON.string) ?? .null),
            ])
        ).naming(commit)
    }
}
