import HTTPTypes
import Hummingbird
import Participation
import Store

/// Who may use the program on this laptop; for administrators alone.
enum AccountsPage {
    struct Model: PageModel {
        static let template = "accounts"
        let accounts: [Account]
        let addAction: String
        let addFields: [FieldModel]

        struct Account: Sendable {
            let displayName: String
            let login: String
            let role: String
            let isSelf: Bool
            let isDisabled: Bool
            let passphraseAction: String
            let passphraseFields: [FieldModel]
            let isPassphraseOpen: Bool
            let disableAction: String?
            let enableAction: String?
            let historyHref: String
        }
    }

    /// What was typed into one of the page's forms, and what is wrong with it.
    struct Refusal: Sendable {
        /// The account whose form it is; nil for the form of a new one.
        var account: RecordID?
        var typed: FormData?
        /// Sentences by the fields' names; under no name those of the page as a whole.
        var problems: [String: String]
        var status = HTTPResponse.Status.unprocessableContent
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, nil)
    }

    /// The page, with a form that was refused.
    static func page(_ visit: Visit, _ refusal: Refusal?) async throws -> Response {
        guard visit.access.mayKeepAccounts else { throw WebError.forbidden }
        let accounts = try await visit.read { try $0.allAccounts() }
        let texts = visit.texts
        let rows = accounts.map { account in
            row(account, visit, refusal.flatMap { $0.account == account.record.id ? $0 : nil })
        }
        var form = PlainForm(texts: texts)
        if let refusal, refusal.account == nil {
            form.typed = refusal.typed
            form.problems = refusal.problems
        }
        let adding = AccountForms.adding(form)
        let fields = rows.flatMap(\.passphraseFields) + adding
        let whole = refusal?.problems[""].map {
            [PageFrame.ErrorLink(text: $0, href: "#main")]
        }
        return try await visit.page(
            Model(accounts: rows, addAction: Paths.accounts, addFields: adding),
            at: Paths.accounts, errors: (whole ?? []) + fields.errorLinks(texts),
            status: refusal?.status ?? .ok)
    }

    private static func row(
        _ account: StoredAccount, _ visit: Visit, _ refusal: Refusal?
    ) -> Model.Account {
        let (record, texts) = (account.record, visit.texts)
        let isSelf = record.id == visit.visitor.actorID
        let form = PlainForm(
            texts: texts, prefix: "passphrase-\(record.id)", problems: refusal?.problems ?? [:])
        let role = record[Schema.account.role].map {
            texts.choice($0, Schema.account.role, .account)
        }
        return Model.Account(
            displayName: record.title, login: record[Schema.account.login] ?? "–",
            role: role ?? "–", isSelf: isSelf, isDisabled: account.isDisabled,
            passphraseAction: Paths.account(record.id, "passphrase"),
            passphraseFields: AccountForms.passphrase(form), isPassphraseOpen: refusal != nil,
            disableAction: isSelf || account.isDisabled
                ? nil : Paths.account(record.id, "disable"),
            enableAction: account.isDisabled ? Paths.account(record.id, "enable") : nil,
            historyHref: Paths.history(.account, record.id))
    }
}

extension Paths {
    /// Where something is done to an account.
    static func account(_ id: RecordID, _ action: String) -> String {
        "\(accounts)/\(id)/\(action)"
    }
}
