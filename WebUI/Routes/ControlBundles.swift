import Hummingbird
import Participation

/// What the command line asks of bundles, over the socket of the same user, who reads and writes
/// the files named.
enum ControlBundles {
    private static let pace = Duration.milliseconds(100)

    static func add(to desk: Desk) {
        desk.post("/control/bundle/inspect", inspect)
        desk.post("/control/bundle/export", export)
        desk.post("/control/bundle/import", takeIn)
    }

    private static func inspect(_ visit: Visit) async throws -> Response {
        let service = try visit.bundles()
        let summary = try await service.inspect(try await bundle(visit, service))
        let state = try await visit.laptops().state()
        return Visit.json(
            .object([
                .init("name", .string(summary.name)), .init("bytes", .integer(summary.bytes)),
                .init("files", .integer(summary.parts)),
                .init("maker", .string(summary.maker.text)),
                .init("label", .string(state.name(of: summary.maker))),
                .init("made", .string(Timestamp.text(summary.madeAt))),
                .init("everything", .bool(summary.isEverything)),
                .init("entries", .integer(summary.entries)),
                .init("newEntries", .integer(summary.newEntries)),
                .init("photos", .integer(summary.photos)),
            ]))
    }

    /// With `for`, a laptop's name, what that one lacks, otherwise everything.
    private static func export(_ visit: Visit) async throws -> Response {
        let service = try visit.bundles()
        let body = try await visit.json()
        guard let path = body["path"]?.text else { throw WebError.badRequest }
        var scope = BundleScope.everything
        if let name = body["for"]?.text {
            guard let laptop = LaptopID(name) else { throw LaptopFault.unknownLaptop }
            scope = .lacking(laptop)
        }
        return try await follow(
            visit, try await service.export(scope, to: .path(path), by: visit.actor))
    }

    private static func takeIn(_ visit: Visit) async throws -> Response {
        let service = try visit.bundles()
        let bundle = try await bundle(visit, service)
        return try await follow(visit, try await service.takeIn(bundle, by: visit.actor))
    }

    private static func bundle(
        _ visit: Visit, _ service: any LaptopBundles
    ) async throws -> BundleID {
        guard let path = try await visit.json()["path"]?.text else { throw WebError.badRequest }
        return try await service.bundle(at: path)
    }

    /// Streams how far it is until it is over, and then the receipt.
    private static func follow(_ visit: Visit, _ id: TransferID) async throws -> Response {
        let service = try visit.bundles()
        let state = try await visit.laptops().state()
        return ControlRoutes.working(visit) { progress in
            while true {
                let transfer = await service.transfers().first { $0.id == id }
                switch transfer?.phase {
                case .running(let done)?: progress(done.done, done.total ?? 0)
                case .done(let receipt)?: return json(receipt, state)
                case .failed(let fault)?: throw fault
                case nil: throw LaptopFault.failed
                }
                try await Task.sleep(for: pace)
            }
        }
    }

    private static func json(_ receipt: BundleReceipt, _ state: LaptopsState) -> JSON {
        let logs = receipt.logs.map { log in
            JSON.object([
                .init("device", .string(log.laptop.text)),
                .init("label", .string(state.name(of: log.laptop))),
                .init("entries", .integer(log.entries)),
                .init("newEntries", .integer(log.newEntries)),
                .init("leftOut", .bool(log.isLeftOut)),
            ])
        }
        let files = receipt.files.map { file in
            JSON.object([
                .init("name", .string(file.name)), .init("bytes", .integer(file.bytes)),
                .init("check", .string(file.check)),
            ])
        }
        var members: [JSON.Member] = [
            .init("at", .string(Timestamp.text(receipt.at))),
            .init("maker", .string(receipt.maker.text)),
            .init("label", .string(state.name(of: receipt.maker))),
            .init("made", .string(Timestamp.text(receipt.madeAt))),
            .init("entries", .integer(receipt.entries)),
            .init("newEntries", .integer(receipt.newEntries)),
            .init("photos", .integer(receipt.photos)), .init("files", .array(files)),
            .init("logs", .array(logs)), .init("digest", .string(receipt.digest)),
        ]
        if let before = receipt.digestBefore {
            members.append(.init("digestBefore", .string(before)))
        }
        return .object(members)
    }
}
