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
        let texts = office.texts(context.language)
        let model = ErrorPage(error, texts)
        let frame = Frames.plain(request, context, office)
        var response = Visit.html(
            office.templates.render(model, frame: frame, texts: texts), error.status)
        response.headers.append(contentsOf: error.headers)
        return response
    }

    init(_ error: WebError, _ texts: Texts) {
        let details = error.details
        let key = "errors.\(error.name)"
        title = texts["\(key).title"]
        if case .refused(let problems) = error {
            text = problems.map(texts.sentence).joined(separator: " ")
        } else if case .laptop(let fault) = error {
            text = texts.sentence(fault)
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
        self.links = links
        code = String(error.status.code)
        reference = nil
    }
}

extension WebError {
    /// What the sentences quote.
    var details: [String: String] {
        switch self {
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
        self.error = error
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
