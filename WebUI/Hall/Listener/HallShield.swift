import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Stands around the hall: limits, languages, safety headers, and errors as pages of few words.
struct HallShield: RouterMiddleware {
    /// Bytes of a form: five speeches fit, so that each can be refused in words.
    static let formBytes = 262_144

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
        connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """
    private static let writingCost = 3.0

    let hall: Hall

    func handle(
        _ request: Request, context: HallContext,
        next: (Request, HallContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language =
            HallCookie.value(HallCookie.language, request).flatMap(HallLanguage.init) ?? .ky
        var response: Response
        do {
            try admit(request, context)
            response = try await next(request, context)
        } catch {
            let known = HallError(error)
            if known == .server {
                hall.logger.error(
                    "request to the hall failed", metadata: ["error": "\(type(of: error))"])
            }
            response = hall.page(known, context)
        }
        decorate(&response.headers)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func admit(_ request: Request, _ context: HallContext) throws {
        let isReading = request.method == .get || request.method == .head
        guard isReading || request.method == .post else { throw HallError.wrongMethod }
        guard hall.allowance.takes(context.address, cost: isReading ? 1 : Self.writingCost) else {
            throw HallError.tooOften
        }
        if !isReading { try checkOrigin(request) }
    }

    /// Another site's page must not fill a phone's seat. Old browsers name no origin.
    private func checkOrigin(_ request: Request) throws {
        if let site = request.headers[Self.name("Sec-Fetch-Site")],
            site != "same-origin", site != "none"
        {
            throw HallError.foreign
        }
        guard let origin = request.headers[.origin] else { return }
        guard let authority = request.head.authority,
            origin.lowercased() == "http://\(authority.lowercased())"
        else { throw HallError.foreign }
    }

    private func decorate(_ headers: inout HTTPFields) {
        headers[.contentSecurityPolicy] = Self.policy
        headers[.xContentTypeOptions] = "nosniff"
        headers[Self.name("Referrer-Policy")] = "same-origin"
        headers[Self.name("X-Frame-Options")] = "DENY"
        headers[Self.name("Cross-Origin-Opener-Policy")] = "same-origin"
        headers[Self.name("Cross-Origin-Resource-Policy")] = "same-origin"
        headers[Self.name("Permissions-Policy")] = "camera=(), microphone=(), geolocation=()"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("a header's name") }
        return name
    }
}

/// The hall's two cookies. Those of the desk, which a browser on the laptop itself sends along, are
/// not looked at.
enum HallCookie {
    static let seat = "ashar-seat"
    static let language = "ashar-hall"

    static func value(_ name: String, _ request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                if parts[0].drop(while: { $0 == " " }) == name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// Half a day: longer than any meeting.
    static func set(_ name: String, _ text: String) -> String {
        "\(name)=\(text); Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"
    }
}
