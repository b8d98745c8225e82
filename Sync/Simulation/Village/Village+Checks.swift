import SyncCore

/// What must hold at the end.
extension Village {
    mutating func check(_ endings: [Pair: SyncSession.Ending]) {
        checkEndings(endings)
        let held = replicas.map(\.held)
        checkHeld(held)
        for group in groups(endings) { check(group, replicas[group[0]].placed) }
        for replica in replicas { counts.conflicts += replica.view.values.conflictCount }
    }

    private mutating func checkEndings(_ endings: [Pair: SyncSession.Ending]) {
        for from in replicas.indices {
            for to in replicas.indices where from != to {
                let ending = endings[Pair(from: from, to: to)]
                let isClone = replicas[from].device == replicas[to].device
                let pair = "\(Telling.name(from)) and \(Telling.name(to))"
                switch ending {
                case .same, .fault(.stranger), .fault(.removed): break
                case .fault(.wrongDevice) where isClone: break
                case .fault(let fault): report(.brokenOff, "\(pair): \(fault)")
                case .different(let difference):
                    report(.apart, "\(pair): \(Telling.text(.different(difference)))")
                case nil: report(.brokenOff, "\(pair) did not meet")
                }
            }
        }
    }

    /// Laptops that could speak with each other, each group ascending.
    private func groups(_ endings: [Pair: SyncSession.Ending]) -> [[Int]] {
        var groups: [[Int]] = []
        var seen: Set<Int> = []
        for start in replicas.indices where seen.insert(start).inserted {
            var group = [start]
            var next = 0
            while next < group.count {
                let from = group[next]
                next += 1
                for to in replicas.indices
                where endings[Pair(from: from, to: to)] == .same && seen.insert(to).inserted {
                    group.append(to)
                }
            }
            groups.append(group.sorted())
        }
        return groups
    }

    /// Nothing is held no more that was held once, save what a restore took away.
    private mutating func checkHeld(_ held: [Set<Hash>]) {
        for (laptop, replica) in replicas.enumerated() {
            let missing = replica.witnessed.subtracting(held[laptop]).sorted()
            if let hash = missing.first {
                report(.gone, "\(missing.count) entries at \(Telling.name(laptop)): \(hash)")
            }
        }
        for (author, edit) in edits
        where replicas[author].restores == edit.restores && !held[author].contains(edit.entry) {
            report(.gone, "\(edit.told) at its author, \(Telling.name(author))")
        }
    }

    /// `placed` are the entries that have their place in a log or beside it.
    private mutating func check(_ group: [Int], _ placed: Set<Hash>) {
        let first = replicas[group[0]].view
        for laptop in group.dropFirst() {
            let view = replicas[laptop].view
            let isSame =
                view.values.digest == first.values.digest
                && view.values.conflicts == first.values.conflicts
                && view.membership == first.membership
            guard !isSame else { continue }
            let pair = "\(Telling.name(group[0])) and \(Telling.name(laptop))"
            report(.apart, "\(pair) say they are the same, and are not")
        }
        let name = Telling.name(group[0])
        let audit = Audit(first, edits.map(\.edit).filter { placed.contains($0.entry) })
        for (kind, text) in audit.violations { report(kind, "at \(name): \(text)") }
        counts.voidEdits += audit.voidCount
        counts.sideEntries += audit.sideCount
        // Who belongs to the group has brought along what it wrote since its last restore.
        for (author, edit) in edits
        where group.contains(author) && replicas[author].restores == edit.restores
            && !placed.contains(edit.entry)
        {
            report(.lost, "\(edit.told) by \(Telling.name(author)) did not come to \(name)")
        }
    }
}
