import SyncCore

/// What a history is made of, drawn from its seed: mostly few laptops and short times, now and
/// then many and long ones; in each only some of the faults, so that none hides another.
struct Plan: Sendable {
    /// Laptops at the beginning.
    let laptops: Int
    /// Laptops that there may be in the end.
    let most: Int
    let steps: Int
    /// Records that people write to.
    let records: Int
    let fields: [String]
    /// Per cent of messages that are lost.
    let loss: Int
    /// Per cent of messages that come twice.
    let duplicates: Int
    /// Per cent of messages that come later, among those of other meetings.
    let delays: Int
    /// Per cent of requests during which a laptop crashes.
    let crashes: Int
    let steplist: [(step: Step, weight: Int)]

    /// What can happen next.
    enum Step: Sendable, CaseIterable {
        case edit, meet, deliver, pass
        case setClock, partition, crash, backUp, restore, clone
        case admit, remove, readmit
        case export, load, upgrade
    }

    init(_ generator: inout SeededGenerator) {
        let isBig = generator.chance(4)
        laptops = generator.number(isBig ? 5...10 : 2...4)
        most = isBig ? 12 : 5
        steps = generator.number(isBig ? 100...240 : 20...60)
        records = generator.number(1...3)
        fields = Array(["name", "note", "votes"].prefix(generator.number(1...3)))
        loss = generator.pick([0, 2, 10, 30]) ?? 0
        duplicates = generator.pick([0, 5, 20]) ?? 0
        delays = generator.pick([0, 5, 20]) ?? 0
        crashes = generator.pick([0, 0, 4]) ?? 0
        steplist = Self.weights(&generator)
    }

    /// The next step; steps that cannot be taken do nothing.
    func step(_ generator: inout SeededGenerator) -> Step {
        var rest = Int.random(in: 0..<steplist.reduce(0) { $0 + $1.weight }, using: &generator)
        for (step, weight) in steplist {
            if rest < weight { return step }
            rest -= weight
        }
        return .edit
    }

    private static func weights(_ generator: inout SeededGenerator) -> [(Step, Int)] {
        let clocks = generator.chance(50) ? 4 : 0
        let islands = generator.chance(40) ? 4 : 0
        let crashes = generator.chance(30) ? 3 : 0
        let restores = generator.chance(25) ? 4 : 0
        let clones = generator.chance(20) ? 3 : 0
        let removals = generator.chance(30) ? 4 : 0
        let sticks = generator.chance(30) ? 6 : 0
        let upgrades = generator.chance(30) ? 1 : 0
        return [
            (.edit, 40), (.meet, 22), (.deliver, 10), (.pass, 4), (.setClock, clocks),
            (.partition, islands), (.crash, crashes), (.backUp, restores), (.restore, restores / 2),
            (.clone, clones), (.admit, 2), (.remove, removals), (.readmit, removals / 2),
            (.export, sticks), (.load, sticks), (.upgrade, upgrades),
        ]
    }
}
