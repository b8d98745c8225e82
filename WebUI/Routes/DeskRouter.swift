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
        if listener != .socket {
            OpenRoutes.add(to: desk)
            PageRoutes.add(to: desk)
            LaptopRoutes.add(to: desk)
        }
        Methods.refuseOthers(router)
        return router
    }
}

/// The methods an address takes, and what it says to the others.
enum Methods {
    /// Those of RFC 9110 and RFC 5789, in the order in which they are told.
    static let standard: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .connect, .options, .trace,
    ]

    /// Every address that is there names its methods when it is asked with another one; the router
    /// alone would say that the address is not there. Comes after all other routes.
    static func refuseOthers(_ router: Router<DeskContext>) {
        for routes in Dictionary(grouping: router.routes, by: \.path.description).values {
            guard let path = routes.first?.path else { continue }
            let taken = Set(routes.map(\.method))
            // Where a page can be read, its head can be.
            let allowed = standard.filter {
                taken.contains($0) || ($0 == .head && taken.contains(.get))
            }
            let names = allowed.map(\.rawValue).joined(separator: ", ")
            for method in standard where !allowed.contains(method) {
                router.on(path, method: method) { _, _ -> Response in
                    throw WebError.wrongMethod(allowed: names)
                }
            }
        }
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
