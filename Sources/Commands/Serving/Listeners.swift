import Foundation
import Hall
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
    /// A room of people with phones that stay connected, and some who only try.
    private static let hallConnections = 900

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

    /// The projector and people's phones, on all addresses.
    func hall(_ hall: Hall, port: Int) -> some Service {
        Application(
            router: hall.router(), server: Self.plain,
            configuration: configuration(
                .hostname("0.0.0.0", port: port), connections: Self.hallConnections),
            logger: core.logger)
    }

    private static let plain = HTTPServerBuilder.paced(idleTimeout: idle)

    private func configuration(
        _ address: BindAddress, connections: Int = Self.connections
    ) -> ApplicationConfiguration {
        ApplicationConfiguration(
            address: address,
            availableConnectionsDelegate: .maximum(connections, logger: core.logger))
    }
}
