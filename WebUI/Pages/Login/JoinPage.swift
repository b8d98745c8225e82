import HTTPTypes
import Hummingbird
import Participation
import Store

/// The first run of a laptop that joins a community that exists: with two numbers or with an
/// invitation. Only the laptop's own browser may do it, and only while nobody has an account.
enum JoinPage {
    struct Model: PageModel {
        static let template = "join"
        let pairing: PairingModel?
        let progress: ProgressModel?
        let isAdmitted: Bool
        let isAwaiting: Bool
        let joinAction: String?
        let joinFields: [FieldModel]
        let invitation: Invitation?
        let bundle: Bundle?
        let isLookingFor: Bool
        let backHref: String

        struct Invitation: Sendable {
            let action: String
            let fields: [FieldModel]
            let fileError: String?
            let requestAction: String
        }

        struct Bundle: Sendable {
            let action: String
            let fileError: String?
        }
    }

    /// The choice of an address that is typed.
    private static let other = "other"

    static func show(_ visit: OpenVisit) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        return try await page(visit, service, Forms(visit.texts))
    }

    /// Asks another laptop to be admitted.
    static func begin(_ visit: OpenVisit) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        let typed = try await visit.form()
        var forms = Forms(visit.texts)
        forms.join.typed = typed
        let label = LaptopLabel(typed.words("label"))
        let chosen = typed["found"] ?? other
        let address = LaptopAddress(chosen == other ? typed.words("address") : chosen)
        if label == nil { forms.join.problems["label"] = visit.texts["laptops.label.bad"] }
        if address == nil { forms.join.problems["address"] = visit.texts["laptops.connect.bad"] }
        guard let label, let address else { return try await page(visit, service, forms) }
        do {
            try await service.join(at: address, as: label)
            return visit.redirect(Paths.join)
        } catch {
            forms.join.problems["address"] = visit.texts.sentence(error)
            return try await page(visit, service, forms)
        }
    }

    /// Takes the number that the office's screen shows.
    static func type(_ visit: OpenVisit) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        var forms = Forms(visit.texts)
        forms.pairing.typed = try await visit.form()
        guard let number = forms.pairing.typed?.pairingNumber else {
            forms.pairing.problems["number"] = visit.texts["pair.number.bad"]
            return try await page(visit, service, forms)
        }
        do { try await service.type(number: number) } catch {
            // The pairing says itself how many may still be typed.
            guard error != .wrongNumber else { return visit.redirect(Paths.join) }
            forms.pairing.problems["number"] = visit.texts.sentence(error)
            return try await page(visit, service, forms)
        }
        return visit.redirect(Paths.join)
    }

    static func end(_ visit: OpenVisit) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        await service.endPairing()
        return visit.redirect(Paths.join)
    }

    /// Uses an invitation that came as a file.
    static func useInvitation(_ visit: OpenVisit) async throws -> Response {
        try await withInvitation(visit) { service, bytes, label throws(LaptopFault) in
            try await service.join(with: bytes, at: nil, as: label)
            return visit.redirect(Paths.join)
        }
    }

    /// Reads the form with the invitation; what `work` refuses stands beside the file.
    static func withInvitation(
        _ visit: OpenVisit,
        _ work: (any LaptopService, [UInt8], LaptopLabel) async throws(LaptopFault) -> Response
    ) async throws -> Response {
        guard let service = try await service(visit) else { return visit.redirect(Paths.login) }
        let (fields, bytes) = try await UploadForm.read(
            visit.request, limit: Limits.invitationBytes)
        var forms = Forms(visit.texts)
        let words = fields["label"] ?? ""
        forms.invitation.typed = try FormData("label=" + Percent.encoded(words))
        guard let label = LaptopLabel(words) else {
            forms.invitation.problems["label"] = visit.texts["laptops.label.bad"]
            return try await page(visit, service, forms)
        }
        guard !bytes.isEmpty else {
            forms.invitation.problems["file"] = visit.texts["join.invitation.noFile"]
            return try await page(visit, service, forms)
        }
        do {
            return try await work(service, bytes, label)
        } catch {
            forms.invitation.problems["file"] = visit.texts.sentence(error)
            return try await page(visit, service, forms)
        }
    }

    /// The forms of the page, each with what was typed into it.
    struct Forms {
        var join: PlainForm
        var invitation: PlainForm
        var bundle: PlainForm
        var pairing: PlainForm

        /// Whether something was refused just now; that a number was wrong before is no refusal
        /// of whoever only looks how far it is.
        var areRefused: Bool {
            [join, invitation, bundle, pairing].contains { !$0.problems.isEmpty }
        }

        init(_ texts: Texts) {
            join = PlainForm(texts: texts, prefix: "join")
            invitation = PlainForm(texts: texts, prefix: "invitation")
            bundle = PlainForm(texts: texts, prefix: "bundle")
            pairing = PlainForm(texts: texts)
        }
    }

    /// The other laptops; nil where the first run is over.
    static func service(_ visit: OpenVisit) async throws -> (any LaptopService)? {
        guard visit.isOfThisLaptop else { throw WebError.forbidden }
        guard let service = visit.office.laptops else { throw WebError.notFound }
        return try await visit.hasAccounts() ? nil : service
    }

    private static let places = PairingModel.Places(
        number: Paths.joinNumber, admit: Paths.join, end: Paths.joinEnd, next: nil)

    static func page(
        _ visit: OpenVisit, _ service: any LaptopService, _ forms: Forms
    ) async throws -> Response {
        let (state, texts) = (await service.state(), visit.texts)
        guard state.community?.isFoundedHere != true else { return visit.redirect(Paths.welcome) }
        let isJoined = state.community != nil
        // Of the community that it asked to belong to it holds nothing yet.
        let isAwaiting = isJoined && state.laptops.isEmpty
        let pairing =
            isJoined
            ? nil : await service.pairing().map { PairingModel($0, places, forms.pairing) }
        let mayAsk = !isJoined && pairing?.endAction == nil
        let fields = mayAsk ? joinFields(forms.join, state) : []
        let invitation = mayAsk || isAwaiting ? invitation(forms.invitation) : nil
        let (bundle, taking) = isJoined ? await bundle(visit, forms.bundle) : (nil, nil)
        let progress = taking ?? state.laptops.lazy.compactMap(\.running).first
        let errors =
            (pairing?.errors ?? []).errorLinks(texts) + fields.errorLinks(texts)
            + (invitation?.fields ?? []).errorLinks(texts)
            + (invitation?.fileError.map { [.init(text: $0, href: "#invitation-file")] } ?? [])
            + (bundle?.fileError.map { [.init(text: $0, href: "#bundle-file")] } ?? [])
        return visit.page(
            Model(
                pairing: pairing, progress: progress.map { ProgressModel($0, texts) },
                isAdmitted: isJoined && !isAwaiting, isAwaiting: isAwaiting,
                joinAction: mayAsk ? Paths.join : nil, joinFields: fields,
                invitation: invitation, bundle: bundle,
                isLookingFor: mayAsk && state.found.isEmpty, backHref: Paths.welcome),
            at: Paths.join, errors: errors, status: forms.areRefused ? .unprocessableContent : .ok)
    }

    private static func invitation(_ form: PlainForm) -> Model.Invitation {
        .init(
            action: Paths.joinInvitation, fields: [label(form)],
            fileError: form.problems["file"], requestAction: Paths.joinRequest)
    }

    private static func label(_ form: PlainForm) -> FieldModel {
        form.line(
            "label", form.texts["join.label.name"], hint: form.texts["join.label.hint"],
            maxLength: LaptopLabel.longest)
    }

    private static func joinFields(_ form: PlainForm, _ state: LaptopsState) -> [FieldModel] {
        let texts = form.texts
        let address = form.line(
            "address", texts["join.address.name"], hint: texts["join.address.hint"],
            isRequired: state.found.isEmpty, maxLength: LaptopAddress.longest)
        guard !state.found.isEmpty else { return [label(form), address] }
        var form = form
        if form.typed == nil, let first = state.found.first {
            form.typed = try? FormData("found=" + Percent.encoded(first.address.description))
        }
        let found = state.found.map { laptop in
            let text = laptop.address.description
            return FieldModel.Word(
                value: text, label: laptop.label.map { "\($0) (\(text))" } ?? text)
        }
        let typed = FieldModel.Word(value: other, label: texts["join.found.other"])
        let choice = form.radios("found", texts["join.found.name"], found + [typed])
        return [label(form), choice, address]
    }
}
