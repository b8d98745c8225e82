import SyncCore

/// What a laptop does about a log of which two laptops hold another entry at one place. All who
/// know both sides choose the same one for the log, and carry the other in their own logs; so in
/// the end everybody holds the same logs again, and in them both sides.
extension Replica {
    /// Notes that logs forked.
    mutating func notice(_ forked: some Sequence<Branch>) {
        guard rules.forks == .mended else { return }
        disk.forked.formUnion(forked)
    }

    /// Takes a run in that goes on from another entry than ours. Answers whether it is part of
    /// our log now; if not, it is in evidence, or does not hang together with what is known here.
    mutating func mend(_ run: VerifiedRun) throws -> Bool {
        var tree = tree(of: run.branch)
        guard tree.holds(run.previous.hash) else { return false }
        let entries = run.entries.map { Kept($0) }
        for kept in entries { tree.insert(kept) }
        witness(entries)
        view.learn(entries)
        try arrange(run.branch, as: tree, key: run.key)
        return disk.logs[run.branch]?.holds(run.end) ?? false
    }

    /// Sees to it that logs follow the evidence that came.
    mutating func settle() throws {
        for branch in view.evidence.keys.sorted() {
            guard let key = view.everyone.members[branch.device]?.keys.log else { continue }
            let tree = tree(of: branch)
            guard let trunk = tree.limbs(of: branch).first,
                trunk.entries.last?.hash != disk.logs[branch]?.head.hash
            else { continue }
            try arrange(branch, as: tree, key: key)
        }
    }

    private func tree(of branch: Branch) -> LogTree<Kept> {
        var tree = LogTree<Kept>()
        for kept in disk.logs[branch]?.entries ?? [] { tree.insert(kept) }
        for kept in view.evidence[branch, default: [:]].values { tree.insert(kept) }
        return tree
    }

    /// Makes the trunk of a tree the log, and puts what that leaves out into our own log.
    private mutating func arrange(_ branch: Branch, as tree: LogTree<Kept>, key: RawKey) throws {
        let limbs = tree.limbs(of: branch)
        guard let trunk = limbs.first?.entries else { return }
        var shown = Set(view.evidence[branch, default: [:]].keys)
        var payloads: [[UInt8]] = []
        for limb in limbs.dropFirst() {
            guard let start = limb.entries.firstIndex(where: { !shown.contains($0.hash) }) else {
                continue
            }
            payloads += Evidence.payloads(limb.entries[start...].map(\.entry), key: key)
            shown.formUnion(limb.entries.lazy.map(\.hash))
            let rival = limbs[limb.place.parent ?? 0].entries
                .drop { $0.sequence <= limb.place.after }
            guard let first = rival.first, !shown.contains(first.hash),
                let end = rival.firstIndex(where: { $0.entry.signature != nil })
            else { continue }
            payloads += Evidence.payloads(rival[...end].map(\.entry), key: key)
            shown.formUnion(rival[...end].lazy.map(\.hash))
        }
        disk.forked.insert(branch)
        disk.logs[branch] = HeldLog(key: key, entries: trunk)
        view.outdate()
        if !payloads.isEmpty { try commit(payloads) }
    }
}
