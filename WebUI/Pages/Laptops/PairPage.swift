import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

/// Admitting another laptop: the office's side. Both screens show six digits, each is typed on
/// the other; or an invitation travels on a stick. For administrators.
enum PairPage {
    struct Model: PageModel {
        static let template = "pair"
        let pairing: PairingModel?
        let addresses: [String]
        let openAction: String?
        let inviteAction: String
        let inviteFields: [FieldModel]
        let requestAction: String
        let requestError: String?
        let isInviteOpen: Bool
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, PlainForm(texts: visit.texts))
    }

    /// Lets another laptop come.
    static func open(_ visit: Visit) async throws -> Response {
        try await step(visit) { service, _ in try await service.openDoor() }
    }

    /// Takes the number that the other screen shows.
    static func type(_ visit: Visit) async throws -> Response {
        try await step(visit) { service, form in
            guard let number = form.typed?.pairingNumber else {
                form.problems["number"] = form.texts["pair.number.bad"]
                return
            }
            try await service.type(number: number)
        }
    }

    /// Says what the other laptop is for and what it is called.
    static func admit(_ visit: Visit) async throws -> Response {
        let actor = visit.actor
        return try await step(visit) { service, form in
            guard let typed = form.typed, let label = LaptopLabel(typed.words("label")) else {
                form.problems["label"] = form.texts["laptops.label.bad"]
                return
            }
            guard let role = typed["role"].flatMap(LaptopRole.init) else {
                form.problems["role"] = form.texts["records.problem.notChoice"]
                return
            }
            try await service.admit(as: label, role: role, by: actor)
        }
    }

    static func end(_ visit: Visit) async throws -> Response {
        try await step(visit) { service, _ in await service.endPairing() }
    }

    /// Makes an invitation and sends it as a file.
    static func invite(_ visit: Visit) async throws -> Response {
        try checkRole(visit)
        var form = PlainForm(texts: visit.texts, prefix: "invite", typed: try await visit.form())
        guard let role = form.typed?["role"].flatMap(LaptopRole.init) else {
            form.problems["role"] = visit.texts["records.problem.notChoice"]
            return try await page(visit, form)
        }
        do {
            let file = try await visit.laptops().invite(as: role, by: visit.actor)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/octet-stream",
                    .contentDisposition: "attachment; filename=\"ashar-invitation.key\"",
                ], body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
        } catch let fault as LaptopFault {
            form.problems["role"] = visit.texts.sentence(fault)
            return try await page(visit, form)
        }
    }

    /// Admits a laptop that asked with an invitation of ours, in a file.
    static func takeRequest(_ visit: Visit) async throws -> Response {
        try checkRole(visit)
        let (_, bytes) = try await UploadForm.read(visit.request, limit: Limits.invitationBytes)
        var form = PlainForm(texts: visit.texts, prefix: "request")
        guard !bytes.isEmpty else {
            form.problems["file"] = visit.texts["pair.request.noFile"]
            return try await page(visit, form)
        }
        do {
            try await visit.laptops().admit(request: bytes, by: visit.actor)
        } catch let fault as LaptopFault {
            form.problems["file"] = visit.texts.sentence(fault)
            return try await page(visit, form)
        }
        return visit.redirect(
            visit.office.bundles == nil ? Paths.laptops : Paths.sticks,
            flash: "laptops.flash.requested")
    }

    /// Does one step of a pairing and shows how far it is now; what the step refuses stands in
    /// the form's problems.
    private static func step(
        _ visit: Visit,
        _ work: (any LaptopService, inout PlainForm) async throws -> Void
    ) async throws -> Response {
        try checkRole(visit)
        var form = PlainForm(texts: visit.texts, typed: try await visit.form())
        do {
            try await work(try visit.laptops(), &form)
        } catch LaptopFault.wrongNumber {
            // The pairing says itself how many may still be typed.
        } catch let fault as LaptopFault {
            form.problems[""] = visit.texts.sentence(fault)
        }
        guard form.problems.isEmpty else { return try await page(visit, form) }
        return visit.redirect(Paths.pair)
    }

    private static func checkRole(_ visit: Visit) throws {
        guard visit.access.mayKeepLaptops else { throw WebError.forbidden }
    }

    private static func page(_ visit: Visit, _ form: PlainForm) async throws -> Response {
        try checkRole(visit)
        let (service, texts) = (try visit.laptops(), visit.texts)
        let state = await service.state()
        guard state.own?.role == .office, state.own?.isRemoved == false else {
            throw WebError.laptop(state.community == nil ? .noCommunity : .notOffice)
        }
        let isInvite = form.prefix == "invite"
        // How this laptop itself came to be admitted is no matter of this page.
        let own = await service.pairing()
        let pairing = (own?.side == .office ? own : nil).map {
            PairingModel($0, places, form.prefix == "field" ? form : PlainForm(texts: texts))
        }
        let invite = inviteFields(
            isInvite ? form : PlainForm(texts: texts, prefix: "invite"))
        let request = form.problems["file"]
        let errors =
            (form.problems[""].map { [PageFrame.ErrorLink(text: $0, href: "#main")] } ?? [])
            + (pairing?.errors ?? []).errorLinks(texts) + invite.errorLinks(texts)
            + (request.map { [PageFrame.ErrorLink(text: $0, href: "#request-file")] } ?? [])
        let port = state.discovery.port
        let hasMet = pairing?.numbers != nil || pairing?.admitting != nil
        return try await visit.page(
            Model(
                pairing: pairing,
                addresses: hasMet
                    ? []
                    : state.discovery.networks.flatMap(\.addresses).map { address in
                        address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
                    },
                openAction: pairing?.endAction == nil ? Paths.pair : nil,
                inviteAction: Paths.invite, inviteFields: invite, requestAction: Paths.request,
                requestError: request, isInviteOpen: isInvite || request != nil),
            at: Paths.pair, errors: errors,
            status: form.problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static let places = PairingModel.Places(
        number: Paths.pairNumber, admit: Paths.pairAdmit, end: Paths.pairEnd, next: Paths.laptops)

    private static func inviteFields(_ form: PlainForm) -> [FieldModel] {
        var form = form
        if form.typed == nil { form.typed = try? FormData("role=clerk") }
        return [
            form.radios(
                "role", form.texts["pair.admit.role"],
                LaptopRole.allCases.map {
                    .init(value: $0.rawValue, label: form.texts["laptops.roleAbout.\($0)"])
                })
        ]
    }
}
