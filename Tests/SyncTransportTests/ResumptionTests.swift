import Crypto
import Foundation
import NIOSSL
import SyncCore
import Testing

@testable import SyncTransport

/// NIOSSL keeps no sessions for clients, so OpenSSL plays the laptop that comes back with a ticket.
struct ResumptionTests {
    private static let openssl = "/usr/bin/openssl"
    private static var isInstalled: Bool {
        FileManager.default.isExecutableFile(atPath: openssl)
    }

    @Test(.enabled(if: isInstalled, "openssl is not installed"))
    func `a ticket from before a removal opens nothing`() async throws {
        let (office, clerk) = (try TestLaptop(1), try TestLaptop(2))
        let community = try TestCommunity(office: office, clerk)
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-ticket-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let der = try PeerCertificate.der(key: clerk.tlsKey, device: clerk.device, serial: [1])
        try Data(der).write(to: folder.appendingPathComponent("cert.der"))
        try Data(clerk.tlsKey.pemRepresentation.utf8)
            .write(to: folder.appendingPathComponent("key.pem"))

        try await withServer(office, TestReplica(office, community)) { _, address in
            let fresh = try await Self.talk(
                folder, address, "-cert cert.der -certform DER -key key.pem -sess_out ticket")
            #expect(fresh.contains("HTTP/1.1 200"))
            // The ticket is good as long as its laptop belongs: else this test proves nothing.
            let again = try await Self.talk(folder, address, "-sess_in ticket")
            #expect(again.contains("Reused"))
            #expect(again.contains("HTTP/1.1 200"))
            community.remove(clerk)
            let late = try await Self.talk(folder, address, "-sess_in ticket")
            #expect(late.contains("Reused"))
            #expect(!late.contains("HTTP/1.1 200"))
            #expect(late.contains("HTTP/1.1 403"))
        }
    }

    /// Asks for the changes, and answers all that OpenSSL says.
    private static func talk(
        _ folder: URL, _ address: PeerAddress, _ options: String
    ) async throws -> String {
        let request = "GET \(PeerPath.changes.rawValue) HTTP/1.1\\r\\nHost: test\\r\\n\\r\\n"
        let script = """
            (printf '\(request)'; sleep 1.5) | timeout 10 \(openssl) s_client \
            -connect \(address) -tls1_3 -ign_eof \(options) > said 2>&1 & \
            child=$!; sleep 2; kill $child 2> /dev/null; wait $child 2> /dev/null; true
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        let said = try Data(contentsOf: folder.appendingPathComponent("said"))
        return String(decoding: said, as: UTF8.self)
    }
}
