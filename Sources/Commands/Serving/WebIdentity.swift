import Crypto
import Foundation
import NIOSSL
import Store
import SyncTransport

/// The certificate of the HTTPS listener, kept with its key, so that a phone that has accepted it
/// once is not asked again; made anew when it no longer fits the laptop's names.
struct WebIdentity {
    let core: Core

    func load() throws -> (chain: [NIOSSLCertificate], key: NIOSSLPrivateKey) {
        let key = try core.keys.webKey()
        let names = NetworkNames.current().sorted()
        let folder = core.folder.appendingPathComponent("keys")
        let file = folder.appendingPathComponent("web.pem")
        let about = folder.appendingPathComponent("web.names")
        let known = try? String(contentsOf: about, encoding: .utf8)
        if known != names.joined(separator: "\n")
            || !FileManager.default.fileExists(atPath: file.path)
        {
            let pem = try WebCertificate.pem(
                key: key, names: names,
                now: Date(timeIntervalSince1970: Double(core.store.now) / 1000),
                serial: LiveWorld.randomBytes(16))
            try Data(pem.utf8).write(to: file, options: .atomic)
            try Data(names.joined(separator: "\n").utf8).write(to: about, options: .atomic)
        }
        let chain = try NIOSSLCertificate.fromPEMFile(file.path)
        let privateKey = try NIOSSLPrivateKey(
            bytes: Array(key.pemRepresentation.utf8), format: .pem)
        return (chain, privateKey)
    }
}
