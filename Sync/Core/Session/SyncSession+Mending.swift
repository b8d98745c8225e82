/// Where a session stands with a log that forked. The other sends of it only what follows the
/// place that one says to hold; so one goes back, in strides that double, to a place where both
/// hold the same entry, and asks for all that the other has after it. Our side reaches the other
/// as evidence in our own log, with the frames that are pushed afterwards.
struct Mending: Equatable {
    let branch: Branch
    /// The place from which the other is asked; nil until it is known which entry we hold there.
    var place: Head?
    /// How far the next step goes back.
    var stride: UInt64 = 1
}

extension SyncSession {
    /// Goes on with the next log that forked; nil where there is none that was not looked at.
    mutating func mend() -> Action? {
        let refused = (difference.refused + difference.refusedByOther).filter(\.isFork)
        let forked = Set(difference.forks.keys).union(refused.map(\.branch))
        guard let branch = forked.subtracting(mended).min() else { return nil }
        mended.insert(branch)
        let last = min(mine[branch].sequence, theirs[branch].sequence)
        // The other lost the log, or never had any of it: there is nothing to ask for.
        guard last > 0 else { return mend() }
        return recall(Mending(branch: branch), at: last - 1)
    }

    private mutating func recall(_ mending: Mending, at place: UInt64) -> Action {
        state = .recalling(mending)
        return .recall(mending.branch, at: place)
    }

    mutating func recalled(_ mending: Mending, _ place: Head) -> Action {
        var mending = mending
        mending.place = place
        state = .asking(mending)
        // Of all other logs we say to hold what the other holds, so that they do not come along.
        var heads = theirs
        heads[mending.branch] = place
        return .pull(PullRequest(heads: heads, skipping: [], wantsHeads: false))
    }

    mutating func pulledSide(_ answer: PullAnswer, _ mending: Mending) -> Action {
        guard answer.heads == nil else { return end(.fault(.malformed)) }
        guard let place = mending.place,
            let run = answer.frame.runs.first(where: { $0.branch == mending.branch })
        else { return goOn() }
        if let fault = countFrame() { return end(.fault(fault)) }
        if run.previous == place {
            state = .joining(mending, answer.frame)
            return .apply(answer.frame)
        }
        // What follows a place that was just taken, and does not: it was written meanwhile.
        guard place.sequence > 0, mending.stride > 0 else { return goOn() }
        let (stride, isTooFar) = mending.stride.multipliedReportingOverflow(by: 2)
        var next = mending
        next.stride = isTooFar ? .max : stride
        let back = place.sequence > next.stride ? place.sequence - next.stride : 0
        return recall(next, at: back)
    }

    mutating func joined(
        _ mending: Mending, _ frame: Frame, _ heads: Heads, _ refused: [RefusedRun]
    ) -> Action {
        for run in refused {
            if let lie = run.lie { return end(.fault(.badRun(run.branch, lie))) }
        }
        progress.received &+= mine.entriesMissing(of: heads)
        mine = heads
        guard let run = frame.runs.first(where: { $0.branch == mending.branch }),
            run.end.sequence < theirs[mending.branch].sequence
        else { return goOn() }
        return recalled(Mending(branch: mending.branch, stride: 0), run.end)
    }

    /// The next log; after the last, what the other can take now that it could not before.
    private mutating func goOn() -> Action { mend() ?? compose() }

    /// Once the other has our evidence, its log can go on from where ours does.
    mutating func sendMended() -> Action? {
        let again = mended.intersection(skippedByOther)
        guard !again.isEmpty, !hasSentMended else { return nil }
        hasSentMended = true
        skippedByOther.subtract(again)
        difference.refusedByOther.removeAll { again.contains($0.branch) }
        return compose()
    }
}

extension RefusedRun {
    /// Whether another entry stands at one of its places.
    var isFork: Bool {
        if case .fault(.fork) = reason { true } else { false }
    }
}
