/// Works out which edit is meant by a version of a forked log, of which both sides may have one.
public struct ForkIndex: Sendable {
    private struct Source: Hashable {
        let entity: String
        let record: String
        let field: String
        let version: Version

        init(_ change: RecordChange, _ field: String, _ version: Version) {
            entity = change.entity
            record = change.record
            self.field = field
            self.version = version
        }
    }

    private struct Place {
        let limb: Int
        let sequence: UInt64
    }

    private struct Name {
        let branch: Branch
        let limb: Int
    }

    private var limbs: [Branch: [LimbPlace]] = [:]
    /// What limbs are called, trunks too.
    private var names: [Branch: Name] = [:]
    private var places: [Source: [Place]] = [:]

    /// Knows no forks.
    public init() {}

    /// Whether there are no forks.
    public var isEmpty: Bool { limbs.isEmpty }

    /// Learns of a log with limbs, the trunk first.
    public mutating func add(_ branch: Branch, limbs: [LimbPlace]) {
        guard limbs.count > 1 else { return }
        self.limbs[branch] = limbs
        for (index, limb) in limbs.enumerated() {
            // A log of the name of a limb is the log.
            if index == 0 || names[limb.name] == nil {
                names[limb.name] = Name(branch: branch, limb: index)
            }
        }
    }

    /// The place before the first entry of a log of which there are two; nil where it has not
    /// forked. Entries up to there need not be added.
    public func firstFork(of branch: Branch) -> UInt64? {
        limbs[branch]?.dropFirst().map(\.after).min()
    }

    /// Learns of an entry of a forked log, in the limb of an index.
    public mutating func add(
        _ change: RecordChange, of branch: Branch, limb: Int, sequence: UInt64
    ) {
        guard let first = firstFork(of: branch), sequence > first else { return }
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: branch)
            places[Source(change, field.name, version), default: []]
                .append(Place(limb: limb, sequence: sequence))
        }
    }

    /// Whether a change names versions of logs that forked.
    public func concerns(_ change: RecordChange) -> Bool {
        guard !isEmpty else { return false }
        return change.fields.contains { field in
            field.base.map { names[$0.branch] != nil } ?? false
                || field.settles.contains { names[$0.branch] != nil }
        }
    }

    /// A change with the versions it puts aside as the merge calls them. What could be either of
    /// two edits names neither: a conflict too many is better than a value lost. `name` is what
    /// the log or limb that holds it is called.
    public func meaning(of change: RecordChange, in name: Branch) -> RecordChange {
        guard concerns(change) else { return change }
        let fields = change.fields.map { field in
            let meant = { (version: Version) in
                meaning(of: version, field.name, change, in: name)
            }
            return RecordChange.Field(
                field.name, field.content, stamp: field.stamp, base: field.base.flatMap(meant),
                settles: field.settles.compactMap(meant))
        }
        return RecordChange(
            entity: change.entity, record: change.record, stamp: change.stamp, fields: fields)
    }

    private func meaning(
        of version: Version, _ field: String, _ change: RecordChange, in name: Branch
    ) -> Version? {
        guard let named = names[version.branch], let limbs = limbs[named.branch] else {
            return version
        }
        let stamp = version.stamp
        let found = places[Source(change, field, Version(stamp: stamp, branch: named.branch))] ?? []
        if let own = names[name], own.branch == version.branch {
            return ownMeaning(stamp, found, in: own.limb, of: limbs)
        }
        // The author may not have known yet of what leaves this limb.
        let possible = found.filter { Self.isWithin(named.limb, $0.limb, of: limbs) }
        guard possible.count <= 1 else { return nil }
        guard let only = possible.first else { return version }
        return Version(stamp: stamp, branch: limbs[only.limb].name)
    }

    private static func isWithin(_ outer: Int, _ inner: Int, of limbs: [LimbPlace]) -> Bool {
        var limb: Int? = inner
        while let index = limb, index != outer { limb = limbs[index].parent }
        return limb == outer
    }

    /// An entry of the log itself means one that comes before it on its own side.
    private func ownMeaning(
        _ stamp: Stamp, _ found: [Place], in limb: Int, of limbs: [LimbPlace]
    ) -> Version {
        var index = limb
        var last = UInt64.max
        while true {
            if found.contains(where: { $0.limb == index && $0.sequence <= last }) {
                return Version(stamp: stamp, branch: limbs[index].name)
            }
            guard let parent = limbs[index].parent else {
                return Version(stamp: stamp, branch: limbs[index].name)
            }
            last = limbs[index].after
            index = parent
        }
    }
}
