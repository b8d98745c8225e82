import SyncCore

/// What follows when a session has found out that logs forked.
extension Village {
    /// Logs of which two laptops hold different entries at one place, with the number of entries
    /// that the two hold of them.
    func forks(_ one: Int, _ other: Int) -> [Branch: Int] {
        let (left, right) = (replicas[one].disk.logs, replicas[other].disk.logs)
        var found: [Branch: Int] = [:]
        for (branch, mine) in left {
            guard let theirs = right[branch] else { continue }
            let count = min(mine.entries.count, theirs.entries.count)
            guard count > 0, mine.entries[count - 1].hash != theirs.entries[count - 1].hash
            else { continue }
            found[branch] = mine.entries.count + theirs.entries.count
        }
        return found
    }

    mutating func end(_ id: Int, _ talk: Talk, _ ending: SyncSession.Ending) throws {
        talks[id]?.ending = ending
        tell(
            "\(Telling.name(talk.from)) asks \(Telling.name(talk.to)): \(Telling.text(ending))")
        switch ending {
        case .same: counts.sames += 1
        case .fault(.wrongDevice):
            let isClone = replicas[talk.from].device == replicas[talk.to].device
            if isClone { replicas[talk.from].notice([replicas[talk.from].branch]) }
            return leave(id)
        case .fault: return leave(id)
        case .different: break
        }
        counts.forks += talk.forks.count
        checkNoticed(talk)
        leave(id)
    }

    /// At the first contact both sides know of a fork. Where a log went on during the talk, such
    /// as with the evidence of another fork, its end says nothing of what comes before: then the
    /// next contact shows it.
    private mutating func checkNoticed(_ talk: Talk) {
        let laptops = [talk.from, talk.to]
        for (branch, before) in talk.forks.sorted(by: { $0.key < $1.key }) {
            let after = laptops.reduce(0) {
                $0 + (replicas[$1].disk.logs[branch]?.entries.count ?? 0)
            }
            for laptop in laptops where !replicas[laptop].disk.forked.contains(branch) {
                guard after == before else {
                    hiddenForks.insert(branch)
                    continue
                }
                report(.unnoticedFork, "\(Telling.name(laptop)) does not know of a fork")
            }
        }
    }

    /// In the end all know of every fork.
    mutating func checkForksKnown() {
        for branch in hiddenForks.sorted() {
            for (laptop, replica) in replicas.enumerated()
            where replica.disk.logs[branch] != nil && !replica.disk.forked.contains(branch) {
                report(.unnoticedFork, "\(Telling.name(laptop)) never learned of a fork")
            }
        }
    }
}
