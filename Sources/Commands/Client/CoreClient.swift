import AsyncHTTPClient
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import Participation
import ServiceLifecycle
import Store

/// How every command reaches the store: over the socket of the program that runs. Where none
/// runs, the core is started for the moment of the command; there is one way in.
struct CoreClient {
    private let socket: String

    /// Runs `work` with a client of the folder's core.
    static func with<Result: Sendable>(
        _ folder: URL, _ work: @escaping @Sendable (CoreClient) async throws -> Result
    ) async throws -> Result {
        let client = CoreClient(socket: SocketPath.of(folder))
        if await client.answers() { return try await work(client) }
        do {
            return try await alone(folder, client, work)
        } catch StoreError.inUse(let pid) {
            // A program that is just starting holds the store before its socket is there.
            for _ in 0..<50 {
                try await Task.sleep(for: .milliseconds(100))
                if await client.answers() { return try await work(client) }
            }
            throw CommandFailure(
                message: """
                    The data in \(folder.path) is in use by process \(pid), which does not answer. \
                    Stop it and try again.
                    """)
        }
    }

    private static func alone<Result: Sendable>(
        _ folder: URL, _ client: CoreClient,
        _ work: @escaping @Sendable (CoreClient) async throws -> Result
    ) async throws -> Result {
        let core = try await Core.open(folder)
        let (running, signal) = AsyncStream<Void>.makeStream()
        let service = Listeners(core: core).socket { signal.finish() }
        let group = ServiceGroup(
            configuration: .init(services: [service], logger: core.logger))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { signal.finish() }
                try await group.run()
            }
            for await _ in running {}
            let result: Swift.Result<Result, any Error>
            do { result = .success(try await work(client)) } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            await core.bundles.end()
            try core.store.close()
            return try result.get()
        }
    }

    /// A JSON answer; refusals come out as ``CommandFailure`` with their sentences.
    func get(_ path: String) async throws -> JSON { try await json(.GET, path, nil) }

    /// The JSON answer to a wish.
    func post(_ path: String, _ body: JSON) async throws -> JSON {
        try await json(.POST, path, body)
    }

    /// An answer as it comes, part by part.
    func download(_ path: String, each: ([UInt8]) -> Void) async throws {
        try await stream(.GET, path, nil) { each(Array($0.readableBytesView)) }
    }

    private func json(_ method: HTTPMethod, _ path: String, _ body: JSON?) async throws -> JSON {
        let bytes = try await bytes(method, path, body)
        guard let json = try? JSONReader.read(bytes.readableBytesView) else {
            throw CommandFailure(message: "The program gave an answer that is no JSON.")
        }
        return json
    }

    private func stream(
        _ method: HTTPMethod, _ path: String, _ body: JSON?,
        each: (ByteBuffer) async throws -> Void
    ) async throws {
        let response = try await send(method, path, body, timeout: .hours(12))
        guard response.status.code < 400 else { throw try await Self.failure(response) }
        for try await part in response.body { try await each(part) }
    }

    /// Long work: lines of progress, then the result.
    func work(_ path: String, _ body: JSON = .object([])) async throws -> JSON {
        var bar = ProgressBar()
        var rest: [UInt8] = []
        var outcome: JSON?
        var problem: String?
        try await stream(.POST, path, body) { part in
            rest += part.readableBytesView
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = try? JSONReader.read(rest[..<end])
                rest.removeSubrange(...end)
                if case .integer(let done)? = line?["done"], case .integer(let all)? = line?["of"] {
                    bar.show(done, of: all)
                }
                outcome = line?["result"] ?? outcome
                problem = line?["problem"]?.text ?? problem
            }
        }
        bar.end()
        if let problem { throw CommandFailure(message: problem) }
        guard let outcome else {
            throw CommandFailure(message: "The program stopped before the work was done.")
        }
        return outcome
    }

    private func answers() async -> Bool {
        guard SocketPath.isAlive(socket) else { return false }
        let response = try? await send(.GET, "/api/v1/openapi.json", nil, timeout: .seconds(3))
        guard let response else { return false }
        _ = try? await response.body.collect(upTo: 1 << 22)
        return response.status == .ok
    }

    private func bytes(
        _ method: HTTPMethod, _ path: String, _ body: JSON?
    ) async throws -> ByteBuffer {
        let response = try await send(method, path, body, timeout: .minutes(10))
        guard response.status.code < 400 else { throw try await Self.failure(response) }
        return try await response.body.collect(upTo: 1 << 28)
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ body: JSON?, timeout: TimeAmount
    ) async throws -> HTTPClientResponse {
        let host = socket.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? socket
        var request = HTTPClientRequest(url: "http+unix://\(host)\(path)")
        request.method = method
        request.headers.add(name: "Accept-Language", value: UserLanguage.code)
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body.encoded))
        }
        return try await HTTPClient.shared.execute(request, timeout: timeout)
    }

    private static func failure(_ response: HTTPClientResponse) async throws -> CommandFailure {
        let body = try await response.body.collect(upTo: 1 << 22)
        let problem = try? JSONReader.read(body.readableBytesView)
        let lines = [problem?["title"]?.text, problem?["detail"]?.text].compactMap(\.self)
        return CommandFailure(
            message: lines.isEmpty ? "Refused: \(response.status)" : lines.joined(separator: "\n"))
    }
}

/// The language in which the command line's refusals are said: the system's, Kyrgyz otherwise.
enum UserLanguage {
    static var code: String {
        let environment = ProcessInfo.processInfo.environment
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
            .first { !$0.isEmpty }
        let short = String((named ?? "").prefix(2))
        return ["ru", "en"].contains(short) ? short : "ky"
    }
}
