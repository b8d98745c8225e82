import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import SyncCore
import Synchronization

@testable import SyncTransport

/// Serves on a free port of this machine while `body` runs.
func withServer<Result: Sendable>(
    _ laptop: TestLaptop, _ replica: any Replica, door: (any PeerDoor)? = nil,
    watcher: (any PeerWatcher)? = nil, shelf: (any PhotoShelf)? = nil,
    limits: PeerLimits = .quick,
    _ body: @escaping @Sendable (PeerServer, PeerAddress) async throws -> Result
) async throws -> Result {
    let server = PeerServer(
        host: "127.0.0.1", port: 0, tls: laptop.tls, replica: replica, door: door,
        watcher: watcher, shelf: shelf, limits: limits, logger: .silent)
    return try await withThrowingTaskGroup(of: Result?.self) { group in
        defer { group.cancelAll() }
        group.addTask {
            try await server.run()
            return nil
        }
        group.addTask {
            guard let port = await server.port(),
                let address = PeerAddress(host: "127.0.0.1", port: port)
            else { return nil }
            return try await body(server, address)
        }
        while let result = try await group.next() {
            if let result { return result }
        }
        throw TestFault.noServer
    }
}

/// Holds a session from a laptop with whoever is at an address.
func session(
    of replica: TestReplica, at address: PeerAddress
) async throws -> SessionOutcome {
    let runner = SessionRunner(
        replica: replica, logger: .silent, claim: { _ in true }, report: { _, _ in })
    return try await replica.laptop.client().visit(
        address, trusting: { await replica.isMember(tlsHash: $0) },
        { try await runner.run(over: $0) })
}

/// Waits until something holds; a test that waits too long fails.
func eventually(
    within time: Duration = .seconds(15), _ holds: @Sendable () async throws -> Bool
) async throws {
    let end = ContinuousClock.now.advanced(by: time)
    while try await !holds() {
        guard ContinuousClock.now < end else { throw TestFault.never }
        try await Task.sleep(for: .milliseconds(20))
    }
}

/// A client that knows no manners.
enum RawClient {
    typealias Part = HTTPClientRequestPart

    static func head(
        _ method: HTTPMethod, _ path: String, length: Int? = nil,
        type: String = PeerPath.mediaType
    ) -> Part {
        var head = HTTPRequestHead(version: .http1_1, method: method, uri: path)
        head.headers.add(name: "host", value: "test")
        if method == .POST { head.headers.add(name: "content-type", value: type) }
        if let length { head.headers.add(name: "content-length", value: String(length)) }
        return .head(head)
    }

    static func body(_ bytes: [UInt8]) -> Part { .body(.byteBuffer(ByteBuffer(bytes: bytes))) }

    /// Sends parts with a pause after each, and answers the status and the body of what comes
    /// back; nil where the connection ends without an answer.
    static func ask(
        _ address: PeerAddress, _ parts: [Part], pause: Duration = .zero,
        _ tls: @escaping @Sendable () throws -> NIOSSLClientHandler
    ) async throws -> (status: HTTPResponseStatus, body: [UInt8])? {
        let connection = try await PeerDialer.connect(address, limits: .quick, tls)
        let deadline = Deadline(connection.channel, .seconds(20))
        defer { deadline.cancel() }
        let answer = Mutex<(status: HTTPResponseStatus, body: [UInt8])?>(nil)
        do {
            try await connection.executeThenClose { inbound, outbound in
                try await withThrowingTaskGroup { group in
                    group.addTask {
                        // Who is cut off in the middle may still read why.
                        for part in parts {
                            guard (try? await outbound.write(part)) != nil else { return }
                            if pause > .zero { try await Task.sleep(for: pause) }
                        }
                    }
                    defer { group.cancelAll() }
                    for try await part in inbound {
                        switch part {
                        case .head(let head): answer.withLock { $0 = (head.status, []) }
                        case .body(let piece):
                            answer.withLock { $0?.body += Array(piece.readableBytesView) }
                        case .end: return
                        }
                    }
                }
            }
        } catch {
            // However it ended: what came counts.
        }
        guard !deadline.isOver else { throw TestFault.never }
        return answer.withLock { $0 }
    }

    /// The same with a laptop's certificate.
    static func ask(
        as laptop: TestLaptop, _ address: PeerAddress, _ parts: [Part], pause: Duration = .zero
    ) async throws -> (status: HTTPResponseStatus, body: [UInt8])? {
        try await ask(address, parts, pause: pause) { try laptop.tls.clientHandler { _ in true } }
    }
}
