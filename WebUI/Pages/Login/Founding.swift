import Foundation
import Participation
import Store

/// What the form of the first run holds, checked.
struct Founding: Sendable {
    private static let mostVillages = 200

    let account: AccountInput
    private var form: PlainForm
    private let municipality: [String: Value?]
    private let villages: [Value]

    /// Sentences by the names of the form's fields.
    var problems: [String: String] { form.problems }

    /// The form before anything is typed.
    init(_ texts: Texts) {
        form = PlainForm(texts: texts)
        account = AccountInput(login: "", displayName: "", role: "", passphrase: "")
        municipality = [:]
        villages = []
    }

    /// The form as it came back.
    init(_ texts: Texts, _ typed: FormData) {
        account = AccountInput(typed, role: AccountRole.admin.rawValue)
        var problems = AccountForms.sentences(
            account.problems + AccountForms.difference(typed), texts)
        let members = Self.named.map {
            JSON.Member($0.name, FormText.json(typed[$0.name] ?? "", $0.type))
        }
        let (input, found) = RecordInput.parse(members, as: .municipality)
        municipality = input.fields
        for problem in found { problems[problem.field ?? ""] = texts.sentence(problem) }
        let (villages, problem) = Self.villages(typed["villages"] ?? "", texts)
        self.villages = villages
        problems["villages"] = problem
        form = PlainForm(texts: texts, typed: typed, problems: problems)
    }

    /// Takes problems that the store found.
    mutating func add(_ found: [InputProblem]) {
        form.problems.merge(AccountForms.sentences(found, form.texts)) { old, _ in old }
    }

    /// The edits that make the municipality and its villages; the first is the centre.
    func places(_ makeID: () -> RecordID) -> [Edit] {
        let id = makeID()
        let fields = municipality.filter { $0.value != nil }
        var edits = [Edit.make(RecordInput(.municipality, id: id, fields: fields))]
        for (index, name) in villages.enumerated() {
            var fields: [String: Value?] = [
                Schema.village.municipality.name: id.value, Schema.village.name.name: name,
            ]
            if index == 0, villages.count > 1 {
                fields.updateValue(Value.flag(true), forKey: Schema.village.isCenter.name)
            }
            edits.append(.make(RecordInput(.village, id: makeID(), fields: fields)))
        }
        return edits
    }

    var sections: [WelcomePage.Model.Section] {
        let texts = form.texts
        return [
            .init(
                heading: texts["welcome.municipality.heading"],
                about: texts["welcome.municipality.about"],
                fields: Self.named.map { field in
                    let key = "welcome.municipality.\(field.name)"
                    return form.line(
                        field.name, texts[key], hint: texts.optional(key + "Hint"),
                        isRequired: field.isRequired)
                }),
            .init(
                heading: texts["welcome.villages.heading"], about: nil,
                fields: [
                    form.longText(
                        "villages", texts["welcome.villages.names"],
                        hint: texts["welcome.villages.hint"], rows: 6)
                ]),
            .init(
                heading: texts["welcome.account.heading"],
                about: texts["welcome.account.about"], fields: accountFields),
        ]
    }

    private var accountFields: [FieldModel] {
        let texts = form.texts
        return [
            form.line(
                Schema.account.displayName.name, texts["welcome.account.displayName"]),
            form.line(
                Schema.account.login.name, texts["welcome.account.login"],
                hint: texts["welcome.account.loginHint"], maxLength: AccountInput.longestLogin),
            form.newSecret(
                AccountForms.Name.passphrase, texts["welcome.account.passphrase"],
                hint: texts["welcome.account.passphraseHint"]),
            form.newSecret(
                AccountForms.Name.again, texts["welcome.account.passphraseAgain"]),
        ]
    }

    /// What of the municipality the first run asks for.
    private static let named = [
        Schema.municipality.name, Schema.municipality.nameRu, Schema.municipality.oblast,
        Schema.municipality.oblastRu, Schema.municipality.rayon, Schema.municipality.rayonRu,
    ]

    /// The names of a text, one a line, each checked and there once.
    private static func villages(
        _ text: String, _ texts: Texts
    ) -> (names: [Value], problem: String?) {
        var names: [Value] = []
        var seen: Set<String> = []
        for line in text.split(whereSeparator: \.isNewline) {
            let name = line.trimmingCharacters(in: .whitespaces)
            if name.isEmpty { continue }
            guard seen.insert(name.lowercased()).inserted else {
                return ([], texts("welcome.problem.sameVillage", ["name": name]))
            }
            do {
                guard let value = try Schema.village.name.parse(.string(name)) else { continue }
                names.append(value)
            } catch {
                return ([], texts.sentence(error))
            }
        }
        guard !names.isEmpty else { return ([], texts["welcome.problem.noVillage"]) }
        return (Array(names.prefix(mostVillages)), nil)
    }
}
