import HTTPTypes
public import Hummingbird
import Participation

/// The router of one listener: middleware from the outermost inwards, then every address.
public enum DeskRouter {
    /// Builds the router; the socket of the command line serves the API alone.
    public static func build(office: Office, listener: Listener) -> Router<DeskContext> {
        let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(OutermostMiddleware(office: office, listener: listener))
        router.middlewares.add(GateMiddleware(office: office, listener: listener))
        router.middlewares.add(VisitorMiddleware(office: office, listener: listener))
        let desk = Desk(router: router, office: office, listener: listener)
        APIRoutes.add(to: desk)
        guard listener != .socket else { return router }
        OpenRoutes.add(to: desk)
        PageRoutes.add(to: desk)
        return router
    }
}

/// A router that hands each request on as a ``Visit``.
struct Desk {
    let router: Router<DeskContext>
    let office: Office
    let listener: Listener

    typealias Handler = @Sendable (Visit) async throws -> Response

    func get(_ path: RouterPath, _ handler: @escaping Handler) { on(.get, path, handler) }

    func post(_ path: RouterPath, _ handler: @escaping Handler) { on(.post, path, handler) }

    func on(_ method: HTTPRequest.Method, _ path: RouterPath, _ handler: @escaping Handler) {
        router.on(path, method: method) { [office, listener] request, context in
            try await handler(
                Visit(request, context, office: office, listener: listener))
        }
    }
}
