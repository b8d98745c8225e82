import NIOCore
import NIOPosix

/// Calls out on all networks by broadcast, at the start and every half minute, and answers who
/// calls: many access points let no multicast through, and some pass broadcasts one way only.
public struct Beacon: Discovery {
    typealias Envelope = AddressedEnvelope<ByteBuffer>

    /// This way of finding.
    public let source = DiscoverySource.beacon
    private let own: Announcement
    private let port: Int
    private let host: String
    private let interfaces: NetworkInterfaces?
    private let targets: [PeerAddress]
    private let every: Duration

    private static let answersPerSecond = 32

    /// Prepares it. `targets` are called beside the broadcast addresses of the interfaces;
    /// without interfaces, in place of them.
    public init(
        _ own: Announcement, port: Int, host: String = "0.0.0.0",
        interfaces: NetworkInterfaces? = .init(), targets: [PeerAddress] = [],
        every: Duration = .seconds(30)
    ) {
        self.own = own
        self.port = port
        self.host = host
        self.interfaces = interfaces
        self.targets = targets
        self.every = every
    }

    /// Calls and answers until the task is cancelled; begins again where the network goes away.
    public func run(_ report: @escaping @Sendable (DiscoveryEvent) -> Void) async {
        while !Task.isCancelled {
            do {
                let channel = try await open()
                report(.status(source, .working))
                try await channel.executeThenClose { inbound, outbound in
                    try await talk(inbound, outbound, report)
                }
            } catch {
                report(.status(source, .noNetwork))
            }
            try? await Task.sleep(for: .seconds(5))
        }
    }

    private func open() async throws -> NIOAsyncChannel<Envelope, Envelope> {
        try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_reuseaddr), value: 1)
            .channelOption(.socketOption(.so_broadcast), value: 1)
            .bind(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }

    private func talk(
        _ inbound: NIOAsyncChannelInboundStream<Envelope>,
        _ outbound: NIOAsyncChannelOutboundWriter<Envelope>,
        _ report: @Sendable (DiscoveryEvent) -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                while true {
                    await call(outbound)
                    try await Task.sleep(for: every)
                }
            }
            defer { group.cancelAll() }
            var allowance = Allowance(perSecond: Self.answersPerSecond)
            for try await envelope in inbound {
                guard let message = BeaconMessage(bytes: Array(envelope.data.readableBytesView)),
                    message.announcement.tag == own.tag,
                    message.announcement.device != own.device,
                    let host = envelope.remoteAddress.ipAddress,
                    let address = PeerAddress(host: host, port: message.announcement.port),
                    allowance.take(at: .now)
                else { continue }
                report(
                    .found(
                        PeerHint(
                            address: address, device: message.announcement.device,
                            source: source)))
                if message.wantsAnswer {
                    await send(to: envelope.remoteAddress, wantsAnswer: false, outbound)
                }
            }
        }
    }

    /// Calls out on every network; one that is just going away does not matter.
    private func call(_ outbound: NIOAsyncChannelOutboundWriter<Envelope>) async {
        let devices = interfaces == nil ? [] : (try? System.enumerateDevices()) ?? []
        var places = devices.filter { interfaces?.isUsed($0.name) ?? false }
            .compactMap(\.broadcastAddress)
        for index in places.indices { places[index].port = port }
        places += targets.compactMap { try? SocketAddress(ipAddress: $0.host, port: $0.port) }
        for place in places where place.protocol == .inet {
            await send(to: place, wantsAnswer: true, outbound)
        }
    }

    private func send(
        to place: SocketAddress, wantsAnswer: Bool,
        _ outbound: NIOAsyncChannelOutboundWriter<Envelope>
    ) async {
        let message = BeaconMessage(own, wantsAnswer: wantsAnswer)
        let data = ByteBuffer(bytes: message.bytes)
        try? await outbound.write(Envelope(remoteAddress: place, data: data))
    }
}

/// So many a second, and no more.
struct Allowance {
    private let perSecond: Int
    private var second: ContinuousClock.Instant?
    private var used = 0

    init(perSecond: Int) { self.perSecond = perSecond }

    /// Takes one; false where there are none left for now.
    mutating func take(at now: ContinuousClock.Instant) -> Bool {
        if second.map({ now - $0 >= .seconds(1) }) ?? true {
            second = now
            used = 0
        }
        used += 1
        return used <= perSecond
    }
}
