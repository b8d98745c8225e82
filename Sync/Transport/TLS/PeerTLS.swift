public import Crypto
import NIOCore
public import NIOSSL
public import SyncCore

/// The one place where connections between laptops get their TLS: version 1.3 only, both sides
/// show a key, and nothing but the SHA-256 of that key's SubjectPublicKeyInfo is looked at.
///
/// Two things that are easily lost stand here for good. NIOSSL asks no client for a certificate
/// unless the configuration verifies, whatever callback is set; and a session resumed by a ticket
/// asks no callback at all, so whoever uses a connection asks again at each request.
public struct PeerTLS: Sendable {
    /// Decides about the owner of a TLS key.
    public typealias Trust = @Sendable (Hash) async -> Bool

    /// Takes anybody: for a pairing, in which people compare numbers that hold both keys.
    static let anyone: Trust = { _ in true }

    /// This laptop's own key, as others see it.
    public let ownHash: Hash
    private let server: NIOSSLContext
    private let client: NIOSSLContext
    private let stranger: NIOSSLContext
    private let nobody: NIOSSLContext

    /// Uses a laptop's key. `serial` is up to 20 random bytes, for the certificate.
    public init(
        key: P256.Signing.PrivateKey, device: DeviceID, serial: [UInt8]
    ) throws {
        let own = try Clothing(key: key, device: device, serial: serial)
        server = try NIOSSLContext(
            configuration: Self.hardened(
                .makeServerConfigurationWithMTLS(
                    certificateChain: own.chain, privateKey: own.secret,
                    trustRoots: .certificates([]))))
        client = try NIOSSLContext(configuration: Self.client(own))
        let other = try Clothing(key: P256.Signing.PrivateKey(), device: device, serial: serial)
        stranger = try NIOSSLContext(configuration: Self.client(other))
        nobody = try NIOSSLContext(configuration: Self.client(nil))
        ownHash = PeerCertificate.tlsHash(of: key.publicKey)
    }

    private struct Clothing {
        let chain: [NIOSSLCertificateSource]
        let secret: NIOSSLPrivateKeySource

        init(key: P256.Signing.PrivateKey, device: DeviceID, serial: [UInt8]) throws {
            let der = try PeerCertificate.der(key: key, device: device, serial: serial)
            chain = [.certificate(try NIOSSLCertificate(bytes: der, format: .der))]
            secret = .privateKey(
                try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))
        }
    }

    private static func client(_ clothing: Clothing?) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if let clothing {
            configuration.certificateChain = clothing.chain
            configuration.privateKey = clothing.secret
        }
        return hardened(configuration)
    }

    private static func hardened(_ configuration: TLSConfiguration) -> TLSConfiguration {
        var configuration = configuration
        configuration.minimumTLSVersion = .tlsv13
        configuration.maximumTLSVersion = .tlsv13
        configuration.curves = [.x25519]
        // Nobody's authority is believed; names are not looked at; the callback decides.
        configuration.trustRoots = .certificates([])
        configuration.certificateVerification = .noHostnameVerification
        configuration.renegotiationSupport = .none
        configuration.shutdownTimeout = .seconds(1)
        return configuration
    }

    /// The handler of a connection that another laptop made.
    public func serverHandler(_ trust: @escaping Trust) -> NIOSSLServerHandler {
        NIOSSLServerHandler(context: server, customVerificationCallback: Self.callback(trust))
    }

    /// The handler of a connection to another laptop.
    public func clientHandler(_ trust: @escaping Trust) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(
            context: client, serverHostname: nil,
            customVerificationCallback: Self.callback(trust))
    }

    /// The handler of somebody who is to be turned away, for the test at the start: without a
    /// certificate, or with one that nobody knows.
    func strangerHandler(hasCertificate: Bool) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(
            context: hasCertificate ? stranger : nobody, serverHostname: nil,
            customVerificationCallback: Self.callback { _ in true })
    }

    private static func callback(
        _ trust: @escaping Trust
    ) -> @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void {
        { certificates, promise in
            guard let leaf = certificates.first, let hash = PeerCertificate.tlsHash(of: leaf)
            else { return promise.succeed(.failed) }
            promise.completeWithTask { await trust(hash) ? .certificateVerified : .failed }
        }
    }
}

extension Channel {
    /// The SHA-256 of the SubjectPublicKeyInfo of the key that the other side showed, in this
    /// session or in the one it resumes; nil before the handshake is done.
    func peerTLSHash() async throws -> Hash? {
        guard let leaf = try await nioSSL_peerCertificate().get() else { return nil }
        return PeerCertificate.tlsHash(of: leaf)
    }
}
