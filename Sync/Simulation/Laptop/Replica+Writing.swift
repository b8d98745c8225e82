import SyncCore

/// What a person wants to write into one field.
struct Wish: Sendable {
    let field: String
    let content: Content
    /// Whether the person looked at the conflict and put all its values aside.
    let isResolving: Bool
}

/// One field's edit that was committed: the person was told that it is saved.
struct Edit: Sendable {
    /// The entry it stands in.
    let entry: Hash
    let branch: Branch
    let sequence: UInt64
    let key: RecordKey
    let field: String
    let stamp: Stamp
    let content: Content
    /// The entries whose values its author had seen and put aside.
    let putAside: [Hash]
    /// How often its author had been restored by then.
    let restores: Int
}

extension Replica {
    /// Commits payloads in one transaction, sealed once.
    @discardableResult
    mutating func commit(_ payloads: [[UInt8]], actor: String = "") throws -> [Kept] {
        // Nothing more is written to a log that forked.
        if disk.forked.contains(branch) { disk.epoch = generator.next() }
        let entries = try Self.entries(
            payloads, after: disk.logs[branch]?.head ?? .none, of: branch, by: identity,
            at: clock.read(), actor: actor)
        disk.logs[branch, default: HeldLog(key: identity.keys.log)].entries += entries
        disk.floor = clock.floor
        take(entries)
        return entries
    }

    /// The next entries of a log, the last of them sealed.
    static func entries(
        _ payloads: [[UInt8]], after start: Head, of branch: Branch, by identity: Identity,
        at time: CommunityClock.Reading, actor: String
    ) throws -> [Kept] {
        var head = start
        return try payloads.enumerated().map { index, payload in
            let header = EntryHeader(
                branch: branch, sequence: head.sequence + 1, previous: head.hash,
                payload: Hash(of: payload), commit: start.sequence + 1,
                milliseconds: time.milliseconds, isTimeTrusted: time.isTrusted, actor: actor)
            head = Head(sequence: header.sequence, hash: header.hash)
            let isLast = index == payloads.count - 1
            let signature = isLast ? try Seal.sign(head.hash, with: identity.signing) : nil
            return Kept(
                LogEntry(header: header, payload: payload[...], signature: signature),
                hash: head.hash)
        }
    }

    /// Commits one record's new values.
    mutating func edit(
        _ key: RecordKey, _ wishes: [Wish], inLaterFormat: Bool, actor: String
    ) throws -> [Edit] {
        let now = clock.read().milliseconds
        let stamp = Stamp(milliseconds: rules.stamps == .wallClock ? clock.wall : now)
        let fields = wishes.map { field($0, of: key, stamp: stamp) }
        let change = RecordChange(
            entity: key.entity, record: key.record, stamp: stamp, fields: fields)
        let putAside = fields.map { sources(of: $0, key) }
        let bytes = Payload.bytes(view.forks.unambiguous(change))
        let payload = inLaterFormat ? [Kept.laterFormat] + bytes : bytes
        guard let kept = try commit([payload], actor: actor).first else { return [] }
        refresh()
        return zip(fields, putAside).map { field, putAside in
            Edit(
                entry: kept.hash, branch: kept.branch, sequence: kept.sequence, key: key,
                field: field.name, stamp: change.stamp(of: field), content: field.content,
                putAside: putAside, restores: restores)
        }
    }

    private func field(_ wish: Wish, of key: RecordKey, stamp: Stamp) -> RecordChange.Field {
        guard let register = view.values[key, wish.field]?.register else {
            let void = voidStamp(of: key).flatMap { $0 >= stamp ? $0.next : nil }
            return RecordChange.Field(wish.field, wish.content, stamp: void)
        }
        let current = register.current
        // What says the same as the value one changes was seen with it.
        let settles = register.siblings.filter {
            wish.isResolving || $0.content.isIdentical(to: current.content)
        }
        let seen = [current.version.stamp, voidStamp(of: key)].compactMap(\.self).max()
        var own = stamp
        if rules.stamps == .afterSeen, let seen, seen >= stamp { own = seen.next }
        return RecordChange.Field(
            wish.field, wish.content, stamp: own == stamp ? nil : own, base: current.version,
            settles: settles.map(\.version))
    }

    /// The latest stamp of its own edits of a record, where some of its entries do not count. After
    /// its next admission they do again, and no other edit may have the version of one.
    private func voidStamp(of key: RecordKey) -> Stamp? {
        guard let log = disk.logs[branch],
            view.everyone.members[branch.device] != nil,
            !view.membership.accepts(branch, sequence: log.head.sequence)
        else { return nil }
        return log.entries.lazy.compactMap { kept -> Stamp? in
            guard let change = kept.change, change.entity == key.entity,
                change.record == key.record
            else { return nil }
            return change.fields.map { change.stamp(of: $0) }.max()
        }.max()
    }

    private func sources(of field: RecordChange.Field, _ key: RecordKey) -> [Hash] {
        var versions = field.settles
        if let base = field.base { versions.append(base) }
        return versions.compactMap { version in
            view.values.sources[Source(key: key, field: field.name, version: version)]
        }
    }

    /// Commits a statement.
    mutating func state(_ act: Statement.Act) throws {
        let stamp = Stamp(milliseconds: clock.read().milliseconds)
        try commit([Statement(stamp: stamp, act: act).bytes])
        refresh()
    }
}
