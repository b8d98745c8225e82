import HTTPTypes
import Hummingbird
import Participation
import Store

/// One request of somebody who need not be logged in.
struct OpenVisit: Sendable {
    let office: Office
    let listener: Listener
    let request: Request
    let context: DeskContext

    var texts: Texts { office.texts(context.language) }

    /// Whether it comes from the laptop's own browser.
    var isOfThisLaptop: Bool {
        if case .desk = listener { true } else { false }
    }

    func form() async throws -> FormData { try await FormData.read(request) }

    func query() throws -> FormData { try FormData.query(request) }

    /// Whether anybody was ever given an account here; without one, the first run begins.
    func hasAccounts() async throws -> Bool {
        try await office.store.read { try !$0.allAccounts(limit: 1).isEmpty }
    }

    /// A page without a menu; `errors` are the summary on top, with links to the fields, and
    /// `address` is where a page that answers a form can be read again.
    func page(
        _ model: some PageModel, at address: String? = nil, errors: [PageFrame.ErrorLink] = [],
        status: HTTPResponse.Status = .ok, flash: Flash? = nil
    ) -> Response {
        var frame = Frames.plain(request, context, office, at: address)
        frame.errors = errors
        frame.flash = flash
        var response = Visit.html(
            office.templates.render(model, frame: frame, texts: texts), status)
        if flash != nil { response.headers[.setCookie] = Cookies.noFlash }
        return response
    }

    /// To another page of ours, with cookies.
    func redirect(_ path: String, cookies: [String] = []) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        response.headers[values: .setCookie] = cookies
        return response
    }
}
