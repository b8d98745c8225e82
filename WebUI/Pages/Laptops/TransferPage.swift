import Hummingbird
import Participation
import Store

/// One export or import: how far it is, and when it is done its receipt to print and to file.
enum TransferPage {
    struct Model: PageModel {
        static let template = "transfer"
        let title: String
        let when: String
        let progress: ProgressModel?
        let fault: String?
        let downloads: [SticksPage.Model.Link]
        let onStick: String?
        let receipt: Receipt?
        let backHref: String

        struct Receipt: Sendable {
            let municipality: String?
            let facts: [LaptopsPage.Model.Fact]
            let files: [File]
            let logs: [Log]
            let hasNews: Bool
        }

        struct Log: Sendable {
            let laptop: String
            let entries: String
            let newEntries: String
            let isLeftOut: Bool
        }

        struct File: Sendable {
            let name: String
            let size: String
            let check: String
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (transfer, state) = try await find(visit)
        let texts = visit.texts
        var (progress, fault, receipt): (ProgressModel?, String?, BundleReceipt?)
        switch transfer.phase {
        case .running(let done): progress = ProgressModel(done, texts)
        case .failed(let reason): fault = texts.sentence(reason)
        case .done(let found): receipt = found
        }
        let isExport = transfer.direction != .intake
        let municipality = try await visit.read {
            try $0.newest(.municipality, limit: 1).records.first?.title
        }
        let onStick = ["name": transfer.stick ?? ""]
        return try await visit.page(
            Model(
                title: title(transfer, state, texts),
                when: texts.moment(milliseconds: transfer.begunAt), progress: progress,
                fault: fault,
                downloads: isExport && transfer.stick == nil
                    ? downloads(transfer, receipt, texts) : [],
                onStick: isExport && receipt != nil && transfer.stick != nil
                    ? texts("sticks.onStick", onStick) : nil,
                receipt: receipt.map {
                    self.receipt($0, transfer, state, municipality, texts)
                }, backHref: Paths.sticks))
    }

    /// Sends a file of an export.
    static func download(_ visit: Visit) async throws -> Response {
        let (transfer, _) = try await find(visit)
        guard let part = visit.context.parameters.get("part").flatMap({ Int($0) }), part > 0,
            case .done(let receipt) = transfer.phase, part <= receipt.files.count
        else { throw WebError.notFound }
        let url = try await visit.bundles().file(of: transfer.id, part: part)
        return try Visit.file(url, name: receipt.files[part - 1].name)
    }

    /// What it is, in a few words.
    static func title(_ transfer: Transfer, _ state: LaptopsState, _ texts: Texts) -> String {
        switch transfer.direction {
        case .intake: texts["sticks.transfer.intake"]
        case .export(let scope):
            texts("sticks.transfer.export", ["scope": words(scope, state, texts)])
        }
    }

    /// What goes into a bundle, in words.
    static func words(_ scope: BundleScope, _ state: LaptopsState, _ texts: Texts) -> String {
        switch scope {
        case .everything: texts["sticks.scope.everything"]
        case .lacking(let id):
            texts("sticks.scope.lacking", ["name": state.name(of: id)])
        }
    }

    private static func find(_ visit: Visit) async throws -> (Transfer, LaptopsState) {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let service = try visit.bundles()
        let id = visit.context.parameters.get("id").flatMap { TransferID($0) }
        guard let found = await service.transfers().first(where: { $0.id == id }) else {
            throw WebError.notFound
        }
        return (found, try await visit.laptops().state())
    }

    private static func downloads(
        _ transfer: Transfer, _ receipt: BundleReceipt?, _ texts: Texts
    ) -> [SticksPage.Model.Link] {
        (receipt?.files ?? []).enumerated().map { index, file in
            .init(
                name: file.name, size: texts.size(file.bytes),
                href: Paths.file(transfer.id, index + 1))
        }
    }

    private static func receipt(
        _ receipt: BundleReceipt, _ transfer: Transfer, _ state: LaptopsState,
        _ municipality: String?, _ texts: Texts
    ) -> Model.Receipt {
        let isIntake = transfer.direction == .intake
        var facts = [
            ("done", texts.moment(milliseconds: receipt.at)),
            ("laptop", state.own.map { texts.name($0) } ?? "–"),
            ("maker", state.name(of: receipt.maker)),
            ("made", texts.moment(milliseconds: receipt.madeAt)),
            ("entries", texts.grouped(receipt.entries)),
        ]
        if isIntake { facts.append(("new", texts.grouped(receipt.newEntries))) }
        facts.append(("photos", texts.grouped(receipt.photos)))
        if let before = receipt.digestBefore { facts.append(("before", before)) }
        facts.append((isIntake ? "after" : "digest", receipt.digest))
        return .init(
            municipality: municipality,
            facts: facts.map { .init(label: texts["sticks.fact.\($0.0)"], value: $0.1) },
            files: receipt.files.map {
                .init(name: $0.name, size: texts.size($0.bytes), check: $0.check)
            },
            logs: receipt.logs.map { log in
                .init(
                    laptop: state.name(of: log.laptop), entries: texts.grouped(log.entries),
                    newEntries: texts.grouped(log.newEntries), isLeftOut: log.isLeftOut)
            }, hasNews: isIntake)
    }
}
