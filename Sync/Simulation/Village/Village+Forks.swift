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
        var found: [Branch] = []
        switch ending {
        case .same: counts.sames += 1
        case .fault(.wrongDevice):
            let isClone = replicas[talk.from].device == replicas[talk.to].device
            if isClone { replicas[talk.from].notice([replicas[talk.from].branch]) }
        case .fault: break
        case .different(let difference):
            let refused = (difference.refused + difference.refusedByOther).filter(\.isFork)
            found = Set(difference.forks.keys).union(refused.map(\.branch)).sorted()
            replicas[talk.from].notice(found)
            checkNoticed(talk)
        }
        guard rules.forks == .mended, !found.isEmpty else { return leave(id) }
        counts.forks += found.count
        talks[id]?.mending = Talk.Mending(branches: found)
        askForSide(id)
    }

    /// Asks for a log as if nothing of it were held, by an ordinary pull.
    private mutating func askForSide(_ id: Int) {
        guard let talk = talks[id], let mending = talk.mending, mending.requestsLeft > 0,
            let branch = mending.branches.first
        else { return leave(id) }
        talks[id]?.mending?.requestsLeft -= 1
        var heads = replicas[talk.from].disk.heads
        // The other logs would only fill the frame.
        let others = Set(heads.branches).subtracting([branch])
        heads[branch] = mending.told
        let pull = PullRequest(heads: heads, skipping: others, wantsHeads: false)
        send(.pull(pull.bytes), in: id)
    }

    mutating func hearSide(_ bytes: [UInt8], in id: Int) throws {
        guard let talk = talks[id], let branch = talk.mending?.branches.first,
            let answer = try? PullAnswer(bytes: bytes)
        else { return leave(id) }
        let run = answer.frame.runs.first { $0.branch == branch }
        let end = run.flatMap { try? $0.verified() }?.end
        if !answer.frame.runs.isEmpty { _ = try replicas[talk.from].take(answer.frame) }
        tell(
            "\(Telling.name(talk.from)) hears the other side of a forked log, "
                + "\(run?.entries.count ?? 0) entries")
        if let end, end != talk.mending?.told {
            talks[id]?.mending?.told = end
        } else if answer.frame.hasMore, !answer.frame.runs.isEmpty {
            // Other logs filled the frame; this one comes after them.
        } else {
            talks[id]?.mending?.branches.removeFirst()
            talks[id]?.mending?.told = .none
        }
        askForSide(id)
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

extension RefusedRun {
    fileprivate var isFork: Bool {
        if case .fault(.fork) = reason { true } else { false }
    }
}
