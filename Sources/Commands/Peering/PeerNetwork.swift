import Foundation
import Logging
import NIOCore
import ServiceLifecycle
import Store
import SyncCore
import SyncTransport

/// Everything that speaks with other laptops while the program runs. It begins when this laptop
/// belongs to a community, and begins anew when it comes to belong to another one.
actor PeerNetwork: Service {
    /// What runs for one community.
    struct Parts {
        let community: CommunityID
        let synchronizer: Synchronizer
        let desk: PairingDesk
    }

    nonisolated let store: Store
    nonisolated let port: Int
    nonisolated let isDiscovering: Bool
    private let folder: URL
    private let logger: Logger
    nonisolated let keys: DeviceKeys
    nonisolated let client: PeerClient
    nonisolated let others: HeardHeads
    private let tls: PeerTLS
    private let replica: StoreReplica
    private let shelf: StorePhotoShelf
    private(set) var parts: Parts?
    private(set) var isPortTaken = false
    private var isRunning = false
    private var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    private var nextWatcher = 0

    private static let portRetry = Duration.seconds(15)

    init(
        _ store: Store, keys files: KeyFiles, folder: URL, port: Int, isDiscovering: Bool,
        logger: Logger
    ) throws {
        self.store = store
        self.folder = folder
        self.port = port
        self.isDiscovering = isDiscovering
        self.logger = logger
        keys = try files.deviceKeys()
        tls = try PeerTLS(
            key: files.peerKey(), device: keys.device, serial: LiveWorld.randomBytes(16))
        client = PeerClient(tls: tls)
        others = HeardHeads(store)
        replica = StoreReplica(store: store, others: others)
        shelf = StorePhotoShelf(store: store)
    }

    /// Where other laptops were reached before.
    nonisolated var addresses: URL { folder.appendingPathComponent("addresses.json") }

    func run() async throws {
        isRunning = true
        do {
            try await cancelWhenGracefulShutdown { try await self.serveCommunities() }
        } catch is CancellationError {
            // The program ends.
        }
        await others.write()
    }

    private nonisolated func serveCommunities() async throws {
        while !Task.isCancelled {
            let community = try await nextCommunity(after: nil)
            try await withThrowingTaskGroup { group in
                group.addTask { try await self.serve(community) }
                group.addTask { _ = try await self.nextCommunity(after: community) }
                try await group.next()
                group.cancelAll()
            }
            await ended()
        }
    }

    /// A sign whenever something about the neighbours may have changed.
    func signs() -> AsyncStream<Void> {
        let (stream, tap) = AsyncStream.makeStream(
            of: Void.self, bufferingPolicy: .bufferingNewest(1))
        watchers[nextWatcher] = tap
        nextWatcher += 1
        return stream
    }

    /// Meets the office that was just paired with, as soon as the parts for its community run.
    func meet(_ address: PeerAddress, of community: CommunityID) async {
        // A command that runs alone only joins; the program meets the office when it serves.
        guard isRunning else { return }
        let signs = signs()
        if parts?.community != community {
            for await _ in signs where parts?.community == community { break }
        }
        guard let synchronizer = parts?.synchronizer else { return }
        Task { await synchronizer.meet(address) }
    }

    func sign() {
        watchers = watchers.filter { _, tap in
            if case .terminated = tap.yield() { false } else { true }
        }
    }

    /// Waits until this laptop belongs to a community other than this one.
    private func nextCommunity(after last: CommunityID?) async throws -> CommunityID {
        let changes = store.changes()
        if let now = try await store.community(), now != last { return now }
        for await _ in changes {
            if let now = try await store.community(), now != last { return now }
        }
        throw CancellationError()
    }

    private func serve(_ community: CommunityID) async throws {
        let store = store
        let own = Announcement(tag: CommunityTag(community), device: keys.device, port: port)
        let remembered = RememberedAddresses(file: addresses)
        var ways: [any Discovery] = [remembered]
        if isDiscovering {
            ways.append(DNSService(own, nonce: LiveWorld.randomBytes(8)))
            ways.append(Beacon(own, port: port + 1))
        }
        let synchronizer = Synchronizer(
            own: keys.device, client: client, replica: replica, shelf: shelf, ways: ways,
            remembered: remembered, milliseconds: { store.now }, logger: logger)
        let desk = PairingDesk(
            community: community, keys: keys, host: replica,
            milliseconds: LiveWorld.uptimeMilliseconds, randomBytes: LiveWorld.randomBytes)
        parts = Parts(community: community, synchronizer: synchronizer, desk: desk)
        sign()
        try await withThrowingTaskGroup { group in
            group.addTask { try await synchronizer.run() }
            group.addTask { [others] in await others.keep() }
            group.addTask { try await self.listen(desk, synchronizer) }
            group.addTask { for await _ in await synchronizer.states() { await self.sign() } }
            group.addTask { for await _ in await desk.phases() { await self.sign() } }
            // The first that fails ends the others; waiting for all would wait for ever.
            while try await group.next() != nil {}
        }
    }

    /// Serves other laptops; a port that another program has is tried again, because everything
    /// else goes on without it.
    private func listen(_ desk: PairingDesk, _ synchronizer: Synchronizer) async throws {
        while !Task.isCancelled {
            let server = PeerServer(
                port: port, tls: tls, replica: replica, door: desk, watcher: synchronizer,
                shelf: shelf, logger: logger)
            do {
                try await withThrowingTaskGroup { group in
                    group.addTask { try await server.run() }
                    group.addTask {
                        if await server.port() != nil { await self.setPortTaken(false) }
                    }
                    // The first that fails ends the others; waiting for all would wait for ever.
                    while try await group.next() != nil {}
                }
            } catch let error as IOError where error.errnoCode == EADDRINUSE {
                setPortTaken(true)
                try await Task.sleep(for: Self.portRetry)
            }
        }
    }

    private func ended() {
        parts = nil
        sign()
    }

    private func setPortTaken(_ isTaken: Bool) {
        isPortTaken = isTaken
        sign()
    }
}
