import HTTPTypes
import Hummingbird

/// What people who are not logged in may ask for: the first run, the login, the language, and
/// the files of the pages.
enum OpenRoutes {
    typealias Handler = @Sendable (OpenVisit) async throws -> Response

    static func add(to desk: Desk) {
        on(.get, "/welcome", desk, WelcomePage.show)
        on(.post, "/welcome", desk, WelcomePage.submit)
        on(.get, "/welcome/join", desk, JoinPage.show)
        on(.post, "/welcome/join", desk, JoinPage.begin)
        on(.post, "/welcome/join/number", desk, JoinPage.type)
        on(.post, "/welcome/join/end", desk, JoinPage.end)
        on(.post, "/welcome/join/invitation", desk, JoinPage.useInvitation)
        on(.post, "/welcome/join/request", desk, JoinPage.makeRequest)
        on(.post, "/welcome/join/bundle", desk, JoinPage.takeBundle)
        on(.get, "/login", desk, LoginPage.show)
        on(.post, "/login", desk, LoginPage.submit)
        on(.post, "/logout", desk, LoginPage.logOut)
        on(.post, "/language", desk, chooseLanguage)
        on(.get, "/static/:name", desk, sendAsset)
        on(.get, "/vendor/:name", desk, sendAsset)
    }

    private static func on(
        _ method: HTTPRequest.Method, _ path: RouterPath, _ desk: Desk,
        _ handler: @escaping Handler
    ) {
        let (office, listener) = (desk.office, desk.listener)
        desk.router.on(path, method: method) { request, context in
            try await handler(
                OpenVisit(
                    office: office, listener: listener, request: request, context: context))
        }
    }

    private static func chooseLanguage(_ visit: OpenVisit) async throws -> Response {
        let form = try await visit.form()
        guard let language = form["language"].flatMap({ Language(rawValue: $0) }) else {
            throw WebError.badRequest
        }
        return visit.redirect(Paths.own(form["back"]), cookies: [Cookies.language(language)])
    }

    /// A file of the pages; a browser that has it already is told so.
    private static func sendAsset(_ visit: OpenVisit) async throws -> Response {
        guard let asset = visit.office.assets[visit.request.uri.path] else {
            throw WebError.notFound
        }
        let headers: HTTPFields = [
            .eTag: asset.tag, .cacheControl: "public, max-age=0, must-revalidate",
        ]
        if isKnown(asset.tag, visit.request.headers[.ifNoneMatch] ?? "") {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(
            status: .ok, headers: headers, body: .init(byteBuffer: asset.bytes))
        response.headers[.contentType] = asset.mediaType
        return response
    }

    /// Whether a list of tags holds this one, weak or not (RFC 9110 §13.1.2).
    private static func isKnown(_ tag: String, _ list: String) -> Bool {
        list.split(separator: ",").contains { entry in
            let name = entry.drop { $0 == " " }.prefix { $0 != " " }
            return name == "*" || (name.hasPrefix("W/") ? name.dropFirst(2) : name) == tag
        }
    }
}
