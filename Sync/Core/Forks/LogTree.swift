/// An entry as far as its place in a log goes.
public protocol ChainedEntry: Sendable {
    /// Its place and hash.
    var head: Head { get }
    /// The hash of the entry before it.
    var previous: Hash { get }
}

extension CheckedEntry: ChainedEntry {
    /// The hash of the entry before it.
    public var previous: Hash { entry.header.previous }
}

/// All entries known of one log from a place on, both sides of its forks included.
///
/// Of several entries that follow the same one, that with the smallest hash belongs to the log,
/// and so do the entries after it; this is the trunk, the same for all who know the same entries.
/// The others begin a limb. For the merge a limb is a log of its own, whose epoch is the first
/// eight bytes of the hash of its first entry: so two edits that a laptop and its clone made under
/// one version stay two, and neither is lost.
public struct LogTree<Entry: ChainedEntry>: Sendable {
    /// A stretch of entries that was left of others.
    public struct Limb: Sendable {
        /// What it is and where it leaves.
        public let place: LimbPlace
        /// Its entries; only the trunk's may be none.
        public let entries: [Entry]

        /// Makes a limb.
        public init(_ place: LimbPlace, _ entries: [Entry]) {
            self.place = place
            self.entries = entries
        }
    }

    private let root: Head
    private var entries: [Hash: Entry] = [:]
    private var followers: [Hash: [Hash]] = [:]

    /// A tree of what follows a place; without one, of the whole log.
    public init(after root: Head = .none) { self.root = root }

    /// Puts an entry in. It takes part as soon as all before it are there.
    public mutating func insert(_ entry: Entry) {
        let hash = entry.head.hash
        guard entries.updateValue(entry, forKey: hash) == nil else { return }
        var others = followers[entry.previous, default: []]
        others.insert(hash, at: others.firstIndex { $0 > hash } ?? others.endIndex)
        followers[entry.previous] = others
    }

    /// Whether the entry with a hash is known; the place before the first always is.
    public func holds(_ hash: Hash) -> Bool { hash == root.hash || entries[hash] != nil }

    /// The trunk, then the limbs, each after the one it leaves.
    public func limbs(of branch: Branch) -> [Limb] {
        let trunk = LimbPlace(trunk: branch, after: root.sequence)
        var limbs = [Limb(trunk, chain(after: root))]
        limbs += limbsLeaving(root, of: branch, parent: 0)
        var index = 0
        while index < limbs.count {
            for entry in limbs[index].entries {
                limbs += limbsLeaving(entry.head, of: branch, parent: index)
            }
            index += 1
        }
        return limbs
    }

    private func limbsLeaving(_ place: Head, of branch: Branch, parent: Int) -> [Limb] {
        let others = entriesAfter(place)
        guard let rival = others.first else { return [] }
        return others.dropFirst().map { first in
            let place = LimbPlace(
                of: branch, first: first.head.hash, rival: rival.head.hash, parent: parent,
                after: place.sequence)
            return Limb(place, [first] + chain(after: first.head))
        }
    }

    private func chain(after start: Head) -> [Entry] {
        var chain: [Entry] = []
        var last = start
        while let next = entriesAfter(last).first {
            chain.append(next)
            last = next.head
        }
        return chain
    }

    /// A clone could sign any number into its headers: only the next place follows.
    private func entriesAfter(_ place: Head) -> [Entry] {
        followers[place.hash, default: []].compactMap { entries[$0] }
            .filter { $0.head.sequence == place.sequence &+ 1 }
    }
}

/// What a limb is and where it leaves the others.
public struct LimbPlace: Sendable, Hashable {
    /// The log that the merge takes it for; the log itself for the trunk.
    public let name: Branch
    /// What stands in its place on its parent, by a name made in the same way; nil for the trunk.
    public let rival: Branch?
    /// The limb it leaves, by place in the list; nil for the trunk.
    public let parent: Int?
    /// The place of the last entry before it.
    public let after: UInt64

    /// Names the trunk of a log.
    public init(trunk log: Branch, after: UInt64 = 0) {
        name = log
        rival = nil
        parent = nil
        self.after = after
    }

    /// Names the limb of a log that begins with the entry of a hash; `rival` is that of the entry
    /// in its place.
    public init(of log: Branch, first: Hash, rival: Hash, parent: Int, after: UInt64) {
        name = Self.name(of: log, first: first)
        self.rival = Self.name(of: log, first: rival)
        self.parent = parent
        self.after = after
    }

    private static func name(of log: Branch, first: Hash) -> Branch {
        let epoch = first.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Branch(device: log.device, epoch: epoch)
    }
}
