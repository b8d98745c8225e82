import Participation

/// What is wrong with a form, by field, in the order in which it was found.
struct FieldErrors: Sendable {
    private var found: [(field: String, text: String)] = []

    var isEmpty: Bool { found.isEmpty }

    /// What is wrong with a field.
    subscript(field: String) -> String? { found.first { $0.field == field }?.text }

    /// The lines of the summary; each field has the id of its name.
    var links: [PageFrame.ErrorLink] {
        found.map { PageFrame.ErrorLink(text: $0.text, href: "#\($0.field)") }
    }

    /// One thing a field; the first is said.
    mutating func add(_ field: String, _ text: String) {
        if self[field] == nil { found.append((field, text)) }
    }

    /// Adds what the declarations object to. Left out and empty fields are asked for with the
    /// page's own words, where it has some; fields the form does not show are said at `other`.
    mutating func add(
        _ problems: [InputProblem], asking: [String: String] = [:], other: String, _ texts: Texts
    ) {
        for problem in problems {
            let field = problem.field ?? other
            if [.missing, .empty].contains(problem.code), let question = asking[field] {
                add(field, question)
            } else {
                add(field, texts.sentence(problem))
            }
        }
    }
}
