import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOCore
import NIOSSL
import ServiceLifecycle
import SyncTransport
import WebUI

/// The listeners of a running program, each a service.
struct Listeners {
    private static let idle = TimeAmount.seconds(60)
    private static let connections = 512

    let core: Core

    /// The laptop's own browser.
    func desk(port: Int, running: @escaping @Sendable () async -> Void) -> some Service {
        Application(
            router: DeskRouter.build(office: core.office, listener: .desk(port: port)),
            server: Self.plain,
            configuration: configuration(.hostname("127.0.0.1", port: port)),
            onServerRunning: { _ in await running() }, logger: core.logger)
    }

    /// Phones and other laptops of the working group.
    func network(port: Int) throws -> some Service {
        let (chain, key) = try WebIdentity(core: core).load()
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        return Application(
            router: DeskRouter.build(office: core.office, listener: .network(port: port)),
            server: try .tls(Self.plain, tlsConfiguration: tls),
            configuration: configuration(.hostname("0.0.0.0", port: port)), logger: core.logger)
    }

    /// The command line of the same user. The lock is held, so a socket that is there is stale.
    func socket(running: @escaping @Sendable () async -> Void) -> some Service {
        let path = SocketPath.of(core.folder)
        unlink(path)
        return Application(
            router: DeskRouter.build(office: core.office, listener: .socket),
            server: Self.plain, configuration: configuration(.unixDomainSocket(path: path)),
            onServerRunning: { _ in await running() }, logger: core.logger)
    }

    private static let plain = HTTPServerBuilder.paced(idleTimeout: idle)

    private func configuration(_ address: BindAddress) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: address,
            availableConnectionsDelegate: .maximum(
                Self.connections, logger: core.logger))
    }
}
