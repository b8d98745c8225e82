import SyncCore

/// A record: entity and id.
struct RecordKey: Sendable, Hashable, Comparable, CustomStringConvertible {
    let entity: String
    let record: String

    var description: String { "\(entity) \(record)" }

    static func < (left: Self, right: Self) -> Bool {
        left.record == right.record ? left.entity < right.entity : left.record < right.record
    }
}

/// One field's value as it was written: which field, under which version.
struct Source: Sendable, Hashable {
    let key: RecordKey
    let field: String
    let version: Version
}

/// The current values, made of changes by the merge of SyncCore.
struct Values: Sendable {
    private(set) var records: [RecordKey: RecordState] = [:]
    /// The entries that were merged, with the log each was taken for; see ``LogTree``.
    private(set) var names: [Hash: Branch] = [:]
    /// Which entry a version comes from.
    private(set) var sources: [Source: Hash] = [:]
    private var knownDigest: Hash?

    subscript(key: RecordKey, field: String) -> RecordState.Field? { records[key]?.fields[field] }

    mutating func merge(
        _ change: RecordChange, as name: Branch, entry: Hash, rule: Rules.Merge
    ) {
        let key = RecordKey(entity: change.entity, record: change.record)
        names[entry] = name
        knownDigest = nil
        for field in change.fields {
            let version = Version(stamp: change.stamp(of: field), branch: name)
            sources[Source(key: key, field: field.name, version: version)] = entry
            guard rule != .leaves else { continue }
            let isLater = RecordState.wins(version, over: records[key]?.fields[field.name]?.version)
            guard rule == .lastToCome || isLater else { continue }
            records[key] = records[key]?.without(field.name, of: key)
            merge(field, of: change, as: name, key)
        }
        guard rule == .leaves else { return }
        records[key, default: RecordState()].merge(change, from: name)
    }

    private mutating func merge(
        _ field: RecordChange.Field, of change: RecordChange, as name: Branch, _ key: RecordKey
    ) {
        let alone = RecordChange(
            entity: key.entity, record: key.record, stamp: change.stamp, fields: [field])
        records[key, default: RecordState()].merge(alone, from: name)
    }

    /// The digest, made only where something was merged since the last time.
    mutating func currentDigest() -> Hash {
        let digest = knownDigest ?? digest
        knownDigest = digest
        return digest
    }

    /// A hash of all current values, as the digest of design.md §4 is one.
    var digest: Hash {
        var bytes: [UInt8] = []
        for (key, state) in records.sorted(by: { $0.key < $1.key }) {
            bytes += Array(key.entity.utf8) + [0] + Array(key.record.utf8) + [0]
            for (name, field) in state.fields.sorted(by: { $0.key < $1.key })
            where field.content != .null {
                bytes += Array(name.utf8) + [0] + field.content.bytes
            }
            bytes.append(0xFF)
        }
        return Hash(of: bytes)
    }

    /// All conflicts with all their values, in order, as bytes.
    var conflicts: [UInt8] {
        var bytes: [UInt8] = []
        for (key, state) in records.sorted(by: { $0.key < $1.key }) {
            for (name, field) in state.fields.sorted(by: { $0.key < $1.key })
            where !field.register.conflicts.isEmpty {
                bytes += Array("\(key) \(name)".utf8) + [0]
                for leaf in [field.register.current] + field.register.conflicts {
                    bytes += leaf.bytes
                }
            }
        }
        return bytes
    }

    var conflictCount: Int {
        records.values.reduce(0) { sum, state in
            sum + state.fields.values.count { !$0.register.conflicts.isEmpty }
        }
    }
}

extension MultiValueRegister.Leaf {
    fileprivate var bytes: [UInt8] {
        let branch = version.branch
        let numbers = [version.stamp.bits, branch.epoch].flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        }
        return branch.device.bytes + numbers + content.bytes
    }
}

extension RecordState {
    /// The same record as if a field had never been touched: for the wrong rules only, which
    /// forget. The other fields keep what they show and nothing beside it.
    fileprivate func without(_ name: String, of key: RecordKey) -> RecordState {
        var state = RecordState()
        for (other, field) in fields where other != name {
            let change = RecordChange(
                entity: key.entity, record: key.record, stamp: field.version.stamp,
                fields: [.init(other, field.content)])
            state.merge(change, from: field.version.branch)
        }
        return state
    }
}
