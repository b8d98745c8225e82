import SyncCore

/// A limb of a log and whose it is.
struct Thread: Sendable {
    /// The log as its entries call it.
    let branch: Branch
    /// The place among the limbs of the log.
    let index: Int
    let limb: LogTree.Limb
}

/// Works out which edit is meant by a version of a forked log, of which both sides may have one.
struct ForkIndex {
    private struct Place {
        let limb: Int
        let entry: Int
    }

    private struct Name {
        let branch: Branch
        let limb: Int
    }

    private var limbs: [Branch: [LogTree.Limb]] = [:]
    /// What limbs are called, trunks too.
    private var names: [Branch: Name] = [:]
    private var places: [Source: [Place]] = [:]

    /// Looks at those logs of which there is more than a trunk. `change` reads an entry.
    init(_ threads: [Thread], change: (Kept) -> RecordChange?) {
        let forked = Set(threads.lazy.filter { $0.index > 0 }.map(\.branch))
        for thread in threads where forked.contains(thread.branch) {
            limbs[thread.branch, default: []].append(thread.limb)
            names[thread.limb.name] = Name(branch: thread.branch, limb: thread.index)
            for (entry, kept) in thread.limb.entries.enumerated() {
                guard let change = change(kept) else { continue }
                let key = RecordKey(entity: change.entity, record: change.record)
                for field in change.fields {
                    let version = Version(stamp: change.stamp(of: field), branch: thread.branch)
                    let source = Source(key: key, field: field.name, version: version)
                    places[source, default: []].append(Place(limb: thread.index, entry: entry))
                }
            }
        }
    }

    /// A change with the versions it puts aside as the merge calls them. What could be either of
    /// two edits names neither: a conflict too many is better than a value lost.
    func meaning(of change: RecordChange, in thread: Thread) -> RecordChange {
        guard !limbs.isEmpty else { return change }
        let key = RecordKey(entity: change.entity, record: change.record)
        let fields = change.fields.map { field in
            let meant = { (version: Version) in
                meaning(of: Source(key: key, field: field.name, version: version), in: thread)
            }
            return RecordChange.Field(
                field.name, field.content, stamp: field.stamp, base: field.base.flatMap(meant),
                settles: field.settles.compactMap(meant))
        }
        return RecordChange(
            entity: change.entity, record: change.record, stamp: change.stamp, fields: fields)
    }

    private func meaning(of source: Source, in thread: Thread) -> Version? {
        guard let name = names[source.version.branch], let limbs = limbs[name.branch] else {
            return source.version
        }
        let stamp = source.version.stamp
        let version = Version(stamp: stamp, branch: name.branch)
        let found = places[Source(key: source.key, field: source.field, version: version)] ?? []
        if source.version.branch == thread.branch {
            return ownMeaning(of: version, found, in: thread.index, of: limbs)
        }
        // The author may not have known yet of what leaves this limb.
        let possible = found.filter { Self.isWithin(name.limb, $0.limb, of: limbs) }
        guard possible.count <= 1 else { return nil }
        guard let only = possible.first else { return source.version }
        return Version(stamp: stamp, branch: limbs[only.limb].name)
    }

    private static func isWithin(_ outer: Int, _ inner: Int, of limbs: [LogTree.Limb]) -> Bool {
        var limb: Int? = inner
        while let index = limb, index != outer { limb = limbs[index].parent }
        return limb == outer
    }

    /// An entry of the log itself means one that comes before it on its own side.
    private func ownMeaning(
        of version: Version, _ found: [Place], in limb: Int, of limbs: [LogTree.Limb]
    ) -> Version {
        var index = limb
        var before = Int.max
        while true {
            if found.contains(where: { $0.limb == index && $0.entry < before }) {
                return Version(stamp: version.stamp, branch: limbs[index].name)
            }
            guard let parent = limbs[index].parent else { return version }
            before = limbs[index].shared
            index = parent
        }
    }
}
