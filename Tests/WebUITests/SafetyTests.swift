import HTTPTypes
import Participation
import Store
import Testing

struct SafetyTests {
    private static let paths = [
        "/", "/login", "/villages", "/calendar", "/ranking", "/records", "/records/person",
        "/events/e", "/events/e/people", "/accounts", "/status", "/search", "/nowhere",
        "/static/tokens.css", "/static/none.css", "/static/..%2F..%2Fetc%2Fpasswd",
        "/api/v1/records/person", "/api/v1/events", "/api/v1/status", "/api/v1/openapi.json",
        "/control/accounts", "/api/v1/records/none",
    ]

    @Test(arguments: paths)
    func `every answer has the safety headers`(_ path: String) async throws {
        try await TestOffice.with { office in
            for authority in [TestOffice.authority, "evil.example"] {
                let answer = try await office.send(
                    .get, path.replacing(" ", with: "%20"), authority: authority)
                #expect(
                    answer.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                let frames = try #require(HTTPField.Name("X-Frame-Options"))
                #expect(answer.headers[frames] == "DENY")
                if authority == "evil.example" { #expect(answer.status == 421) }
            }
        }
    }

    @Test(arguments: [
        "evil.example", "127.0.0.1", "127.0.0.1:7801", "localhost", "127.0.0.1:7800.evil.example",
        "127.0.0.1:07800", "[::1]:7800", "aral.local:7800", "127.0.0.1:7800@evil.example",
    ])
    func `only exact names are answered to`(_ authority: String) async throws {
        try await TestOffice.with { office in
            let answer = try await office.send(.get, "/login", authority: authority)
            #expect(answer.status == 421)
        }
    }

    @Test(arguments: [
        nil, "null", "http://evil.example", "https://127.0.0.1:7800", "http://127.0.0.1",
    ])
    func `a change from another site is refused`(_ origin: String?) async throws {
        try await TestOffice.with { office in
            var headers: HTTPFields = [:]
            headers[.origin] = origin
            headers[.contentType] = "application/x-www-form-urlencoded"
            for path in ["/login", "/logout", "/language", "/welcome", "/undo", "/ranking/merge"] {
                let answer = try await office.send(.post, path, headers: headers)
                #expect(answer.status == 403, "\(path) \(answer.status)")
            }
        }
    }

    @Test func `without a login there is nothing but the login`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            for path in Self.paths where !path.hasPrefix("/static") && path != "/login" {
                let answer = try await office.send(.get, path)
                #expect([303, 401, 404].contains(answer.status), "\(path) \(answer.status)")
                #expect(!answer.text.contains("Аида"))
            }
            let forged = try await office.send(.get, "/api/v1/status", token: "0000")
            #expect(forged.status == 401)
        }
    }

    @Test(arguments: [AccountRole.viewer, .deputy, .monitor])
    func `names and contacts are for the working group alone`(_ role: AccountRole) async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(role)
            let paths =
                Self.paths + [
                    "/api/v1/records/person/aida", "/api/v1/history/person/aida",
                    "/api/v1/export",
                    "/records/person/aida",
                    "/api/v1/records/attendance", "/documents/D6/e", "/records/person/aida/history",
                    "/api/v1/export?public=true", "/api/v1/records/person?fullName=x",
                    "/api/v1/records/village?cursor=0", "/cycles/c", "/api/v1/cycles/c/summary",
                    "/records/attendance/a", "/records/village/v",
                ]
            var answers = [
                try await office.form("/search", ["q": "Аида"], token: token),
                try await office.send(.post, "/api/v1/search", token: token, json: #"{"q":"аид"}"#),
            ]
            for path in paths where path != "/api/v1/events" {
                answers.append(try await office.send(.get, path, token: token))
            }
            for answer in answers {
                for canary in ["Сыналганова", "0555123456", "1990"] {
                    #expect(!answer.text.contains(canary), "\(answer.status) shows \(canary)")
                }
            }
            let change = try await office.send(
                .patch, "/api/v1/records/village/v", token: token, json: #"{"men":1}"#)
            #expect(change.status == 403)
        }
    }

    @Test func `nobody becomes an administrator by a file or the records API`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.facilitator)
            let line = #"{"entity":"account","id":"account-facilitator","role":"admin"}"#
            let file = try await office.send(.post, "/api/v1/import", token: token, json: line)
            #expect(file.status == 422)
            let admin = try await office.token(.admin)
            for method in [HTTPRequest.Method.patch, .delete] {
                let answer = try await office.send(
                    method, "/api/v1/records/account/account-admin", token: admin,
                    json: #"{"role":"viewer"}"#)
                #expect(answer.status == 403)
            }
        }
    }

    @Test func `a verifier never leaves, whoever asks`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.admin)
            for path in [
                "/api/v1/records/account", "/api/v1/records/account/account-admin",
                "/api/v1/history/account/account-admin", "/api/v1/export", "/accounts",
                "/records/account/account-admin/history",
            ] {
                let answer = try await office.send(.get, path, token: token)
                #expect(!answer.text.contains("scrypt$"), "\(path)")
            }
            let filter = try await office.send(
                .get, "/api/v1/records/account?secret=scrypt", token: token)
            #expect(filter.status == 422)
        }
    }

    @Test func `login waits longer after each failure and forgives a success`() async throws {
        try await TestOffice.with { office in
            _ = try await office.token(.admin)
            func login(_ passphrase: String) async throws -> TestOffice.Answer {
                let encoded =
                    passphrase == "right"
                    ? "%D1%82%D0%BE%D0%BE+%D1%81%D1%83%D1%83+%D0%B6%D0%BE%D0%BB+%D1%82%D0%B0%D1%88"
                    : passphrase
                return try await office.send(
                    .post, "/login", json: "login=admin&passphrase=\(encoded)",
                    headers: [.origin: "http://\(TestOffice.authority)"], isForm: true)
            }
            let good = try await login("right")
            #expect(good.status == 303)
            let cookie = good.headers[.setCookie] ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            var statuses: [Int] = []
            for _ in 0..<6 { statuses.append(try await login("wrong").status) }
            #expect(statuses.prefix(3) == [422, 422, 422])
            #expect(statuses.last == 429)
            #expect(try await login("right").status == 429)
        }
    }

    @Test func `a page renders in every language with every placeholder filled`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(.admin)
            let pages = [
                "/", "/villages", "/calendar", "/events/e", "/events/e/people",
                "/events/e/minutes", "/events/e/gallery", "/events/e/venn",
                "/events/e/tokoch", "/ranking", "/ranking?cycle=c&village=v",
                "/records", "/records/village", "/records/village/v", "/records/village/v/history",
                "/records/person/new", "/search", "/accounts", "/status", "/documents/D6/e",
            ]
            for language in ["ky", "ru", "en"] {
                for page in pages {
                    let answer = try await office.send(
                        .get, page, token: token,
                        headers: [.cookie: "ashar-lang=\(language)", .origin: "x"])
                    #expect(answer.status == 200, "\(language) \(page)")
                    #expect(answer.text.contains("<html lang=\"\(language)\""))
                    let visible = answer.text.replacing(/<[^>]*>/, with: " ")
                    #expect(
                        visible.firstMatch(of: /\{[a-zA-Z]+\}/) == nil, "\(language) \(page)")
                }
            }
        }
    }
}
