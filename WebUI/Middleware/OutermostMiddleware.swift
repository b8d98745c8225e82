import HTTPTypes
import Hummingbird
import Logging

/// Stands around everything: turns errors into answers and puts the safety headers on every
/// response, errors included. It chooses the language, because an error needs one too.
struct OutermostMiddleware: RouterMiddleware {
    let office: Office
    let listener: Listener

    static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
        connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; \
        frame-ancestors 'none'
        """

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Self.language(request)
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let known = WebError(error)
            if case .internalFault = known { log(error, request, context) }
            if case .damaged = known { log(error, request, context) }
            response = ErrorPage.response(known, request, context, office)
        }
        decorate(&response.headers)
        // What is no page of ours has no route that would leave the body out: the client would
        // take it for the next answer.
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// The error's type alone: its description might hold what somebody typed.
    private func log(_ error: any Error, _ request: Request, _ context: DeskContext) {
        office.logger.error(
            "request failed",
            metadata: [
                "error": "\(type(of: error))", "method": "\(request.method)",
                "endpoint": "\(context.endpointPath ?? "-")",
            ])
    }

    private func decorate(_ headers: inout HTTPFields) {
        headers[.contentSecurityPolicy] = Self.policy
        headers[.xContentTypeOptions] = "nosniff"
        headers[Self.name("Referrer-Policy")] = "same-origin"
        headers[Self.name("X-Frame-Options")] = "DENY"
        headers[Self.name("Cross-Origin-Opener-Policy")] = "same-origin"
        headers[Self.name("Cross-Origin-Resource-Policy")] = "same-origin"
        headers[Self.name("Permissions-Policy")] = "camera=(self), microphone=(), geolocation=()"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("a header's name") }
        return name
    }

    /// The cookie's language, then the header's for programs; Kyrgyz by default.
    private static func language(_ request: Request) -> Language {
        if let chosen = Cookies.value("ashar-lang", request).flatMap(Language.init) {
            return chosen
        }
        guard request.isOfProgram else { return .ky }
        let accepted = request.headers[.acceptLanguage] ?? ""
        return Language(rawValue: String(accepted.prefix(2)).lowercased()) ?? .ky
    }
}

extension Request {
    /// Whether a program asks, which reads JSON and says its language in a header.
    var isOfProgram: Bool { uri.path.hasPrefix("/api/") || uri.path.hasPrefix("/control/") }
}
