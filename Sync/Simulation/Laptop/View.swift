import SyncCore

/// What follows from the entries a laptop holds: who belongs, and the current values. It could be
/// made anew at any time, and is where that is simpler than to go on from what there was.
struct View: Sendable {
    /// Who belongs to the community.
    private(set) var membership: Membership
    /// The same as if nobody had been removed: everybody whose log is taken, kept and forwarded.
    /// Statements of laptops that removals have made strangers can count; all must know them.
    private(set) var everyone: Membership
    /// Entries of forked logs that other logs carry.
    private(set) var evidence: [Branch: [Hash: Kept]] = [:]
    private(set) var values = Values()
    /// How many entries mean nothing to this program.
    private(set) var unknown = 0
    /// Whether values have to be made anew, because an entry came that changes what others mean.
    private(set) var isStale = false

    /// What versions of forked logs mean.
    private(set) var forks = ForkIndex()

    private let community: CommunityID
    private let isLater: Bool
    private let rules: Rules
    private var statements: [Membership.Entry] = []

    init(_ community: CommunityID, isLater: Bool, rules: Rules) {
        self.community = community
        self.isLater = isLater
        self.rules = rules
        membership = Membership(community, [])
        everyone = membership
    }

    /// Makes everything anew from the logs.
    init(_ community: CommunityID, isLater: Bool, rules: Rules, logs: [Branch: HeldLog]) {
        self.init(community, isLater: isLater, rules: rules)
        for (_, log) in logs.sorted(by: { $0.key < $1.key }) {
            for kept in log.entries { note(kept) }
        }
        isStale = true
        refresh(logs)
    }

    /// Takes entries in that were appended to logs. Values may be stale until ``refresh(_:)``.
    mutating func take(_ news: some Collection<Kept>) {
        if !evidence.isEmpty, !news.isEmpty { isStale = true }
        var hasStatements = false
        for kept in news {
            note(kept)
            if case .statement = kept.said { hasStatements = true }
            merge(kept)
        }
        guard hasStatements else { return }
        assemble()
        isStale = true
    }

    /// The digest of the values.
    mutating func digest() -> Hash { values.currentDigest() }

    /// Takes in what entries carry as evidence.
    mutating func learn(_ news: some Sequence<Kept>) {
        for kept in news {
            for side in kept.all.dropFirst() {
                evidence[side.branch, default: [:]][side.hash] = side
                isStale = true
            }
        }
    }

    /// Says that a log was put in another order.
    mutating func outdate() { isStale = true }

    /// Makes the values anew where that is needed.
    mutating func refresh(_ logs: [Branch: HeldLog]) {
        guard isStale else { return }
        let threads = threads(logs)
        forks = Self.forks(threads)
        statements = []
        for thread in threads { for kept in thread.limb.entries { note(statement: kept) } }
        assemble()
        values = Values()
        unknown = 0
        for thread in threads {
            for kept in thread.limb.entries { merge(kept, in: thread) }
        }
        isStale = false
    }

    /// The entries that have their place in a log or on a limb of it.
    func placed(_ logs: [Branch: HeldLog]) -> Set<Hash> {
        Set(threads(logs).flatMap { $0.limb.entries.map(\.hash) })
    }

    private mutating func assemble() {
        membership = Membership(community, statements)
        everyone = Membership.everAdmitted(community, statements)
    }

    private mutating func note(_ kept: Kept) {
        note(statement: kept)
        learn([kept])
    }

    private mutating func note(statement kept: Kept) {
        guard case .statement(let statement) = kept.said else { return }
        statements.append(
            Membership.Entry(branch: kept.branch, head: kept.head, statement: statement))
    }

    /// Merges an entry of a log that never forked.
    private mutating func merge(_ kept: Kept) {
        guard !isStale, evidence.isEmpty, let change = change(in: kept) else { return }
        values.merge(change, as: kept.branch, entry: kept.hash, rule: rules.merge)
    }

    private mutating func merge(_ kept: Kept, in thread: Thread) {
        guard let change = change(in: kept) else { return }
        let name = thread.limb.place.name
        let meant = forks.meaning(of: change, in: name)
        values.merge(meant, as: name, entry: kept.hash, rule: rules.merge)
    }

    private static func forks(_ threads: [Thread]) -> ForkIndex {
        var forks = ForkIndex()
        for (branch, limbs) in Dictionary(grouping: threads, by: \.branch) {
            forks.add(branch, limbs: limbs.map(\.limb.place))
        }
        for thread in threads where forks.firstFork(of: thread.branch) != nil {
            for kept in thread.limb.entries {
                guard let change = change(kept, isLater: true) else { continue }
                forks.add(
                    change, of: thread.branch, limb: thread.index, sequence: kept.sequence)
            }
        }
        return forks
    }

    /// The change of an entry that counts.
    private mutating func change(in kept: Kept) -> RecordChange? {
        if let change = Self.change(kept, isLater: isLater) { return counts(kept) ? change : nil }
        switch kept.said {
        case .laterChange, .unknown: unknown += 1
        case .change, .evidence, .statement: break
        }
        return nil
    }

    private static func change(_ kept: Kept, isLater: Bool) -> RecordChange? {
        switch kept.said {
        case .change(let change): change
        case .laterChange(let change) where isLater: change
        case .laterChange, .statement, .evidence, .unknown: nil
        }
    }

    private func counts(_ kept: Kept) -> Bool {
        switch rules.cuts {
        case .kept: membership.accepts(kept.branch, sequence: kept.sequence)
        case .ignored: membership.members[kept.branch.device] != nil
        }
    }

    private func threads(_ logs: [Branch: HeldLog]) -> [Thread] {
        let branches = Set(logs.keys).union(evidence.keys).sorted()
        return branches.flatMap { branch -> [Thread] in
            let held = logs[branch]?.entries ?? []
            guard let others = evidence[branch] else {
                let place = LimbPlace(trunk: branch)
                return [Thread(branch: branch, index: 0, limb: .init(place, held))]
            }
            var tree = LogTree<Kept>()
            for kept in held { tree.insert(kept) }
            for kept in others.values { tree.insert(kept) }
            return tree.limbs(of: branch).enumerated().map {
                Thread(branch: branch, index: $0, limb: $1)
            }
        }
    }
}

/// A limb of a log and whose it is.
private struct Thread {
    /// The log as its entries call it.
    let branch: Branch
    /// The place among the limbs of the log.
    let index: Int
    let limb: LogTree<Kept>.Limb
}
