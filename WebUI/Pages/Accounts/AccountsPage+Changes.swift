import HTTPTypes
import Hummingbird
import Participation
import Store

extension AccountsPage {
    static func add(_ visit: Visit) async throws -> Response {
        guard visit.access.mayKeepAccounts else { throw WebError.forbidden }
        let form = try await visit.form()
        let input = AccountInput(form, role: form["role"] ?? "")
        var problems = input.problems + AccountForms.difference(form)
        if problems.isEmpty {
            do {
                let edit = try await input.edit(visit.store.makeID(), visit.office.passphrases)
                try await visit.commit([edit])
                return visit.redirect(
                    Paths.accounts, flash: "accounts.flash.added", title: input.displayName)
            } catch StoreError.refused(let found) {
                problems = found
            }
        }
        let sentences = AccountForms.sentences(problems, visit.texts)
        return try await page(visit, Refusal(typed: form, problems: sentences))
    }

    /// Gives an account another passphrase, if the person who asks knows their own.
    static func changePassphrase(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let id = account.record.id
        guard !account.isDisabled else { return try await refused(visit, "disabledFirst") }
        let form = try await visit.form()
        let passphrase = form[AccountForms.Name.passphrase] ?? ""
        let problems = AccountInput.weakness(of: passphrase) + AccountForms.difference(form)
        var sentences = AccountForms.sentences(problems, visit.texts)
        if try await !knowsOwn(visit, form[AccountForms.Name.own] ?? "") {
            sentences[AccountForms.Name.own] = visit.texts["accounts.problem.wrongOwn"]
        }
        guard sentences.isEmpty else {
            return try await page(visit, Refusal(account: id, problems: sentences))
        }
        let edit = try await AccountInput.newPassphrase(
            passphrase, of: id, visit.office.passphrases)
        try await visit.commit([edit])
        try await endAll(visit, id)
        var response = visit.redirect(
            Paths.accounts, flash: "accounts.flash.passphrase", title: account.record.title)
        if id == visit.visitor.actorID {
            // The window that changed its own passphrase stays logged in, all others do not.
            let token = visit.office.sessions.begin(id)
            let cookie = Cookies.session(token, visit.listener)
            response.headers.append(HTTPField(name: .setCookie, value: cookie))
        }
        return response
    }

    static func disable(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let id = account.record.id
        guard id != visit.visitor.actorID else { return try await refused(visit, "oneself") }
        guard try await visit.read({ try !$0.isOnlyAdmin(id) }) else {
            return try await refused(visit, "lastAdmin")
        }
        if !account.isDisabled { try await visit.commit([.delete(.account, id)]) }
        try await endAll(visit, id)
        return visit.redirect(
            Paths.accounts, flash: "accounts.flash.disabled", title: account.record.title)
    }

    static func enable(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let login = account.record[Schema.account.login] ?? ""
        let holders = try await visit.read { try $0.accounts(login: login) }
        guard account.isDisabled, holders.isEmpty else {
            let problem = InputProblem(.loginTaken)
            return try await page(
                visit, Refusal(problems: AccountForms.sentences([problem], visit.texts)))
        }
        try await visit.commit([.restore(.account, account.record.id)])
        return visit.redirect(
            Paths.accounts, flash: "accounts.flash.enabled", title: account.record.title)
    }

    private static func account(_ visit: Visit) async throws -> StoredAccount {
        guard visit.access.mayKeepAccounts else { throw WebError.forbidden }
        let id = try visit.id()
        let found = try await visit.read { try $0.anyRecord(.account, id) }
        guard let (record, isDisabled) = found else { throw WebError.noRecord(.account) }
        return StoredAccount(record: record, isDisabled: isDisabled)
    }

    /// Whether the person who is logged in knows their own passphrase; guesses are slowed down
    /// as at the login.
    private static func knowsOwn(_ visit: Visit, _ passphrase: String) async throws -> Bool {
        let login = visit.visitor.account?[Schema.account.login] ?? ""
        if let wait = visit.office.sessions.delay(login: login) {
            throw WebError.slowDown(seconds: Int(wait.components.seconds) + 1)
        }
        let knows = try await visit.office.passphrases.matches(
            passphrase, visit.visitor.account?[Schema.account.secret])
        visit.office.sessions.note(login: login, succeeded: knows)
        return knows
    }

    /// Ends what an account is logged in to: windows and programs.
    private static func endAll(_ visit: Visit, _ account: RecordID) async throws {
        visit.office.sessions.endAll(of: account)
        try await visit.store.dropTokens(of: account)
    }

    /// The page with a problem that belongs to no field.
    private static func refused(_ visit: Visit, _ problem: String) async throws -> Response {
        try await page(
            visit, Refusal(problems: ["": visit.texts["accounts.problem.\(problem)"]]))
    }
}

extension AccountInput {
    /// What a form of the pages holds.
    init(_ form: FormData, role: String) {
        self.init(
            login: form[Schema.account.login.name] ?? "",
            displayName: form[Schema.account.displayName.name] ?? "", role: role,
            passphrase: form[AccountForms.Name.passphrase] ?? "")
    }
}
