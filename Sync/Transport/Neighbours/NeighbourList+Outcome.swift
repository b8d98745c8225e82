import SyncCore

extension NeighbourList {
    /// A visit that is over.
    struct Visit {
        let address: PeerAddress?
        let outcome: SessionOutcome
        /// The community's time.
        let milliseconds: UInt64
    }

    /// Takes what came of a visit. Answers under which name the neighbour stands now; nil where
    /// it is forgotten.
    mutating func ended(
        _ id: Neighbour.ID, _ visit: Visit, at now: Instant
    ) -> Neighbour.ID? {
        guard var entry = entries[id] else { return nil }
        entry.isTalking = false
        entry.neighbour.progress = nil
        guard let member = visit.outcome.member else {
            return failed(id, &entry, visit, at: now)
        }
        let proven = Neighbour.ID.device(member.device)
        guard proven != id else {
            reached(&entry, member, visit, at: now)
            put(entry, for: id)
            return id
        }
        return moved(id, entry, to: member, visit, at: now)
    }

    /// Another answered than the one expected: the address is the other's.
    private mutating func moved(
        _ id: Neighbour.ID, _ entry: Entry, to member: Membership.Member, _ visit: Visit,
        at now: Instant
    ) -> Neighbour.ID {
        let proven = Neighbour.ID.device(member.device)
        var other = entries[proven] ?? Entry(neighbour: Neighbour(visitor: member))
        if case .device = id {
            var left = entry
            left.neighbour.addresses.removeAll { $0 == visit.address }
            left.neighbour.contact = .unreachable(.anotherLaptop)
            left.failures += 1
            left.dueAt = now.advanced(by: pace.retry(afterFailures: left.failures))
            put(left, for: id)
            if left.neighbour.addresses.isEmpty && !left.isProven { forget(id) }
        } else {
            other.neighbour.sources.formUnion(entry.neighbour.sources)
            forget(id)
        }
        let wasTalking = entries[proven]?.isTalking ?? false
        if !wasTalking { reached(&other, member, visit, at: now) }
        put(other, for: proven)
        return proven
    }

    private func reached(
        _ entry: inout Entry, _ member: Membership.Member, _ visit: Visit, at now: Instant
    ) {
        entry.isProven = true
        entry.isTalking = false
        entry.neighbour.label = member.label
        entry.neighbour.received &+= visit.outcome.progress.received
        entry.neighbour.sent &+= visit.outcome.progress.sent
        if let address = visit.address {
            entry.neighbour.addresses.removeAll { $0 == address }
            entry.neighbour.addresses.insert(address, at: 0)
            entry.neighbour.addresses = Array(entry.neighbour.addresses.prefix(pace.addresses))
        }
        settle(&entry, visit, at: now)
    }

    private func settle(_ entry: inout Entry, _ visit: Visit, at now: Instant) {
        let wait: Duration
        switch visit.outcome.ending {
        case .same:
            entry.neighbour.agreement = .same
            entry.neighbour.digest = visit.outcome.digest
            wait = succeeded(&entry, visit)
        case .different(let difference):
            entry.neighbour.agreement = .different(difference)
            let usual = succeeded(&entry, visit)
            // Written meanwhile: soon again, unless something stands between them for good.
            wait = difference.isPassing ? pace.retry(afterFailures: 1) : usual
        case .fault(.busy):
            // It is just talking with us, or with too many others: as good as reached.
            entry.neighbour.contact = .reachable
            wait = pace.retry(afterFailures: 1)
        case .fault(let fault):
            entry.failures += 1
            entry.neighbour.contact =
                visit.outcome.unreachable.map { .unreachable($0) } ?? .broken(fault)
            wait = pace.retry(afterFailures: entry.failures)
        }
        entry.dueAt = now.advanced(by: entry.isDueAgain && entry.failures == 0 ? .zero : wait)
        entry.isDueAgain = false
    }

    private func succeeded(_ entry: inout Entry, _ visit: Visit) -> Duration {
        entry.failures = 0
        entry.neighbour.contact = .reachable
        entry.neighbour.lastContactMilliseconds = visit.milliseconds
        return pace.regular
    }

    private mutating func failed(
        _ id: Neighbour.ID, _ entry: inout Entry, _ visit: Visit, at now: Instant
    ) -> Neighbour.ID? {
        entry.failures += 1
        switch (visit.outcome.unreachable, visit.outcome.ending) {
        case (let reason?, _): entry.neighbour.contact = .unreachable(reason)
        case (nil, .fault(let fault)): entry.neighbour.contact = .broken(fault)
        case (nil, _): entry.neighbour.contact = .unreachable(.lost)
        }
        entry.isDueAgain = false
        entry.dueAt = now.advanced(by: pace.retry(afterFailures: entry.failures))
        let isOwn = entry.neighbour.contact == .unreachable(.ownAddress)
        let isHopeless =
            entry.failures >= pace.patience && !entry.isProven
            && !entry.neighbour.sources.contains(.typed)
        guard !isOwn, !isHopeless else {
            forget(id)
            return nil
        }
        put(entry, for: id)
        return id
    }
}

extension SyncSession.Difference {
    /// Whether only something written meanwhile makes the difference.
    var isPassing: Bool {
        !hasSameHeads && refused.isEmpty && refusedByOther.isEmpty && forks.isEmpty
            && unsendable.isEmpty
    }
}
