import HTTPTypes
import Hummingbird
import Participation

/// Says what went wrong and what to do, in the user's language, and nothing of the inside.
struct ErrorPage: PageModel {
    static let template = "error"

    let title: String
    let text: String
    let steps: [String]
    let links: [Link]
    let code: String
    let reference: String?

    struct Link: Sendable {
        let label: String
        let href: String
    }

    /// The answer to somebody who is not logged in, or to a program.
    static func response(
        _ error: WebError, _ request: Request, _ context: DeskContext, _ office: Office
    ) -> Response {
        if request.isOfProgram {
            return Problem(error, office.texts(context.language)).response
        }
        if case .unauthorised = error, request.method == .get {
            // What somebody searched for may be a name: the way back has no query then.
            let isSearch = request.uri.query?.contains("q=") == true
            let way = isSearch ? request.uri.path : request.uri.string
            let back = request.uri.path == "/" ? "" : "?back=" + Percent.encoded(way)
            return Response(status: .seeOther, headers: [.location: Paths.login + back])
        }
        return response(error, Frames.plain(request, context, office), context, office)
    }

    /// The answer to somebody who is logged in: the menu and the search lead on from it. Nil where
    /// the answer is no page, or where what failed may be the store itself.
    static func response(_ error: WebError, _ visit: Visit) async -> Response? {
        guard !visit.request.isOfProgram, error.leavesStoreWhole,
            let frame = try? await Frames.full(visit, at: nil)
        else { return nil }
        var response = response(error, frame, visit.context, visit.office)
        if frame.flash != nil { response.headers[.setCookie] = Cookies.noFlash }
        return response
    }

    private static func response(
        _ error: WebError, _ frame: PageFrame, _ context: DeskContext, _ office: Office
    ) -> Response {
        let texts = office.texts(context.language)
        var response = Visit.html(
            office.templates.render(ErrorPage(error, texts), frame: frame, texts: texts),
            error.status)
        response.headers.append(contentsOf: error.headers)
        return response
    }

    init(_ error: WebError, _ texts: Texts) {
        let details = error.details(texts)
        let key = "errors.\(error.name)"
        title = texts("\(key).title", details)
        if case .refused(let problems) = error {
            text = problems.map(texts.sentence).joined(separator: " ")
        } else if case .laptop(let fault) = error {
            text = texts.sentence(fault)
        } else if case .photo(let refusal) = error {
            text = texts.sentence(refusal)
        } else {
            text = texts("\(key).text", details)
        }
        steps = (1...3).compactMap { number in
            texts.optional("\(key).step\(number)").map { _ in
                texts("\(key).step\(number)", details)
            }
        }
        var links = [Link(label: texts["errors.home"], href: Paths.home)]
        if case .unauthorised = error {
            links.insert(Link(label: texts["errors.login"], href: Paths.login), at: 0)
        }
        if case .gone(let entity, let id) = error {
            let history = Link(label: texts["errors.history"], href: Paths.history(entity, id))
            links.insert(history, at: 0)
        }
        self.links = links
        code = String(error.status.code)
        reference = nil
    }
}

extension WebError {
    /// Whether a page with the menu can still be made: what failed is the request alone.
    fileprivate var leavesStoreWhole: Bool {
        switch self {
        case .unauthorised, .diskFull, .damaged, .internalFault, .busy, .clientLeft, .tooSlow: false
        default: true
        }
    }

    /// What the sentences quote.
    func details(_ texts: Texts) -> [String: String] {
        switch self {
        case .noRecord(let kind): ["kind": kind.map { texts.one($0) } ?? texts["errors.record"]]
        case .noKind(let name): ["name": String(name.prefix(64))]
        case .slowDown(let seconds): ["seconds": String(seconds)]
        case .tooLarge: ["limit": "\(Limits.requestBytes / 1024) KiB"]
        case .wrongMediaType(let taken): ["type": taken]
        case .wrongMethod(let allowed): ["methods": allowed]
        case .unknownMethod:
            ["methods": Methods.standard.map(\.rawValue).joined(separator: ", ")]
        default: [:]
        }
    }

    /// What a program reads of the error beside its status.
    var headers: HTTPFields {
        switch self {
        case .slowDown(let seconds): [.retryAfter: "\(seconds)"]
        case .wrongMethod(let allowed): [.allow: allowed]
        // What was left unsaid may still come, and is not the next request.
        case .tooSlow, .clientLeft: [.connection: "close"]
        default: [:]
        }
    }
}

/// An error of the API: problem details (RFC 9457) in the user's language, naming the fields.
struct Problem {
    private let error: WebError
    private let texts: Texts

    init(_ error: WebError, _ texts: Texts) {
        // A program asks for an address, not for a page.
        if case .notFound = error { self.error = .noAddress } else { self.error = error }
        self.texts = texts
    }

    var response: Response {
        let page = ErrorPage(error, texts)
        var members: [JSON.Member] = [
            .init("type", .string("urn:ashar:problem:\(error.name)")),
            .init("title", .string(page.title)),
            .init("status", .integer(Int(error.status.code))),
            .init("detail", .string(page.text)),
        ]
        if case .refused(let problems) = error {
            let errors = problems.map { problem in
                JSON.object([
                    .init("field", problem.field.map(JSON.string) ?? .null),
                    .init("code", .string(problem.code.rawValue)),
                    .init("message", .string(texts.sentence(problem))),
                ])
            }
            members.append(.init("errors", .array(errors)))
        }
        var response = Visit.json(.object(members), status: error.status)
        response.headers[.contentType] = "application/problem+json"
        response.headers.append(contentsOf: error.headers)
        if case .unauthorised = error { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }
}
