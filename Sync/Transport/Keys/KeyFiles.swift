public import Crypto
public import Foundation
public import SyncCore

/// The keys of this laptop, kept in files beside the store and never in it: whoever copies the
/// database does not become this laptop.
public struct KeyFiles: Sendable {
    private let folder: URL

    /// What can be wrong with the keys on the disk.
    public enum Fault: Error, Sendable, Equatable {
        /// The file is there but holds no key.
        case unreadable(file: String)
        /// There are no keys to put away.
        case none
    }

    /// Uses a folder, made with mode 0700 where it is missing.
    public init(folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
    }

    /// The Ed25519 key that signs the log; made at the first call.
    /// - Throws: ``Fault/unreadable(file:)``; a damaged key is never replaced silently, because
    ///   a new key is another laptop.
    public func signingKey() throws -> Curve25519.Signing.PrivateKey {
        try load("log.key") { try Curve25519.Signing.PrivateKey(rawRepresentation: $0) }
            ?? create("log.key", Curve25519.Signing.PrivateKey()) { $0.rawRepresentation }
    }

    /// The P-256 key of the HTTPS listener; made at the first call.
    public func webKey() throws -> P256.Signing.PrivateKey {
        try load("web.key") { try P256.Signing.PrivateKey(rawRepresentation: $0) }
            ?? create("web.key", P256.Signing.PrivateKey()) { $0.rawRepresentation }
    }

    /// The P-256 key by which other laptops know this one; made at the first call.
    public func peerKey() throws -> P256.Signing.PrivateKey {
        try load("peer.key") { try P256.Signing.PrivateKey(rawRepresentation: $0) }
            ?? create("peer.key", P256.Signing.PrivateKey()) { $0.rawRepresentation }
    }

    /// The X25519 key to which bundles are encrypted; made at the first call.
    public func bundleKey() throws -> Curve25519.KeyAgreement.PrivateKey {
        try load("bundle.key") {
            try Curve25519.KeyAgreement.PrivateKey(rawRepresentation: $0)
        } ?? create("bundle.key", Curve25519.KeyAgreement.PrivateKey()) { $0.rawRepresentation }
    }

    /// The public keys of this laptop, as a community knows it; missing ones are made.
    public func deviceKeys() throws -> DeviceKeys {
        let log = try signingKey().publicKey.rawRepresentation
        let bundle = try bundleKey().publicKey.rawRepresentation
        guard let logKey = RawKey(bytes: log) else { throw Fault.unreadable(file: "log.key") }
        guard let bundleKey = RawKey(bytes: bundle) else {
            throw Fault.unreadable(file: "bundle.key")
        }
        let tlsHash = PeerCertificate.tlsHash(of: try peerKey().publicKey)
        return DeviceKeys(log: logKey, tlsHash: tlsHash, bundle: bundleKey)
    }

    /// Puts the keys that name this laptop away into a folder of their own, so that new ones are
    /// made: from then on it is another laptop. Nobody may be using them. Answers where they are.
    /// - Throws: ``Fault/none``, or what the disk says; then they are as they were.
    public func retire() throws -> URL {
        let files = FileManager.default
        let names = ["log.key", "peer.key", "bundle.key"].filter {
            files.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
        guard !names.isEmpty else { throw Fault.none }
        let number = (1...).first {
            !files.fileExists(atPath: folder.appendingPathComponent("retired-\($0)").path)
        }
        let place = folder.appendingPathComponent("retired-\(number ?? 1)", isDirectory: true)
        try files.createDirectory(
            at: place, withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        // The log's key last: without it the others would be made anew for the same laptop.
        for name in names.reversed() {
            try files.moveItem(
                at: folder.appendingPathComponent(name), to: place.appendingPathComponent(name))
        }
        return place
    }

    private func load<Key>(_ name: String, _ read: (Data) throws -> Key) throws -> Key? {
        let file = folder.appendingPathComponent(name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let data = try Data(contentsOf: file)
        do { return try read(data) } catch { throw Fault.unreadable(file: name) }
    }

    private func create<Key>(_ name: String, _ key: Key, _ data: (Key) -> Data) throws -> Key {
        let file = folder.appendingPathComponent(name)
        try AtomicFile.write(data(key), to: file, isReplacing: false)
        return key
    }
}
