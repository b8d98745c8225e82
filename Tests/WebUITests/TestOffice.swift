import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Participation
import Store
import SyncSimulation
import Synchronization
import WebUI

/// An office on a store of its own, with its router tested without a network.
struct TestOffice {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let authority = "127.0.0.1:7800"

    let store: Store
    let office: Office

    /// Opens an office, works with it, and leaves nothing behind.
    static func with(_ work: (TestOffice) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-web-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let generator = Mutex(SeededGenerator(seed: 3))
        let random: @Sendable (Int) -> [UInt8] = { count in
            generator.withLock { generator in
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
        }
        let store = try Store(
            folder: folder,
            environment: StoreEnvironment(
                wallMilliseconds: { 1_795_300_000_000 }, uptimeMilliseconds: { 1_000_000 },
                randomBytes: random, signingKey: Curve25519.Signing.PrivateKey()))
        let office = try await Office(
            store: store, assets: root.appendingPathComponent("WebUI"),
            vendor: URL(fileURLWithPath: "/usr/share/javascript"), demo: nil,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, version: "test",
            networkNames: { ["aral.local"] }, randomBytes: random)
        try await work(TestOffice(store: store, office: office))
        try store.close()
    }

    /// A bearer token of a new account.
    func token(_ role: AccountRole) async throws -> String {
        let id = "account-\(role.rawValue)"
        try await office.makeAccount(
            id: id, login: role.rawValue, displayName: role.rawValue, role: role,
            passphrase: "тоо суу жол таш")
        guard let id = RecordID(id) else { throw CancellationError() }
        return try await store.makeToken(for: id)
    }

    /// Brings records in.
    func take(_ lines: String) async throws -> ImportReport {
        let file = store.folder.appendingPathComponent("lines.jsonl")
        try Data(lines.utf8).write(to: file)
        return try await store.importFile(file, by: .program) { _ in }
    }

    /// Asks the desk's router, without a network between.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, json: String? = nil,
        headers: HTTPFields = [:], authority: String = TestOffice.authority, isForm: Bool = false
    ) async throws -> Answer {
        var fields = headers
        fields[.acceptLanguage] = "en"
        if let token { fields[.authorization] = "Bearer \(token)" }
        if json != nil {
            fields[.contentType] =
                isForm ? "application/x-www-form-urlencoded" : "application/json"
        }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: authority, path: path,
                headerFields: fields),
            body: .init(buffer: ByteBuffer(string: json ?? "")))
        let context = DeskContext(
            source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let responder = DeskRouter.build(office: office, listener: .desk(port: 7800))
            .buildResponder()
        let response = try await responder.respond(to: request, context: context)
        let collected = Collector()
        try await response.body.write(collected)
        return Answer(
            status: Int(response.status.code), headers: response.headers,
            text: collected.text.withLock { $0 })
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let text: String

        var json: JSON { (try? JSONReader.read(text.utf8)) ?? .null }
    }

    private final class Collector: ResponseBodyWriter, Sendable {
        let text = Mutex("")

        func write(_ buffer: ByteBuffer) async throws {
            text.withLock { $0 += String(buffer: buffer) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

/// One village with a session.
enum Lines {
    static let place = """
        {"entity":"municipality","id":"m","name":"Көк-Ирим"}
        {"entity":"village","id":"v","municipality":"m","name":"Арал"}
        {"entity":"cycle","id":"c","municipality":"m","title":"2026","startsOn":"2026-01-01","stage":1}
        {"entity":"event","id":"e","cycle":"c","kind":"session","village":"v","status":"held"}
        {"entity":"problem","id":"p","event":"e","title":"Жол начар","votesByHand":9}
        {"entity":"person","id":"aida","fullName":"Аида Сыналганова","birthYear":1990,"contact":"0555123456","village":"v","sex":"female"}
        {"entity":"attendance","id":"a","event":"e","person":"aida","role":"participant"}
        """
}
