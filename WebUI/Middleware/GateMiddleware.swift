import HTTPTypes
import Hummingbird

/// Lets nobody in who was sent by another site: exact Host on every request, exact Origin on
/// every request that may change something (DNS rebinding and cross-site requests).
struct GateMiddleware: RouterMiddleware {
    let office: Office
    let listener: Listener

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        // The first Host line is the authority, further ones stay among the headers: who reads the
        // other one would see another request (RFC 9112 §3.2).
        guard !request.headers.contains(OutermostMiddleware.name("Host")) else {
            throw WebError.badRequest
        }
        guard Methods.standard.contains(request.method) else { throw WebError.unknownMethod }
        guard listener != .socket else { return try await next(request, context) }
        guard let authority = request.head.authority, !authority.isEmpty else {
            throw WebError.badRequest
        }
        guard listener.answers(to: authority.lowercased(), names: office.networkNames) else {
            throw WebError.misdirected
        }
        if request.method != .get, request.method != .head {
            try checkOrigin(request, authority)
        }
        return try await next(request, context)
    }

    /// A program without a cookie brings a bearer token or nothing: no site can make a browser
    /// send the one, and the other opens nothing.
    private func checkOrigin(_ request: Request, _ authority: String) throws {
        if request.isOfProgram, request.headers[.cookie] == nil { return }
        guard request.headers[.origin] == "\(listener.scheme)://\(authority)" else {
            throw WebError.foreignOrigin
        }
        if let site = request.headers[OutermostMiddleware.name("Sec-Fetch-Site")],
            site != "same-origin", site != "none"
        {
            throw WebError.foreignOrigin
        }
    }
}
