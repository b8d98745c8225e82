public import Logging
public import ServiceLifecycle
public import SyncCore

/// Keeps this laptop and its neighbours the same: talks with each as soon as it is found, when
/// anything changes on either side, and every few minutes.
public actor Synchronizer: Service {
    enum Job: Sendable {
        case meet(Neighbour.ID)
        case listen(Neighbour.ID)
    }

    let own: DeviceID
    let client: PeerClient
    let replica: any Replica
    let shelf: (any PhotoShelf)?
    let pace: SynchronizerPace
    let logger: Logger
    private let ways: [any Discovery]
    private let remembered: RememberedAddresses?
    let milliseconds: @Sendable () -> UInt64
    var list: NeighbourList
    /// Laptops with which a session goes on from this side.
    var claims: [DeviceID: Neighbour.ID] = [:]
    private var sources: [DiscoverySource: DiscoveryStatus] = [:]
    /// How the photos stood when a laptop and this one had all of them that the other had.
    var photosSettled: [DeviceID: PhotoMark] = [:]
    /// What is to be done. It is there before ``run()``, so that nobody who is to be met right
    /// after pairing is missed; nil when the service has ended.
    private var jobs: AsyncStream<Job>.Continuation?
    private let jobStream: AsyncStream<Job>
    private var watchers: [Int: AsyncStream<Neighbourhood>.Continuation] = [:]
    private var nextWatcher = 0
    private var waiting: [Neighbour.ID: [CheckedContinuation<Neighbour?, Never>]] = [:]

    /// Prepares it. `milliseconds` is the community's time, since 1970.
    public init(
        own: DeviceID, client: PeerClient, replica: any Replica,
        shelf: (any PhotoShelf)? = nil, ways: [any Discovery],
        remembered: RememberedAddresses?, pace: SynchronizerPace = .init(),
        milliseconds: @escaping @Sendable () -> UInt64, logger: Logger
    ) {
        (jobStream, jobs) = AsyncStream.makeStream(of: Job.self)
        self.own = own
        self.client = client
        self.replica = replica
        self.shelf = shelf
        self.pace = pace
        self.logger = logger
        self.ways = ways
        self.remembered = remembered
        self.milliseconds = milliseconds
        list = NeighbourList(own: own, pace: pace)
    }

    /// Works until the service ends.
    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.work() }
    }

    /// What the screens show: at once, and after each change. A reader that left is forgotten at
    /// the next change.
    public func states() -> AsyncStream<Neighbourhood> {
        let (states, tap) = AsyncStream.makeStream(
            of: Neighbourhood.self, bufferingPolicy: .bufferingNewest(1))
        let number = nextWatcher
        nextWatcher += 1
        watchers[number] = tap
        tap.yield(state)
        return states
    }

    /// What the screens show now.
    public var state: Neighbourhood {
        Neighbourhood(neighbours: list.neighbours, sources: sources)
    }

    /// Tries an address that somebody typed, and answers what came of it when the service runs;
    /// nil where it has ended, or has no room for more neighbours.
    public func meet(_ address: PeerAddress) async -> Neighbour? {
        let hint = PeerHint(address: address, device: nil, source: .typed)
        guard jobs != nil, let id = list.found(hint, at: .now) else { return nil }
        return await meet(id)
    }

    /// Talks with a neighbour now, and answers what came of it; nil where it is not known.
    public func meet(_ id: Neighbour.ID) async -> Neighbour? {
        guard jobs != nil, let known = list[id]?.neighbour else { return nil }
        guard !known.addresses.isEmpty else { return known }
        list.wake(id, at: .now)
        return await withCheckedContinuation { continuation in
            waiting[id, default: []].append(continuation)
            schedule()
        }
    }

    /// Talks with all neighbours now.
    public func meetAll() {
        for neighbour in list.neighbours { list.wake(neighbour.id, at: .now) }
        schedule()
    }

    private func work() async {
        let (events, report) = AsyncStream.makeStream(
            of: DiscoveryEvent.self, bufferingPolicy: .bufferingNewest(256))
        // Listened to before anybody is talked with: what is written meanwhile is not missed.
        let newHeads = replica.newHeads()
        await withDiscardingTaskGroup { group in
            for way in ways {
                group.addTask { await way.run { report.yield($0) } }
            }
            group.addTask { for await event in events { await self.take(event) } }
            group.addTask { for await _ in newHeads { await self.changed() } }
            group.addTask { [pace] in
                while (try? await Task.sleep(for: pace.tick)) != nil { await self.schedule() }
            }
            for await job in jobStream {
                switch job {
                case .meet(let id): group.addTask { await self.visit(id) }
                case .listen(let id): group.addTask { await self.listen(id) }
                }
            }
        }
        jobs = nil
        for id in Array(waiting.keys) { answer(id, as: id) }
    }

    private func take(_ event: DiscoveryEvent) {
        switch event {
        case .found(let hint): list.found(hint, at: .now)
        case .status(let source, let status): sources[source] = status
        }
        schedule()
        publish()
    }

    private func changed() {
        list.wakeReachable(at: .now)
        schedule()
    }

    /// Begins what is due.
    func schedule() {
        guard let jobs else { return }
        let now = ContinuousClock.now
        for id in waiting.keys where list[id] == nil { answer(id, as: nil) }
        for id in list.due(at: now) {
            list.begin(id, at: now)
            jobs.yield(.meet(id))
        }
        for id in list.unheard(at: now) {
            list.listening(id, true)
            jobs.yield(.listen(id))
        }
    }

    /// Takes what came of a visit.
    func ended(_ id: Neighbour.ID, _ address: PeerAddress?, _ outcome: SessionOutcome) {
        let time = milliseconds()
        let visit = NeighbourList.Visit(address: address, outcome: outcome, milliseconds: time)
        let before = list[id]?.neighbour
        let name = list.ended(id, visit, at: .now)
        if let address, let device = outcome.member?.device, outcome.isWhole {
            do {
                try remembered?.note(device, at: address, milliseconds: time)
            } catch {
                logger.warning(
                    "address not remembered", metadata: ["error": "\(type(of: error))"])
            }
        }
        if name == nil, let reason = outcome.unreachable, var forgotten = before {
            // Whoever asked is told why, also where nothing is kept of it, as of our own address.
            forgotten.contact = .unreachable(reason)
            answer(id, forgotten)
        } else {
            answer(id, as: name)
        }
        publish()
        schedule()
    }

    private func answer(_ id: Neighbour.ID, as name: Neighbour.ID?) {
        answer(id, name.flatMap { list[$0]?.neighbour })
    }

    private func answer(_ id: Neighbour.ID, _ neighbour: Neighbour?) {
        for continuation in waiting.removeValue(forKey: id) ?? [] {
            continuation.resume(returning: neighbour)
        }
    }

    func publish() {
        let now = state
        for (number, tap) in watchers {
            if case .terminated = tap.yield(now) { watchers[number] = nil }
        }
    }
}

extension SessionOutcome {
    /// Whether the session came to its end.
    var isWhole: Bool {
        switch ending {
        case .same, .different: true
        case .fault: false
        }
    }
}
