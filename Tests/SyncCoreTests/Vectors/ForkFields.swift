import SyncCore

/// Evidence of a log, the tree of what it carries, and what versions mean in it.
struct ForkCase: VectorCase {
    struct Log: Codable, Equatable, Sendable {
        let device: Hex
        let epoch: Number64

        init(_ branch: Branch) {
            device = Hex(branch.device)
            epoch = Number64(branch.epoch)
        }

        func branch() throws -> Branch { Branch(device: try device.device(), epoch: epoch.value) }
    }

    struct Limb: Codable, Equatable, Sendable {
        let epoch: Number64
        /// The epoch in the name of what stands in its place on its parent.
        var rival: Number64?
        var parent: Int?
        let after: Number64
        let hashes: [Hex]
    }

    struct Meaning: Codable, Equatable, Sendable {
        let holder: Log
        let version: VersionFields
        let entity: String
        let record: String
        let field: String
        /// Missing where it is that of no edit.
        var meaning: VersionFields?
    }

    let name: String
    let log: Log
    let payloads: [Hex]
    var limbs: [Limb]
    var meanings: [Meaning]

    func computed() throws -> Self {
        let branch = try log.branch()
        var tree = LogTree<CheckedEntry>()
        for payload in payloads {
            _ = try Payload.message(payload.bytes)
            for run in Evidence.runs(in: payload.bytes) where run.branch == branch {
                for entry in run.entries { tree.insert(entry) }
            }
        }
        let found = tree.limbs(of: branch)
        var copy = self
        copy.limbs = found.map { limb in
            Limb(
                epoch: Number64(limb.place.name.epoch),
                rival: limb.place.rival.map { Number64($0.epoch) }, parent: limb.place.parent,
                after: Number64(limb.place.after), hashes: limb.entries.map { Hex($0.hash) })
        }
        let index = Self.index(found, branch)
        copy.meanings = try meanings.map { asked in
            var copy = asked
            copy.meaning = try asked.meaning(by: index).map(VersionFields.init)
            return copy
        }
        return copy
    }

    private static func index(
        _ limbs: [LogTree<CheckedEntry>.Limb], _ branch: Branch
    ) -> ForkIndex {
        var index = ForkIndex()
        index.add(branch, limbs: limbs.map(\.place))
        for (place, limb) in limbs.enumerated() {
            for checked in limb.entries {
                guard let payload = checked.entry.payload,
                    let change = try? Payload.change(payload)
                else { continue }
                index.add(change, of: branch, limb: place, sequence: checked.head.sequence)
            }
        }
        return index
    }
}

extension ForkCase.Meaning {
    fileprivate func meaning(by index: ForkIndex) throws -> Version? {
        let version = try version.version()
        let change = RecordChange(
            entity: entity, record: record, stamp: version.stamp.next,
            fields: [.init(field, .null, base: version)])
        return index.meaning(of: change, in: try holder.branch()).fields[0].base
    }
}
