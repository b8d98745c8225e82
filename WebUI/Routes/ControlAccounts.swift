import Hummingbird
import Participation
import Store

/// Accounts as the command line keeps them.
enum ControlAccounts {
    static func list(_ visit: Visit) async throws -> Response {
        let accounts = try await visit.read { try $0.list(.account, limit: 1000).records }
        return Visit.json(
            .array(
                accounts.map { account in
                    .object([
                        .init("login", .string(account[Schema.account.login] ?? "")),
                        .init("displayName", .string(account[Schema.account.displayName] ?? "")),
                        .init("role", .string(account[Schema.account.role]?.rawValue ?? "")),
                    ])
                }))
    }

    static func add(_ visit: Visit) async throws -> Response {
        let json = try await visit.json()
        let input = AccountInput(
            login: json["login"]?.text ?? "",
            displayName: json["displayName"]?.text ?? json["login"]?.text ?? "",
            role: json["role"]?.text ?? "", passphrase: json["passphrase"]?.text ?? "")
        let edit = try await input.edit(visit.store.makeID(), visit.office.passphrases)
        try await visit.commit([edit])
        return Visit.json(.object([.init("login", .string(input.login))]))
    }

    static func changePassphrase(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let passphrase = try await visit.json()["passphrase"]?.text ?? ""
        let edit = try await AccountInput.newPassphrase(
            passphrase, of: account.id, visit.office.passphrases)
        try await visit.commit([edit])
        try await endAll(account, visit)
        return Visit.json(.object([]))
    }

    static func disable(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        guard try await !visit.read({ try $0.isOnlyAdmin(account.id) }) else {
            throw WebError.conflict
        }
        try await visit.commit([.delete(.account, account.id)])
        try await endAll(account, visit)
        return Visit.json(.object([]))
    }

    static func makeToken(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let token = try await visit.store.makeToken(for: account.id)
        return Visit.json(.object([.init("token", .string(token))]))
    }

    private static func endAll(_ account: Record, _ visit: Visit) async throws {
        visit.office.sessions.endAll(of: account.id)
        try await visit.store.dropTokens(of: account.id)
    }

    private static func account(_ visit: Visit) async throws -> Record {
        let login = visit.context.parameters.get("login") ?? ""
        guard let account = try await visit.read({ try $0.accounts(login: login).first }) else {
            throw WebError.noRecord(.account)
        }
        return account
    }
}
