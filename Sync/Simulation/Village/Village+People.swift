import SyncCore

/// Who comes, who goes and who comes back.
extension Village {
    /// The first laptop founds the community.
    mutating func found() throws {
        let identity = try Identity(number: 0, &generator)
        guard let nonce = Nonce(bytes: generator.bytes(16)) else { throw EncodingError.truncated }
        let founding = Statement(
            stamp: Stamp(milliseconds: SimulatedClock.today),
            act: .found(.init(nonce: nonce, keys: identity.keys, label: identity.label)))
        let branch = Branch(device: identity.device, epoch: generator.next())
        let entries = try Replica.entries(
            [founding.bytes], after: .none, of: branch, by: identity,
            at: .init(milliseconds: SimulatedClock.today, isTrusted: true), actor: "")
        let hash = entries.first?.hash ?? .zero
        var founder = replica(identity, CommunityID(founding: hash), sponsor: nil)
        founder.disk.epoch = branch.epoch
        founder.disk.logs[branch] = HeldLog(key: identity.keys.log, entries: entries)
        founder.take(entries)
        founder.refresh()
        join(founder)
    }

    private mutating func replica(
        _ identity: Identity, _ community: CommunityID, sponsor: DeviceID?
    ) -> Replica {
        Replica(
            identity, community: community, sponsor: sponsor, rules: rules,
            isLater: generator.chance(25), wall: wall(),
            frameBytes: generator.chance(30) ? generator.number(300...3000) : SyncLimits.frameBytes,
            generator: SeededGenerator(seed: generator.next()))
    }

    mutating func join(_ replica: Replica) {
        replicas.append(replica)
        backups.append([])
        islands.append(0)
    }

    /// A new laptop is paired with an office and admitted.
    mutating func admit(by office: Int) throws {
        let identity = try Identity(number: replicas.count, &generator)
        let role: DeviceRole = generator.chance(40) ? .office : .clerk
        let admission = Statement.Admission(
            term: 1, role: role, keys: identity.keys, label: identity.label)
        try replicas[office].state(.admit(admission))
        let number = replicas.count
        tell(
            "\(Telling.name(office)) admits \(Telling.name(number)), \(identity.device), "
                + "as \(role)")
        let sponsor = replicas[office]
        join(replica(identity, sponsor.community, sponsor: sponsor.device))
        if generator.chance(70) { try meet(replicas.count - 1, office, isCalm: isCalm) }
    }

    mutating func admitSomebody() throws {
        guard replicas.count < plan.most, let office = anOffice() else { return }
        try admit(by: office)
    }

    private mutating func anOffice() -> Int? {
        generator.pick(replicas.indices.filter { replicas[$0].isOffice })
    }

    /// An office removes a laptop; what it holds of its logs counts.
    mutating func remove() throws {
        guard let office = anOffice() else { return }
        let replica = replicas[office]
        let others = replica.view.membership.members.values
            .filter { !$0.isRemoved && $0.device != replica.device }
            .sorted { $0.device < $1.device }
        guard others.count > 1, let member = generator.pick(others) else { return }
        var accepted: [UInt64: UInt64] = [:]
        for (branch, log) in replica.disk.logs where branch.device == member.device {
            accepted[branch.epoch] = log.head.sequence
        }
        try replicas[office].state(
            .remove(.init(device: member.device, term: member.term, accepted: accepted)))
        counts.removals += 1
        tell(
            "\(Telling.name(office)) removes \(member.device), "
                + "accepting \(accepted.values.sorted())")
    }

    /// An office admits a laptop again that had been removed.
    mutating func readmit() throws {
        guard let office = anOffice() else { return }
        let membership = replicas[office].view.membership
        let removed = membership.members.values.filter(\.isRemoved)
            .sorted { $0.device < $1.device }
        guard let member = generator.pick(removed),
            let term = membership.term(toAdmit: member.device)
        else { return }
        try replicas[office].state(
            .admit(
                .init(term: term, role: member.role, keys: member.keys, label: member.label)))
        counts.readmissions += 1
        tell("\(Telling.name(office)) admits \(member.device) again for term \(term)")
    }
}
