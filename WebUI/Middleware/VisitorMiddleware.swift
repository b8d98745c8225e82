import Crypto
import HTTPTypes
import Hummingbird
import Participation
import Store

/// Puts down who asks.
struct VisitorMiddleware: RouterMiddleware {
    let office: Office
    let listener: Listener

    func handle(
        _ request: Request, context: DeskContext,
        next: (Request, DeskContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.visitor = try await Doorkeeper(office: office, listener: listener).visitor(
            request, isUse: !Self.isByItself(request))
        do {
            return try await next(request, context)
        } catch {
            // Who is logged in keeps the menu and the search on the page that says what is wrong.
            guard context.visitor != nil,
                let visit = try? Visit(request, context, office: office, listener: listener),
                let answer = await ErrorPage.response(WebError(error), visit)
            else { throw error }
            return answer
        }
    }

    /// Whether an open page asks by itself, without a hand that did anything.
    private static func isByItself(_ request: Request) -> Bool {
        request.headers[OutermostMiddleware.name("X-Ashar-Live")] != nil
            || request.uri.path == EventStream.path
    }
}

/// Finds out who asks: a session's cookie, a bearer token, or the socket of the same user. The
/// account is read anew each time, so a changed role or a disabled account counts at once.
struct Doorkeeper: Sendable {
    let office: Office
    let listener: Listener

    /// Nil for somebody who is not logged in, or no longer. `isUse` says whether this keeps the
    /// session from running out.
    /// - Throws: ``WebError/unauthorised`` for a bearer token that opens nothing.
    func visitor(_ request: Request, isUse: Bool) async throws -> Visitor? {
        if listener == .socket {
            return Visitor(account: nil, access: Access(.admin), token: nil)
        }
        if let bearer = request.headers[.authorization] {
            return try await holder(of: bearer)
        }
        guard let token = Cookies.value(listener.cookieName, request),
            let id = office.sessions.account(token, isUse: isUse),
            let account = try await office.store.read({ try $0.record(.account, id) })
        else { return nil }
        return Self.visitor(account, token: token)
    }

    private func holder(of header: String) async throws -> Visitor {
        let parts = header.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw WebError.unauthorised
        }
        let hash = Array(SHA256.hash(data: Array(parts[1].utf8)))
        guard let account = try await office.store.read({ try $0.account(tokenHash: hash) }),
            let visitor = Self.visitor(account, token: nil)
        else { throw WebError.unauthorised }
        return visitor
    }

    private static func visitor(_ account: Record, token: String?) -> Visitor? {
        account[Schema.account.role].map {
            Visitor(account: account, access: Access($0), token: token)
        }
    }
}
