import SyncCore

/// The end of a history: the network is whole, nothing goes wrong any more, all meet all until
/// nothing changes; then everything is looked at.
extension Village {
    private static let mostRounds = 24

    mutating func end() throws {
        isCalm = true
        talks = [:]
        messages = []
        for index in islands.indices { islands[index] = 0 }
        tell("the end: all meet all")
        // The earlier programs keep and forward what they do not know.
        _ = try meetUntilQuiet()
        counts.unknown = replicas.reduce(0) { $0 + $1.view.unknown }
        checkRebuilt()
        for index in replicas.indices where !replicas[index].isLater { replicas[index].upgrade() }
        let endings = try meetUntilQuiet()
        checkRebuilt()
        check(endings)
        checkForksKnown()
    }

    /// A pair of laptops, the one who asks first.
    struct Pair: Hashable {
        let from: Int
        let to: Int
    }

    /// Answers how the sessions of the last round ended.
    private mutating func meetUntilQuiet() throws -> [Pair: SyncSession.Ending] {
        var endings: [Pair: SyncSession.Ending] = [:]
        for _ in 0..<Self.mostRounds {
            counts.rounds += 1
            let before = replicas.map(\.disk.heads)
            for from in replicas.indices {
                for to in replicas.indices where from != to {
                    try meet(from, to, isCalm: true)
                    endings[Pair(from: from, to: to)] = lastEnding
                }
            }
            if replicas.map(\.disk.heads) == before { return endings }
        }
        report(.unsettled, "after \(Self.mostRounds) rounds entries still come and go")
        return endings
    }

    private mutating func checkRebuilt() {
        for (laptop, replica) in replicas.enumerated() {
            let rebuilt = replica.rebuilt
            let isSame =
                rebuilt.membership == replica.view.membership
                && rebuilt.values.digest == replica.view.values.digest
                && rebuilt.values.conflicts == replica.view.values.conflicts
            guard !isSame else { continue }
            report(.rebuiltOtherwise, "\(Telling.name(laptop)) from its logs")
        }
    }

    /// What each laptop holds, and what did not hold, as bytes.
    var outcome: Hash {
        var bytes: [UInt8] = []
        for replica in replicas {
            bytes += replica.disk.heads.bytes
            bytes += replica.view.values.digest.bytes
            bytes += replica.view.values.conflicts
        }
        for violation in violations { bytes += Array(violation.text.utf8) }
        bytes += Array("\(counts)".utf8)
        return Hash(of: bytes)
    }
}
