import Hummingbird
import Participation
import Store

/// Records on sticks: writing them, looking into them, taking them in.
enum SticksPage {
    struct Model: PageModel {
        static let template = "sticks"
        let exportAction: String
        let exportFields: [FieldModel]
        let sticks: [Card]
        let uploadAction: String
        let uploadError: String?
        let transfers: [Row]

        struct Card: Sendable {
            let label: String
            let room: String?
            let bundles: [Link]
        }

        struct Link: Sendable {
            let name: String
            let size: String
            let href: String
        }

        struct Row: Sendable {
            let title: String
            let when: String
            let state: String
            let progress: ProgressModel?
            let href: String
        }
    }

    /// The choice of the browser's own download instead of a stick.
    private static let download = "download"
    private static let everything = "all"

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, PlainForm(texts: visit.texts, prefix: "export"))
    }

    /// Begins to write a bundle.
    static func export(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let typed = try await visit.form()
        var form = PlainForm(texts: visit.texts, prefix: "export", typed: typed)
        let service = try visit.bundles()
        let sticks = await service.sticks()
        let goal = typed["goal"] ?? ""
        if goal != download, !sticks.contains(where: { $0.id == goal }) {
            form.problems["goal"] = visit.texts["sticks.problem.goal"]
        }
        guard let scope = scope(typed["scope"], try await visit.laptops().state()) else {
            form.problems["scope"] = visit.texts["records.problem.notChoice"]
            return try await page(visit, form)
        }
        guard form.problems.isEmpty else { return try await page(visit, form) }
        do {
            let id = try await service.export(
                scope, to: goal == download ? .download : .stick(goal), by: visit.actor)
            return visit.redirect(Paths.transfer(id))
        } catch {
            form.problems["goal"] = visit.texts.sentence(error)
            return try await page(visit, form)
        }
    }

    /// Takes a file from the browser and shows what it says about itself.
    static func upload(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let service = try visit.bundles()
        let file = try IncomingFile(visit.store, limit: Limits.bundleBytes)
        defer { file.remove() }
        let form = try await UploadForm.read(visit.request, into: file)
        var empty = PlainForm(texts: visit.texts, prefix: "export")
        guard form.size > 0 else {
            empty.problems["file"] = visit.texts["sticks.problem.noFile"]
            return try await page(visit, empty)
        }
        do {
            return visit.redirect(Paths.bundle(try await service.receive(file.url)))
        } catch {
            empty.problems["file"] = visit.texts.sentence(error)
            return try await page(visit, empty)
        }
    }

    private static func scope(_ text: String?, _ state: LaptopsState) -> BundleScope? {
        guard let text, text != everything else { return text.map { _ in .everything } }
        return LaptopID(text).flatMap { id in
            state.laptops.contains { $0.id == id && !$0.isSelf } ? .lacking(id) : nil
        }
    }

    private static func page(_ visit: Visit, _ form: PlainForm) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let (service, texts) = (try visit.bundles(), visit.texts)
        let state = try await visit.laptops().state()
        guard state.community != nil else { throw WebError.laptop(.noCommunity) }
        let sticks = await service.sticks()
        let transfers = await service.transfers()
        let fields = fields(form, state, sticks)
        let upload = form.problems["file"]
        let errors =
            fields.errorLinks(texts)
            + (upload.map { [PageFrame.ErrorLink(text: $0, href: "#upload-file")] } ?? [])
        return try await visit.page(
            Model(
                exportAction: Paths.export, exportFields: fields,
                sticks: sticks.map { card($0, texts) }, uploadAction: Paths.upload,
                uploadError: upload, transfers: transfers.map { row($0, state, texts) }),
            at: Paths.sticks, errors: errors, status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private static func fields(
        _ form: PlainForm, _ state: LaptopsState, _ sticks: [Stick]
    ) -> [FieldModel] {
        var form = form
        let texts = form.texts
        if form.typed == nil {
            let goal = sticks.first?.id ?? download
            form.typed = try? FormData("scope=\(everything)&goal=\(Percent.encoded(goal))")
        }
        let others = state.laptops.filter { !$0.isSelf && !$0.isRemoved }.map { laptop in
            FieldModel.Word(
                value: laptop.id.text,
                label: texts("sticks.scope.lacking", ["name": texts.name(laptop)]))
        }
        let goals = sticks.map {
            FieldModel.Word(
                value: $0.id, label: texts("sticks.goal.stick", ["name": $0.label]))
        }
        return [
            form.radios(
                "scope", texts["sticks.scope.label"], hint: texts["sticks.scope.hint"],
                [.init(value: everything, label: texts["sticks.scope.everything"])] + others),
            form.radios(
                "goal", texts["sticks.goal.label"],
                goals + [.init(value: download, label: texts["sticks.goal.download"])]),
        ]
    }

    private static func card(_ stick: Stick, _ texts: Texts) -> Model.Card {
        .init(
            label: stick.label,
            room: stick.freeBytes.map { texts("sticks.free", ["size": texts.size($0)]) },
            bundles: stick.bundles.map {
                .init(name: $0.name, size: texts.size($0.bytes), href: Paths.bundle($0.id))
            })
    }

    private static func row(
        _ transfer: Transfer, _ state: LaptopsState, _ texts: Texts
    ) -> Model.Row {
        var (word, progress): (String, ProgressModel?) = ("", nil)
        switch transfer.phase {
        case .running(let done):
            word = texts["sticks.state.running"]
            progress = ProgressModel(done, texts)
        case .done: word = texts["sticks.state.done"]
        case .failed: word = texts["sticks.state.failed"]
        }
        return .init(
            title: TransferPage.title(transfer, state, texts),
            when: texts.moment(milliseconds: transfer.begunAt), state: word, progress: progress,
            href: Paths.transfer(transfer.id))
    }
}
