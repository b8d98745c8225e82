import Participation

/// The two forms of the page of accounts: a new account, and another passphrase for one.
enum AccountForms {
    /// The names of the fields, as the browser sends them.
    enum Name {
        static let own = "own"
        static let passphrase = "passphrase"
        static let again = "passphraseAgain"
    }

    static func adding(_ form: PlainForm) -> [FieldModel] {
        let texts = form.texts
        let role = Schema.account.role
        let roles = AccountRole.allCases.map {
            FieldModel.Word(value: $0.rawValue, label: texts.choice($0, role, .account))
        }
        return [
            form.line(
                Schema.account.displayName.name, label(Schema.account.displayName, texts)),
            form.line(
                Schema.account.login.name, label(Schema.account.login, texts),
                hint: texts["welcome.account.loginHint"], maxLength: AccountInput.longestLogin),
            form.select(
                role.name, label(role, texts), hint: texts.hint(role.name, of: .account), roles),
            form.newSecret(
                Name.passphrase, texts["welcome.account.passphrase"],
                hint: texts["welcome.account.passphraseHint"]),
            form.newSecret(Name.again, texts["welcome.account.passphraseAgain"]),
        ]
    }

    static func passphrase(_ form: PlainForm) -> [FieldModel] {
        let texts = form.texts
        return [
            form.currentSecret(Name.own, texts["accounts.ownPassphrase"]),
            form.newSecret(
                Name.passphrase, texts["accounts.newPassphrase"],
                hint: texts["welcome.account.passphraseHint"]),
            form.newSecret(Name.again, texts["accounts.newPassphraseAgain"]),
        ]
    }

    /// Problems as sentences by the names of the form's fields.
    static func sentences(_ problems: [InputProblem], _ texts: Texts) -> [String: String] {
        var found: [String: String] = [:]
        for problem in problems {
            let field = problem.field ?? ""
            guard found[field] == nil else { continue }
            found[field] =
                problem.code == .badId
                ? texts["accounts.problem.badLogin"] : texts.sentence(problem)
        }
        return found
    }

    /// The problem of a passphrase that was typed two ways.
    static func difference(_ form: FormData) -> [InputProblem] {
        form[Name.passphrase] == form[Name.again]
            ? [] : [InputProblem(.passphrasesDiffer, field: Name.again)]
    }

    private static func label(_ field: any AnyField, _ texts: Texts) -> String {
        texts.label(field.name, of: .account)
    }
}
