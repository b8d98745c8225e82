import HTTPTypes
import Hummingbird
import Participation
import Store

/// Lets people in and out.
enum LoginPage {
    struct Model: PageModel {
        static let template = "login"
        let typedLogin: String
        let back: String
        let demo: Office.DemoLogin?
    }

    private static let longestTyped = 1000
    private static let loggedOut = "login.loggedOut"

    static func show(_ visit: OpenVisit) async throws -> Response {
        let back = Paths.own(try visit.query()["back"])
        guard visit.context.visitor == nil else { return visit.redirect(back) }
        if visit.isOfThisLaptop, try await !visit.hasAccounts() {
            return visit.redirect(Paths.welcome)
        }
        let isJustOut =
            Cookies.value("ashar-flash", visit.request)?.hasPrefix(loggedOut) == true
        return visit.page(
            Model(typedLogin: "", back: back, demo: visit.office.demo),
            flash: isJustOut ? Flash(text: visit.texts[loggedOut], undoCommit: nil) : nil)
    }

    static func submit(_ visit: OpenVisit) async throws -> Response {
        let form = try await visit.form()
        let login = String(form.words("login").prefix(longestTyped))
        let passphrase = String((form["passphrase"] ?? "").prefix(longestTyped))
        let back = Paths.own(form["back"])
        if let wait = visit.office.sessions.delay(login: login) {
            return later(visit, login, back, seconds: Int(wait.components.seconds) + 1)
        }
        let found = try await holder(visit, login, passphrase)
        visit.office.sessions.note(login: login, succeeded: found != nil)
        guard let account = found else {
            return again(
                visit, login, back, visit.texts["login.wrong"], .unprocessableContent)
        }
        if let old = Cookies.value(visit.listener.cookieName, visit.request) {
            visit.office.sessions.end(old)
        }
        let token = visit.office.sessions.begin(account)
        return visit.redirect(back, cookies: [Cookies.session(token, visit.listener)])
    }

    /// Ends the session; the browser forgets the pages it has seen.
    static func logOut(_ visit: OpenVisit) async throws -> Response {
        if let token = Cookies.value(visit.listener.cookieName, visit.request) {
            visit.office.sessions.end(token)
        }
        var response = visit.redirect(
            Paths.login,
            cookies: [Cookies.ended(visit.listener), Cookies.flash(loggedOut, nil)])
        response.headers[OutermostMiddleware.name("Clear-Site-Data")] = "\"cache\", \"storage\""
        return response
    }

    /// The account of a login and its passphrase. Two may have the same login where laptops met;
    /// a login that nobody has takes as long as a wrong passphrase.
    private static func holder(
        _ visit: OpenVisit, _ login: String, _ passphrase: String
    ) async throws -> RecordID? {
        let accounts = try await visit.office.store.read { try $0.accounts(login: login) }
        for account in accounts {
            let secret = account[Schema.account.secret]
            if try await visit.office.passphrases.matches(passphrase, secret) {
                return account.id
            }
        }
        if accounts.isEmpty { _ = try await visit.office.passphrases.matches(passphrase, nil) }
        return nil
    }

    private static func later(
        _ visit: OpenVisit, _ login: String, _ back: String, seconds: Int
    ) -> Response {
        let text = visit.texts("login.tooOften", ["seconds": String(seconds)])
        var response = again(visit, login, back, text, .tooManyRequests)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    private static func again(
        _ visit: OpenVisit, _ login: String, _ back: String, _ problem: String,
        _ status: HTTPResponse.Status
    ) -> Response {
        visit.page(
            Model(typedLogin: login, back: back, demo: visit.office.demo),
            errors: [.init(text: problem, href: "#field-login")], status: status)
    }
}
