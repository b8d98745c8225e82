public import SyncCore

extension Synchronizer {
    /// Tries the addresses of a neighbour one after the other until a laptop answers.
    func visit(_ id: Neighbour.ID) async {
        var last = SessionOutcome(unreachable: .lost)
        var used: PeerAddress?
        for address in list[id]?.neighbour.addresses ?? [] {
            last = await session(id, address)
            used = address
            if last.member != nil || Task.isCancelled { break }
        }
        claims = claims.filter { $0.value != id }
        ended(id, used, last)
    }

    /// Holds a session at an address. The talk itself runs beside the actor.
    private func session(_ id: Neighbour.ID, _ address: PeerAddress) async -> SessionOutcome {
        let runner = SessionRunner(
            replica: replica, logger: logger,
            claim: { [weak self] member in await self?.claim(member.device, id) ?? false },
            report: { [weak self] member, progress in
                await self?.progressed(id, member, progress)
            })
        do {
            return try await client.visit(
                address, trusting: { [replica] in await replica.isMember(tlsHash: $0) },
                { link in
                    let outcome = try await runner.run(over: link)
                    await self.exchangePhotos(id, outcome, over: link)
                    return outcome
                })
        } catch let trouble as PeerTrouble {
            return SessionOutcome(trouble)
        } catch {
            return SessionOutcome(unreachable: .lost)
        }
    }

    /// Never two sessions with one laptop from this side.
    @discardableResult
    func claim(_ device: DeviceID, _ id: Neighbour.ID) -> Bool {
        guard claims[device] == nil else { return false }
        claims[device] = id
        return true
    }

    private func progressed(
        _ id: Neighbour.ID, _ member: Membership.Member?, _ progress: SyncSession.Progress
    ) {
        list.update(id) { neighbour in
            guard let member else { return }
            if neighbour.device == member.device { neighbour.label = member.label }
            neighbour.contact = .talking
            neighbour.progress = progress
        }
        publish()
    }

    /// Listens to the changes of a neighbour until the connection breaks.
    func listen(_ id: Neighbour.ID) async {
        if let neighbour = list[id]?.neighbour, let address = neighbour.addresses.first,
            let device = neighbour.device
        {
            _ = try? await client.visit(
                address,
                trusting: { [replica] key in
                    (try? await replica.member(tlsHash: key))?.device == device
                },
                { link in
                    try await link.changes { [weak self] hasNewHeads in
                        await self?.heard(id, hasNewHeads)
                    }
                })
        }
        list.listening(id, false, until: .now.advanced(by: pace.announced))
        // A link that broke is looked into at once; whoever cannot be reached is not listened to.
        list.wake(id, at: .now)
        publish()
        schedule()
    }

    private func heard(_ id: Neighbour.ID, _ hasNewHeads: Bool) {
        let isFirst = list[id]?.neighbour.isListenedTo == false
        if isFirst {
            list.update(id) { $0.isListenedTo = true }
            publish()
        }
        // Between the last session and the first sign it may have changed as well.
        guard hasNewHeads || isFirst else { return }
        list.wake(id, at: .now)
        schedule()
    }
}

extension Synchronizer: PeerWatcher {
    /// Of two sessions that cross, the one of the laptop with the greater name gives way.
    public func givesWay(_ device: DeviceID) -> Bool {
        claims[device] != nil && own < device
    }

    /// Notes that another laptop came here, and whether it holds the same.
    public func greeted(_ member: Membership.Member, sharing digest: Hash?) {
        let time = milliseconds()
        list.visited(member, at: .now) { neighbour in
            neighbour.lastContactMilliseconds = time
            neighbour.agreement = digest == nil ? .unknown : .same
            neighbour.digest = digest
        }
        publish()
    }

    /// Notes that another laptop listens here.
    public func attends(_ member: Membership.Member, _ isAttending: Bool) {
        let time = milliseconds()
        list.visited(member, at: .now) { neighbour in
            neighbour.lastContactMilliseconds = time
            neighbour.attendances = max(0, neighbour.attendances + (isAttending ? 1 : -1))
        }
        publish()
    }

    /// Notes what another laptop did here.
    public func visited(_ member: Membership.Member, received: UInt64, sent: UInt64) {
        list.visited(member, at: .now) { neighbour in
            neighbour.received &+= received
            neighbour.sent &+= sent
        }
        publish()
    }
}

extension SessionOutcome {
    /// No session came about.
    init(unreachable: Unreachable) {
        self.init(
            ending: .fault(.unreachable), unreachable: unreachable, member: nil,
            progress: SyncSession().progress)
    }

    init(_ trouble: PeerTrouble) {
        self.init(
            ending: .fault(trouble.fault), unreachable: trouble.reason, member: nil,
            progress: SyncSession().progress)
    }
}
