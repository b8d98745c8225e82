import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// One request of somebody who is logged in, with all a page needs to answer it.
struct Visit: Sendable {
    let office: Office
    let listener: Listener
    let request: Request
    let context: DeskContext
    let visitor: Visitor
    let texts: Texts

    init(
        _ request: Request, _ context: DeskContext, office: Office, listener: Listener
    ) throws {
        guard let visitor = context.visitor else { throw WebError.unauthorised }
        self.office = office
        self.listener = listener
        self.request = request
        self.context = context
        self.visitor = visitor
        texts = office.texts(context.language)
    }

    var store: Store { office.store }
    var access: Access { visitor.access }

    /// The id in the address.
    func id(_ name: String = "id") throws -> RecordID {
        guard let text = context.parameters.get(name), let id = RecordID(text) else {
            throw WebError.noRecord(
                context.parameters.get("entity").flatMap { EntityName(rawValue: $0) })
        }
        return id
    }

    /// The kind of record in the address; kinds the role may not see are not there.
    func entity() throws -> EntityName { try entity(context.parameters.get("entity") ?? "") }

    /// A kind of record by its name.
    func entity(_ name: String) throws -> EntityName {
        guard let entity = EntityName(rawValue: name) else { throw WebError.noKind(name) }
        guard access.mayRead(entity) else { throw WebError.forbidden }
        return entity
    }

    func form() async throws -> FormData { try await FormData.read(request) }

    func query() throws -> FormData { try FormData.query(request) }

    /// Today in Kyrgyzstan, as far as the clock is believed.
    var today: CalendarDate { Texts.day(store.now) }

    /// Reads in one snapshot.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Reader) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }

    /// Does the edits as the person who is logged in, if the role may.
    @discardableResult
    func commit(_ edits: [Edit]) async throws -> CommitReceipt {
        guard edits.allSatisfy({ access.mayWrite($0.entity) }) else { throw WebError.forbidden }
        do {
            return try await store.commit(edits, by: actor)
        } catch StoreError.notFound {
            throw WebError.noRecord(edits.count == 1 ? edits.first?.entity : nil)
        }
    }

    var actor: Actor { visitor.actorID.map { Actor(account: $0) } ?? .program }

    /// A page that answers a form, at the address under which it can be read again.
    func page(
        _ model: some PageModel, at address: String, errors: [PageFrame.ErrorLink] = [],
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        try await page(model, frame: Frames.full(self, at: address), errors, status)
    }

    /// The page of the address that was asked for.
    func page(_ model: some PageModel) async throws -> Response {
        try await page(model, frame: Frames.full(self, at: nil), [], .ok)
    }

    /// `errors` are the summary on top, with links to the fields.
    private func page(
        _ model: some PageModel, frame: PageFrame, _ errors: [PageFrame.ErrorLink],
        _ status: HTTPResponse.Status
    ) async throws -> Response {
        var frame = frame
        frame.errors = errors
        var response = Self.html(
            office.templates.render(model, frame: frame, texts: texts), status)
        if frame.flash != nil { response.headers[.setCookie] = Cookies.noFlash }
        return response
    }

    /// To another page of ours after something was done; `flash` is the key of the sentence said
    /// there, `title` fills its `{title}`, `commit` is offered to be taken back.
    func redirect(
        _ path: String, flash: String? = nil, commit: CommitID? = nil, title: String? = nil
    ) -> Response {
        var response = Response(status: .seeOther, headers: [.location: path])
        if let flash {
            response.headers[.setCookie] = Cookies.flash(
                flash, commit?.description, title: title)
        }
        return response
    }

    static func html(_ html: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}
