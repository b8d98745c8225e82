import SyncCore

/// All entries known of one log, both sides of its forks included.
///
/// Of several entries that follow the same one, that with the smallest hash belongs to the log,
/// and so do the entries after it; this is the trunk, the same for all who know the same entries.
/// The others begin a limb. For the merge a limb is a log of its own, whose epoch is the first
/// eight bytes of the hash of its first entry: so two edits that a laptop and its clone made under
/// one version stay two, and neither is lost.
struct LogTree {
    /// A stretch of entries that was left of others.
    struct Limb {
        /// The log that the merge takes it for.
        let name: Branch
        /// The limb it leaves, by place in the list; nil for the trunk.
        let parent: Int?
        /// How many entries of the parent come before it.
        let shared: Int
        let entries: [Kept]
    }

    private var entries: [Hash: Kept] = [:]
    private var followers: [Hash: [Hash]] = [:]

    mutating func insert(_ kept: Kept) {
        guard entries.updateValue(kept, forKey: kept.hash) == nil else { return }
        var others = followers[kept.previous, default: []]
        others.insert(kept.hash, at: others.firstIndex { $0 > kept.hash } ?? others.endIndex)
        followers[kept.previous] = others
    }

    /// Whether an entry is known; the place before the first always is.
    func holds(_ hash: Hash) -> Bool { hash == .zero || entries[hash] != nil }

    /// The trunk, then the limbs, each after the one it leaves.
    func limbs(of branch: Branch) -> [Limb] {
        let starts = entriesAfter(.zero)
        guard let first = starts.first else { return [] }
        var limbs = [Limb(name: branch, parent: nil, shared: 0, entries: chain(from: first))]
        for other in starts.dropFirst() {
            limbs.append(limb(from: other, of: branch, parent: 0, shared: 0))
        }
        var index = 0
        while index < limbs.count {
            for (place, kept) in limbs[index].entries.enumerated() {
                for other in entriesAfter(kept.hash).dropFirst() {
                    limbs.append(limb(from: other, of: branch, parent: index, shared: place + 1))
                }
            }
            index += 1
        }
        return limbs
    }

    private func limb(from kept: Kept, of branch: Branch, parent: Int, shared: Int) -> Limb {
        let epoch = kept.hash.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Limb(
            name: Branch(device: branch.device, epoch: epoch), parent: parent, shared: shared,
            entries: chain(from: kept))
    }

    private func chain(from start: Kept) -> [Kept] {
        var chain = [start]
        var last = start.hash
        while let next = entriesAfter(last).first {
            chain.append(next)
            last = next.hash
        }
        return chain
    }

    private func entriesAfter(_ hash: Hash) -> [Kept] {
        followers[hash, default: []].compactMap { entries[$0] }
    }
}
