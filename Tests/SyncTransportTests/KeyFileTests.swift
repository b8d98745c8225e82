import Crypto
import Foundation
import SyncCore
import SyncTransport
import Testing

struct KeyFileTests {
    @Test func `a key is made once, readable by its owner alone`() throws {
        try withFolder { folder in
            let first = try KeyFiles(folder: folder).signingKey()
            let second = try KeyFiles(folder: folder).signingKey()
            #expect(first.rawRepresentation == second.rawRepresentation)
            let file = folder.appendingPathComponent("log.key").path
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `a damaged key is never replaced silently`() throws {
        try withFolder { folder in
            let files = try KeyFiles(folder: folder)
            let file = folder.appendingPathComponent("log.key")
            try Data("damaged".utf8).write(to: file)
            #expect(throws: KeyFiles.Fault.unreadable(file: "log.key")) {
                try files.signingKey()
            }
            #expect(try Data(contentsOf: file) == Data("damaged".utf8))
        }
    }

    @Test func `a laptop has the same keys at every start, each of its own`() throws {
        try withFolder { folder in
            let files = try KeyFiles(folder: folder)
            let keys = try files.deviceKeys()
            #expect(try KeyFiles(folder: folder).deviceKeys() == keys)
            #expect(Set([keys.log.bytes, keys.tlsHash.bytes, keys.bundle.bytes]).count == 3)
            let hash = PeerCertificate.tlsHash(of: try files.peerKey().publicKey)
            #expect(keys.tlsHash == hash)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(Set(names) == ["log.key", "peer.key", "bundle.key"])
        }
    }

    @Test func `a certificate names the laptop's addresses`() throws {
        let pem = try WebCertificate.pem(
            key: P256.Signing.PrivateKey(), names: ["aral.local", "10.77.0.1"],
            now: Date(timeIntervalSince1970: 1_795_000_000), serial: [1, 2, 3])
        #expect(pem.hasPrefix("-----BEGIN CERTIFICATE-----"))
    }

    private func withFolder(_ work: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-keys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try work(folder)
    }
}
