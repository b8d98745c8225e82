public import SyncCore

/// A random history of several laptops that edit the same few records apart, with clocks that
/// are wrong by years, and hand each other what they wrote in any order and more than once.
public struct History: Sendable {
    /// An edit, as its author made it.
    public struct Edit: Sendable {
        /// Whose it is.
        public let branch: Branch
        /// What it does.
        public let change: RecordChange
    }

    /// How a laptop chooses the stamp of an edit; the wrong way is there to show that the
    /// check can fail.
    public enum StampRule: Sendable {
        /// Later than the clock and than the value it replaces.
        case afterSeen
        /// The wall clock alone: an edit can lose to a value its author had seen.
        case wallClock
    }

    /// How a laptop decides between two values; the wrong way depends on who merges.
    public enum MergeRule: Sendable {
        /// The greatest version wins.
        case greatestVersion
        /// The value that comes last wins.
        case lastToCome
    }

    private static let clocks: [UInt64] = [
        0, 946_684_800_000, 1_795_000_000_000, 2_147_483_648_000, 4_070_908_800_000,
    ]

    /// All edits in the order in which they were made.
    public private(set) var edits: [Edit] = []
    /// What each laptop holds in the end.
    public private(set) var replicas: [[String: RecordState]]
    /// Edits that lost to a value their author had seen.
    public private(set) var buried = 0

    /// Plays a history.
    public init(
        seed: UInt64, laptops: Int = 4, steps: Int = 60,
        stamps: StampRule = .afterSeen, merge: MergeRule = .greatestVersion
    ) {
        var generator = SeededGenerator(seed: seed)
        let branches = (0..<laptops).map { Self.branch($0, &generator) }
        var clocks = branches.map { _ in Self.clocks.randomElement(using: &generator) ?? 0 }
        var known = branches.map { _ in Set<Int>() }
        replicas = branches.map { _ in [:] }
        for _ in 0..<steps {
            let laptop = Int.random(in: 0..<laptops, using: &generator)
            clocks[laptop] += UInt64.random(in: 0...5000, using: &generator)
            if Int.random(in: 0..<20, using: &generator) == 0 {
                clocks[laptop] = Self.clocks.randomElement(using: &generator) ?? 0
            }
            if Bool.random(using: &generator) {
                known[laptop].insert(edits.count)
                edit(laptop, branches[laptop], clocks[laptop], stamps, &generator)
            } else if let news = edits.indices.randomElement(using: &generator) {
                take(news, into: laptop, merge)
                known[laptop].insert(news)
            }
        }
        for laptop in 0..<laptops {
            let missing = edits.indices.filter {
                !known[laptop].contains($0) || Bool.random(using: &generator)
            }
            for news in missing.shuffled(using: &generator) { take(news, into: laptop, merge) }
        }
    }

    /// Whether all laptops hold the same.
    public var converged: Bool { replicas.allSatisfy { $0 == replicas[0] } }

    private mutating func edit(
        _ laptop: Int, _ branch: Branch, _ clock: UInt64, _ rule: StampRule,
        _ generator: inout SeededGenerator
    ) {
        let record = "r\(Int.random(in: 0..<3, using: &generator))"
        let name = ["title", "note"].randomElement(using: &generator) ?? "title"
        let seen = replicas[laptop][record]?.fields[name]?.version
        let stamp =
            switch rule {
            case .afterSeen: Stamp.forEdit(now: clock, replacing: seen?.stamp)
            case .wallClock: Stamp(milliseconds: clock)
            }
        let field = RecordChange.Field(name, .integer(Int64(edits.count)), base: seen)
        let change = RecordChange(entity: "e", record: record, stamp: stamp, fields: [field])
        if let seen, !(Version(stamp: stamp, branch: branch) > seen) { buried += 1 }
        edits.append(Edit(branch: branch, change: change))
        replicas[laptop][record, default: RecordState()].merge(change, from: branch)
    }

    private mutating func take(_ news: Int, into laptop: Int, _ rule: MergeRule) {
        let edit = edits[news]
        var state = replicas[laptop][edit.change.record] ?? RecordState()
        if rule == .lastToCome {
            var forgetful = RecordState()
            for (name, field) in state.fields
            where !edit.change.fields.contains(where: { $0.name == name }) {
                let change = RecordChange(
                    entity: "e", record: edit.change.record, stamp: field.version.stamp,
                    fields: [.init(name, field.content)])
                forgetful.merge(change, from: field.version.branch)
            }
            state = forgetful
        }
        state.merge(edit.change, from: edit.branch)
        replicas[laptop][edit.change.record] = state
    }

    private static func branch(_ number: Int, _ generator: inout SeededGenerator) -> Branch {
        var bytes = [UInt8](repeating: 0, count: 16)
        for index in bytes.indices { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
        guard let device = DeviceID(bytes: bytes) else {
            preconditionFailure("sixteen bytes make a device")
        }
        return Branch(device: device, epoch: UInt64(number))
    }
}
