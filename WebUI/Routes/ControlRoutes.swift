import Foundation
import Hummingbird
import NIOCore
import Participation
import Store

/// What the command line alone may ask for, over the socket of the same user: long work with its
/// progress, and accounts.
enum ControlRoutes {
    static func add(to desk: Desk) {
        desk.post("/control/import", importFile)
        desk.post("/control/verify", verify)
        desk.post("/control/rebuild", rebuild)
        desk.post("/control/backup", backUp)
        desk.get("/control/log", showLog)
        ControlLaptops.add(to: desk)
        ControlBundles.add(to: desk)
        desk.get("/control/accounts", ControlAccounts.list)
        desk.post("/control/accounts", ControlAccounts.add)
        desk.post("/control/accounts/:login/passphrase", ControlAccounts.changePassphrase)
        desk.post("/control/accounts/:login/disable", ControlAccounts.disable)
        desk.post("/control/accounts/:login/token", ControlAccounts.makeToken)
    }

    /// Imports a file by its path: the same user reads it.
    private static func importFile(_ visit: Visit) async throws -> Response {
        guard let path = try await visit.json()["path"]?.text else { throw WebError.badRequest }
        let file = URL(fileURLWithPath: path)
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard FileManager.default.isReadableFile(atPath: path) else { throw WebError.noFile }
        let (store, actor, texts) = (visit.store, visit.actor, visit.texts)
        return working(visit) { progress in
            let report = try await store.importFile(file, by: actor) { progress($0, size) }
            return ImportAPI.json(report, texts)
        }
    }

    private static func verify(_ visit: Visit) async throws -> Response {
        let store = visit.store
        return working(visit) { progress in
            let report = try await store.verify(progress: progress)
            return .object([
                .init("entries", .integer(report.entries)),
                .init("signatures", .integer(report.signatures)),
                .init("photographs", .integer(report.blobs)),
                .init(
                    "faults",
                    .array(
                        report.faults.map { fault in
                            .object([
                                .init("device", .string(fault.device)),
                                .init("seq", .integer(Int(clamping: fault.sequence))),
                                .init("reason", .string(fault.reason)),
                            ])
                        })),
            ])
        }
    }

    private static func rebuild(_ visit: Visit) async throws -> Response {
        let store = visit.store
        return working(visit) { progress in
            let before = try await store.digest()
            let after = try await store.rebuild(progress: progress)
            return .object([
                .init("before", .string(before.description)),
                .init("digest", .string(after.description)),
            ])
        }
    }

    /// Copies the records into a folder: the same user writes it.
    private static func backUp(_ visit: Visit) async throws -> Response {
        guard let path = try await visit.json()["path"]?.text else { throw WebError.badRequest }
        let folder = URL(fileURLWithPath: path, isDirectory: true)
        let store = visit.store
        return working(visit) { _ in
            let report = try await store.backUp(to: folder)
            return .object([
                .init("digest", .string(report.digest.description)),
                .init("digestShort", .string(report.digest.short)),
                .init("photographs", .integer(report.blobs)),
                .init("photographsMissing", .integer(report.missingBlobs)),
            ])
        }
    }

    private static func showLog(_ visit: Visit) async throws -> Response {
        let limit = min(1000, max(1, try visit.query()["limit"].flatMap { Int($0) } ?? 20))
        let lines = try await visit.read { try $0.latestEntries(limit: limit) }
        return Visit.json(
            .array(
                lines.map { line in
                    .object([
                        .init("device", .string(line.device)),
                        .init("seq", .integer(Int(clamping: line.sequence))),
                        .init("time", .string(Timestamp.text(line.milliseconds))),
                        .init("actor", .string(line.actor)),
                        .init("entity", .string(line.entity)), .init("id", .string(line.record)),
                        .init("fields", .array(line.fields.map(JSON.string))),
                        .init("sealed", .bool(line.isSealed)),
                    ])
                }))
    }

    /// Streams `{"done": …, "of": …}` lines while work goes on, then `{"result": …}` or
    /// `{"problem": …}` as the last line.
    static func working(
        _ visit: Visit,
        _ work: @escaping @Sendable (@escaping @Sendable (Int, Int) -> Void) async throws -> JSON
    ) -> Response {
        let texts = visit.texts
        let body = ResponseBody { writer in
            let (progress, source) = AsyncStream<(Int, Int)>.makeStream(
                bufferingPolicy: .bufferingNewest(1))
            async let outcome: Result<JSON, any Error> = {
                defer { source.finish() }
                do { return .success(try await work { source.yield(($0, $1)) }) } catch {
                    return .failure(error)
                }
            }()
            for await (done, all) in progress {
                try await writer.write(line(["done": .integer(done), "of": .integer(all)]))
            }
            switch await outcome {
            case .success(let result): try await writer.write(line(["result": result]))
            case .failure(let error):
                let text = ErrorPage(WebError(error), texts)
                try await writer.write(
                    line(["problem": .string("\(text.title). \(text.text)")]))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"], body: body)
    }

    private static func line(_ json: JSON) -> ByteBuffer {
        ByteBuffer(string: json.encoded + "\n")
    }
}
