import SyncCore

/// Whom to talk with when: bounded, and without a clock or a network of its own.
struct NeighbourList {
    typealias Instant = ContinuousClock.Instant

    struct Entry {
        var neighbour: Neighbour
        /// When it is to be talked with next; nil for as soon as possible.
        var dueAt: Instant?
        var lastTry: Instant?
        var failures = 0
        /// Whether a member ever answered there.
        var isProven = false
        var isTalking = false
        /// Whether something changed while a session was going on.
        var isDueAgain = false
        var isListening = false
        /// When its changes may be listened to again.
        var unheardUntil: Instant?
    }

    private(set) var entries: [Neighbour.ID: Entry] = [:]
    private let own: DeviceID
    let pace: SynchronizerPace

    init(own: DeviceID, pace: SynchronizerPace) {
        self.own = own
        self.pace = pace
    }

    /// The neighbours in a lasting order.
    var neighbours: [Neighbour] {
        entries.values.map(\.neighbour).sorted { Self.order($0) < Self.order($1) }
    }

    private static func order(_ neighbour: Neighbour) -> String {
        switch neighbour.id {
        case .device(let device): "0 \(neighbour.label?.text ?? "~") \(device)"
        case .address(let address): "1 \(address)"
        }
    }

    /// How many sessions go on.
    var talking: Int { entries.values.count(where: \.isTalking) }

    subscript(id: Neighbour.ID) -> Entry? { entries[id] }

    /// Takes a hint. Answers whose it is; nil where it was ignored.
    @discardableResult
    mutating func found(_ hint: PeerHint, at now: Instant) -> Neighbour.ID? {
        guard hint.device != own else { return nil }
        let id = knownID(of: hint)
        guard var entry = entries[id] else { return add(hint, id) }
        entry.neighbour.sources.insert(hint.source)
        let isNew = !entry.neighbour.addresses.contains(hint.address)
        if isNew {
            // The first is the one that worked last; the newest comes next.
            let place = entry.isProven ? 1 : 0
            entry.neighbour.addresses.insert(hint.address, at: place)
            entry.neighbour.addresses = Array(entry.neighbour.addresses.prefix(pace.addresses))
        }
        let isWaiting = entry.failures > 0 && hint.source != .remembered
        if isWaiting || (isNew && !entry.neighbour.isTalked) {
            let soon = entry.lastTry.map { $0.advanced(by: pace.announced) } ?? now
            entry.dueAt = min(entry.dueAt ?? soon, max(soon, now))
        }
        entries[id] = entry
        return id
    }

    /// A hint without a name may be of an address that already has one.
    private func knownID(of hint: PeerHint) -> Neighbour.ID {
        if let device = hint.device { return .device(device) }
        let known = entries.first { $0.value.neighbour.addresses.contains(hint.address) }
        return known?.key ?? .address(hint.address)
    }

    private mutating func add(_ hint: PeerHint, _ id: Neighbour.ID) -> Neighbour.ID? {
        let isWanted = hint.source == .typed || hint.source == .remembered
        let strangers = entries.filter { !$0.value.isProven && !$0.value.isTalking }
        if strangers.count >= pace.strangers || entries.count >= pace.neighbours {
            // Only one that failed makes room, unless a person asked.
            let worst = strangers.max { $0.value.failures < $1.value.failures }
            guard let worst, worst.value.failures > 0 || isWanted else { return nil }
            entries[worst.key] = nil
        }
        entries[id] = Entry(neighbour: Neighbour(hint))
        return id
    }

    /// Those to be talked with now, the longest waiting first.
    func due(at now: Instant) -> [Neighbour.ID] {
        let room = pace.sessions - talking
        guard room > 0 else { return [] }
        let waiting = entries.filter { _, entry in
            !entry.isTalking && !entry.neighbour.addresses.isEmpty
                && (entry.dueAt.map { $0 <= now } ?? true)
        }
        // Members go before those who may be anybody.
        let ordered = waiting.sorted { left, right in
            if left.value.isProven != right.value.isProven { return left.value.isProven }
            guard let one = left.value.lastTry else { return right.value.lastTry != nil }
            guard let other = right.value.lastTry else { return false }
            return one < other
        }
        return ordered.prefix(room).map(\.key)
    }

    /// Those whose changes are to be listened to.
    func unheard(at now: Instant) -> [Neighbour.ID] {
        entries.filter { _, entry in
            entry.isProven && !entry.isListening && entry.neighbour.contact == .reachable
                && (entry.unheardUntil.map { $0 <= now } ?? true)
        }.map(\.key)
    }

    mutating func begin(_ id: Neighbour.ID, at now: Instant) {
        entries[id]?.isTalking = true
        entries[id]?.isDueAgain = false
        entries[id]?.lastTry = now
    }

    mutating func update(_ id: Neighbour.ID, _ change: (inout Neighbour) -> Void) {
        guard var entry = entries[id] else { return }
        change(&entry.neighbour)
        entries[id] = entry
    }

    mutating func listening(_ id: Neighbour.ID, _ isListening: Bool, until: Instant? = nil) {
        entries[id]?.isListening = isListening
        entries[id]?.unheardUntil = until
        if !isListening { entries[id]?.neighbour.isListenedTo = false }
    }

    /// Something changed there, or a person asks.
    mutating func wake(_ id: Neighbour.ID, at now: Instant) {
        entries[id]?.dueAt = now
        entries[id]?.isDueAgain = true
    }

    /// Something changed here: all who can be reached shall have it. So shall one who is just
    /// being talked with for the first time, and was told before what there was.
    mutating func wakeReachable(at now: Instant) {
        for (id, entry) in entries
        where entry.isTalking || (entry.isProven && entry.failures == 0) {
            wake(id, at: now)
        }
    }

    /// A member came here by itself; it may be one that cannot be reached from here. One that
    /// could not be reached is tried again.
    mutating func visited(
        _ member: Membership.Member, at now: Instant, _ change: (inout Neighbour) -> Void
    ) {
        let id = Neighbour.ID.device(member.device)
        var entry = entries[id] ?? Entry(neighbour: Neighbour(visitor: member))
        entry.neighbour.label = member.label
        change(&entry.neighbour)
        if entry.failures > 0, !entry.isTalking {
            let soon = entry.lastTry.map { $0.advanced(by: pace.announced) } ?? now
            entry.dueAt = min(entry.dueAt ?? soon, max(soon, now))
        }
        entries[id] = entry
    }

    mutating func forget(_ id: Neighbour.ID) { entries[id] = nil }

    mutating func put(_ entry: Entry, for id: Neighbour.ID) { entries[id] = entry }
}

extension Neighbour {
    /// Whether it was ever talked with to the end.
    var isTalked: Bool { lastContactMilliseconds != nil }
}
