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
        /// Where a name is meant from the entry after a place on; nil for all of the limb.
        var after: UInt64?
    }

    private var limbs: [Branch: [LimbPlace]] = [:]
    /// What limbs and their rivals are called, trunks too.
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
        // A log of the name of a limb is the log.
        names[branch] = Name(branch: branch, limb: 0)
        for (index, limb) in limbs.enumerated() where names[limb.name] == nil {
            names[limb.name] = Name(branch: branch, limb: index)
        }
        for limb in limbs {
            guard let parent = limb.parent, let rival = limb.rival, names[rival] == nil else {
                continue
            }
            names[rival] = Name(branch: branch, limb: parent, after: limb.after)
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
        return change.renaming { field, version in
            meaning(of: version, places[source(version, field, change)] ?? [], in: name)
        }
    }

    private func meaning(of version: Version, _ found: [Place], in name: Branch) -> Version? {
        guard let named = names[version.branch], let limbs = limbs[named.branch] else {
            return version
        }
        let stamp = version.stamp
        if let own = names[name], own.branch == version.branch {
            return ownMeaning(stamp, found, in: own.limb, of: limbs)
        }
        // The author may not have known yet of what leaves this limb.
        let possible = found.filter { Self.isWithin(named, $0, of: limbs) }
        guard possible.count <= 1 else { return nil }
        return Version(stamp: stamp, branch: limbs[possible.first?.limb ?? named.limb].name)
    }

    /// A change with the versions it puts aside as its author should write them: where both sides
    /// of a fork have an edit of one version, the one that the merge means gets the name of its
    /// side, so that all others mean the same.
    public func unambiguous(_ change: RecordChange) -> RecordChange {
        guard concerns(change) else { return change }
        return change.renaming { field, version in
            named(version, places[source(version, field, change)] ?? [])
        }
    }

    private func named(_ version: Version, _ found: [Place]) -> Version {
        guard let named = names[version.branch], let limbs = limbs[named.branch],
            found.count(where: { Self.isWithin(named, $0, of: limbs) }) > 1,
            let place = found.first(where: { $0.limb == named.limb })
        else { return version }
        let last = limbs.filter { $0.parent == named.limb && $0.after < place.sequence }
            .max { $0.after < $1.after }
        guard let side = last?.rival else { return version }
        return Version(stamp: version.stamp, branch: side)
    }

    private func source(_ version: Version, _ field: String, _ change: RecordChange) -> Source {
        let log = names[version.branch]?.branch ?? version.branch
        return Source(change, field, Version(stamp: version.stamp, branch: log))
    }

    private static func isWithin(_ outer: Name, _ place: Place, of limbs: [LimbPlace]) -> Bool {
        var (limb, first) = (place.limb, place.sequence)
        while limb != outer.limb {
            guard let parent = limbs[limb].parent else { return false }
            first = limbs[limb].after
            limb = parent
        }
        return outer.after.map { first > $0 } ?? true
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

extension RecordChange {
    /// The same with other versions in place of those it puts aside; nil for none.
    fileprivate func renaming(
        _ name: (_ field: String, _ version: Version) -> Version?
    ) -> RecordChange {
        let renamed = fields.map { field in
            Field(
                field.name, field.content, stamp: field.stamp,
                base: field.base.flatMap { name(field.name, $0) },
                settles: field.settles.compactMap { name(field.name, $0) })
        }
        return RecordChange(entity: entity, record: record, stamp: stamp, fields: renamed)
    }
}
