public import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import ServiceLifecycle
import SyncCore
import Synchronization

/// The listener for other laptops (port base + 44): mutual TLS 1.3, the requests of
/// ``PeerPath``, limits on everything. Before it serves anybody it dials itself without a
/// certificate and with a foreign one; if either is let in, it stops.
public final class PeerServer: Service, Sendable {
    typealias Connection = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

    /// What stops the listener.
    public enum Fault: Error, Sendable, Equatable {
        /// Somebody without a member's key was let in.
        case letsStrangersIn
        /// The listener could not be tried.
        case notProven
    }

    let replica: any Replica
    let door: (any PeerDoor)?
    let limits: PeerLimits
    let responder: PeerResponder
    let guests: PeerGuests
    let logger: Logger
    private let host: String
    private let wantedPort: Int
    private let tls: PeerTLS
    private let served = Mutex(Served.not([]))

    private enum Served {
        case not([CheckedContinuation<Int?, Never>])
        case at(Int)
        case over
    }

    /// Prepares the listener; port 0 takes any free one.
    public init(
        host: String = "0.0.0.0", port: Int, tls: PeerTLS, replica: any Replica,
        door: (any PeerDoor)? = nil, watcher: (any PeerWatcher)? = nil,
        shelf: (any PhotoShelf)? = nil, limits: PeerLimits = .init(), logger: Logger
    ) {
        self.host = host
        wantedPort = port
        self.tls = tls
        self.replica = replica
        self.door = door
        self.limits = limits
        self.logger = logger
        responder = PeerResponder(
            replica: replica, door: door, watcher: watcher, shelf: shelf, logger: logger)
        guests = PeerGuests(limits: limits)
    }

    /// Serves until the service ends.
    /// - Throws: ``Fault``, or what the system says where the port cannot be had.
    public func run() async throws {
        defer {
            settle(nil)
            guests.closeAll()
        }
        do {
            try await cancelWhenGracefulShutdown { try await self.listen() }
        } catch is CancellationError {
            // Ended while it was being proven; that is no failure.
        }
    }

    /// The port, as soon as the listener was proven; nil where it ended before.
    public func port() async -> Int? {
        await withCheckedContinuation { continuation in
            let known: Int?? = served.withLock { served in
                switch served {
                case .not(let waiting):
                    served = .not(waiting + [continuation])
                    return nil
                case .at(let port): return .some(port)
                case .over: return .some(nil)
                }
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Closes the connections of all who do not belong to the community any more.
    public func recheck() async {
        let isOpen = await door?.isOpen() ?? false
        for key in guests.keys {
            switch try? await replica.standing(tlsHash: key) {
            case .member: continue
            case .stranger, .removed: guests.close(key, sparingPairings: isOpen)
            case nil: guests.close(key)
            }
        }
    }

    private func settle(_ port: Int?) {
        let waiting = served.withLock { served -> [CheckedContinuation<Int?, Never>] in
            defer { served = port.map { .at($0) } ?? .over }
            guard case .not(let waiting) = served else { return [] }
            return waiting
        }
        for continuation in waiting { continuation.resume(returning: port) }
    }

    private func listen() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // No options of children here: where one cannot be set, because its connection is
            // gone already, NIO ends the whole listener.
            .bind(host: host, port: wantedPort) { channel in
                channel.eventLoop.makeCompletedFuture {
                    do {
                        return try self.prepare(channel)
                    } catch {
                        channel.close(promise: nil)
                        throw error
                    }
                }
            }
        let port = listener.channel.localAddress?.port ?? wantedPort
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await listener.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { guests in
                        for try await connection in connections {
                            guests.addTask { await self.serve(connection) }
                        }
                    }
                }
            }
            group.addTask {
                try await SelfTest(tls: self.tls, limits: self.limits).prove(
                    host: self.host == "0.0.0.0" ? "127.0.0.1" : self.host, port: port)
                self.settle(port)
                for await _ in self.replica.newHeads() { await self.recheck() }
            }
            // The first that fails ends the others; waiting for all would wait for ever.
            while try await group.next() != nil {}
        }
    }

    private func prepare(_ channel: any Channel) throws -> Connection {
        guard guests.admit(channel) else { throw ChannelError.ioOnClosedChannel }
        try channel.syncOptions?.setOption(.socketOption(.so_keepalive), value: 1)
        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try channel.syncOptions?.setOption(
            .tcpOption(.init(rawValue: PeerDialer.userTimeout)),
            value: PeerDialer.milliseconds(limits.unacknowledged))
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(tls.serverHandler { await self.isTrusted($0) })
        var fields = NIOHTTPDecoderLimitConfiguration()
        fields.maxHeaderFieldSize = limits.headBytes
        fields.maxHeaderListSize = limits.headBytes
        fields.maxHeaderFieldCount = limits.headFields
        try pipeline.configureHTTPServerPipeline(
            withErrorHandling: true, withEncoderConfiguration: .init(),
            withDecoderLimitConfiguration: fields)
        try pipeline.addHandler(RequestPace(limits: limits))
        let connection = try Connection(
            wrappingChannelSynchronously: channel,
            configuration: .init(isOutboundHalfClosureEnabled: false))
        // NIO traps where one is let go by that was neither served nor closed, as those that
        // arrive in the moment in which the listener ends.
        channel.closeFuture.whenComplete { _ in withExtendedLifetime(connection) {} }
        return connection
    }

    /// Whether the owner of a key may finish the handshake.
    private func isTrusted(_ tlsHash: Hash) async -> Bool {
        switch try? await replica.standing(tlsHash: tlsHash) {
        // One that was removed hears so at each request: a handshake that breaks off would leave
        // the person before it guessing.
        case .member, .removed: true
        case .stranger: await door?.isOpen() ?? false
        case nil: false
        }
    }
}
