public import Foundation
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore

/// The hall: one listener for the projector and for people's phones. It knows what is in
/// `public.db`, and can hand ballots in. There is no login here, no store, and nothing secret.
public struct Hall: Sendable {
    let watch: RoomWatch
    let slot: any BallotSlot
    let files: HallFiles
    let allowance = HallAllowance()
    let logger: Logger
    let now: @Sendable () -> UInt64

    /// `folder` holds the program's own templates, texts and files; `now` tells milliseconds
    /// since 1970.
    public init(
        watch: RoomWatch, slot: any BallotSlot, folder: URL, logger: Logger,
        now: @escaping @Sendable () -> UInt64
    ) throws {
        self.watch = watch
        self.slot = slot
        self.logger = logger
        self.now = now
        files = try HallFiles(folder: folder)
    }

    /// Every address of the hall.
    public func router() -> Router<HallContext> {
        let router = Router(context: HallContext.self, options: .autoGenerateHeadEndpoints)
        router.middlewares.add(HallShield(hall: self))
        router.get("/", use: showDoor)
        router.get("/j/:code", use: showDoor)
        router.post("/join", use: join)
        router.get("/seat", use: showSeat)
        router.post("/seat", use: send)
        router.post("/next", use: passOn)
        router.post("/language", use: chooseLanguage)
        router.get("/room", use: showRoom)
        router.get("/room/pictures/:name", use: sendPicture)
        router.get("/events/screen", use: openScreenStream)
        router.get("/events/phone", use: openPhoneStream)
        router.get("/static/:name", use: sendAsset)
        return router
    }

    func page(
        _ template: String, _ model: Any, _ context: HallContext, path: String,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let frame = HallFrame(context.language, path: path, watch.content)
        return html(files.render(template, model, frame), status)
    }

    func html(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    func redirect(_ path: String, cookie: String? = nil) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        if let cookie { response.headers[.setCookie] = cookie }
        return response
    }

    /// What went wrong, in a sentence.
    func page(_ error: HallError, _ context: HallContext) -> Response {
        let texts = files.texts(context.language)
        let details: [String: String] =
            if case .refused(let refusal) = error { refusal.details } else { [:] }
        let model = HallNotice(text: texts(error.key, details))
        return page("hall-notice", model, context, path: "/", status: error.status)
    }

    @Sendable func chooseLanguage(
        _ request: Request, _ context: HallContext
    ) async throws -> Response {
        let form = try await HallForm(request)
        guard let language = form["language"].flatMap(HallLanguage.init) else {
            throw HallError.badRequest
        }
        let back = form["back"] ?? "/"
        let isOwn =
            ["/", "/seat", "/seat?change=1", "/room"].contains(back)
            || back.wholeMatch(of: /\/j\/[0-9]{1,10}/) != nil
        return redirect(
            isOwn ? back : "/", cookie: HallCookie.set(HallCookie.language, language.rawValue))
    }

    @Sendable func sendAsset(_ request: Request, _ context: HallContext) async throws -> Response {
        guard let asset = context.parameters.get("name").flatMap({ files.assets[$0] }) else {
            throw HallError.notFound
        }
        let headers: HTTPFields = [
            .eTag: asset.tag, .cacheControl: "public, max-age=0, must-revalidate",
        ]
        if request.headers[.ifNoneMatch] == asset.tag {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response(
            status: .ok, headers: headers, body: .init(byteBuffer: asset.bytes))
        response.headers[.contentType] = asset.mediaType
        return response
    }
}

/// A page that says one thing.
struct HallNotice: Sendable {
    let text: String
}
