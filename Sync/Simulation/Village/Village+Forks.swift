import SyncCore

/// What follows when a session has found out that logs forked.
extension Village {
    /// Logs of which two laptops hold different entries at one place.
    func forks(_ one: Int, _ other: Int) -> [Branch] {
        let (left, right) = (replicas[one].disk.logs, replicas[other].disk.logs)
        return left.keys.sorted().filter { branch in
            guard let mine = left[branch], let theirs = right[branch] else { return false }
            let count = min(mine.entries.count, theirs.entries.count)
            return count > 0 && mine.entries[count - 1].hash != theirs.entries[count - 1].hash
        }
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

    /// At the first contact both sides know of a fork.
    private mutating func checkNoticed(_ talk: Talk) {
        for branch in talk.forks {
            for laptop in [talk.from, talk.to]
            where !replicas[laptop].disk.forked.contains(branch) {
                report(.unnoticedFork, "\(Telling.name(laptop)) does not know of a fork")
            }
        }
    }
}
