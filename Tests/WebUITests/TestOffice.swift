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
    static let passphrase = "тоо суу жол таш"

    let store: Store
    let office: Office
    let log: LogBook

    /// Opens an office, works with it, and leaves nothing behind.
    static func with(
        laptops: (any LaptopService)? = nil, agreement: Agreement? = nil,
        photographs: (any PhotoWorkshop)? = nil,
        _ work: (TestOffice) async throws -> Void
    ) async throws {
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
        let log = LogBook()
        let office = try await Office(
            store: store, assets: root.appendingPathComponent("WebUI"),
            vendor: URL(fileURLWithPath: "/usr/share/javascript"), demo: nil,
            laptops: laptops, bundles: laptops as? any LaptopBundles, agreement: agreement,
            photographs: photographs, logger: log.logger, version: "test",
            networkNames: { ["aral.local"] },
            randomBytes: random, passphraseLogRounds: 10)
        try await work(TestOffice(store: store, office: office, log: log))
        try store.close()
    }

    /// A bearer token of a new account.
    func token(_ role: AccountRole) async throws -> String {
        let id = "account-\(role.rawValue)"
        try await office.makeAccount(
            id: id, login: role.rawValue, displayName: role.rawValue, role: role,
            passphrase: Self.passphrase)
        guard let id = RecordID(id) else { throw CancellationError() }
        return try await store.makeToken(for: id)
    }

    /// Brings records in.
    func take(_ lines: String) async throws -> ImportReport {
        let file = store.folder.appendingPathComponent("lines.jsonl")
        try Data(lines.utf8).write(to: file)
        return try await store.importFile(file, by: .program) { _ in }
    }

    /// Asks the desk's router, without a network between. `body` is sent in place of `json`; what
    /// is answered can be read in `said` as it comes.
    func send(
        _ method: HTTPRequest.Method, _ path: String, token: String? = nil, json: String? = nil,
        headers: HTTPFields = [:], authority: String = TestOffice.authority, isForm: Bool = false,
        body: RequestBody? = nil, said: Said = Said()
    ) async throws -> Answer {
        var fields = headers
        fields[.acceptLanguage] = "en"
        if let token { fields[.authorization] = "Bearer \(token)" }
        if json != nil || body != nil, fields[.contentType] == nil {
            fields[.contentType] =
                isForm ? "application/x-www-form-urlencoded" : "application/json"
        }
        let request = Request(
            head: HTTPRequest(
                method: method, scheme: "http", authority: authority, path: path,
                headerFields: fields),
            body: body ?? .init(buffer: ByteBuffer(string: json ?? "")))
        let context = DeskContext(
            source: .init(channel: EmbeddedChannel(), logger: Logger(label: "test")))
        let responder = DeskRouter.build(office: office, listener: .desk(port: 7800))
            .buildResponder()
        let response = try await responder.respond(to: request, context: context)
        try await response.body.write(said)
        return Answer(
            status: Int(response.status.code), headers: response.headers, text: said.text)
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let text: String

        var json: JSON { (try? JSONReader.read(text.utf8)) ?? .null }
    }

    /// What an answer has said so far.
    final class Said: ResponseBodyWriter, Sendable {
        private let words = Mutex("")

        var text: String { words.withLock { $0 } }

        func write(_ buffer: ByteBuffer) async throws {
            words.withLock { $0 += String(buffer: buffer) }
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}

extension TestOffice {
    static let origin = "http://\(authority)"

    /// Sends a form as a page of the desk does.
    func form(
        _ path: String, _ fields: KeyValuePairs<String, String>, token: String? = nil,
        cookie: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.origin: Self.origin]
        headers[.cookie] = cookie
        let body = fields.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }
        return try await send(
            .post, path, token: token, json: body.joined(separator: "&"), headers: headers,
            isForm: true)
    }

    /// Logs a new account in and gives the cookie of its session.
    func cookie(_ role: AccountRole) async throws -> String {
        _ = try await token(role)
        let answer = try await form(
            "/login", ["login": role.rawValue, "passphrase": Self.passphrase])
        guard answer.status == 303, let cookie = answer.headers[.setCookie] else {
            throw CancellationError()
        }
        return String(cookie.prefix { $0 != ";" })
    }

    /// The names of the files in the data folder.
    func leftInFolder() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.folder.path)
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// What the program wrote into its log.
final class LogBook: Sendable {
    private let lines = Mutex<[String]>([])

    var said: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        func log(event: LogEvent) {
            book.lines.withLock { $0.append("\(event.level): \(event.message)") }
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }
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
