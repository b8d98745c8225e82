extension SyncSession {
    mutating func end(_ ending: Ending) -> Action {
        state = .ended(ending)
        return .end(ending)
    }

    mutating func greeted(
        _ mine: Hello, _ heads: Heads, _ theirs: Hello, _ standing: PeerStanding
    ) -> Action {
        peerClock = theirs.clock
        if let fault = mine.fault(meeting: theirs, standing: standing) {
            return end(.fault(fault))
        }
        if mine.isSame(as: theirs) { return end(.same) }
        self.mine = heads
        guard mine.heads != theirs.heads else {
            difference.hasSameHeads = true
            return end(.different(difference))
        }
        return pull(wantsHeads: true)
    }

    mutating func pulled(_ answer: PullAnswer, wantsHeads: Bool) -> Action {
        guard wantsHeads == (answer.heads != nil) else { return end(.fault(.malformed)) }
        if let heads = answer.heads { theirs = heads }
        progress.toReceive = mine.entriesMissing(of: theirs)
        guard !answer.frame.runs.isEmpty else {
            return answer.frame.hasMore ? end(.fault(.malformed)) : compose()
        }
        guard let fault = countFrame() else {
            state = .applying(answer.frame)
            return .apply(answer.frame)
        }
        return end(.fault(fault))
    }

    /// What will be asked next if all of this frame is taken; nil where it is the last. Whoever
    /// asks already while the frame is on its way to the disk has the answer when it is there.
    /// The answer to another question than the one that is asked then is worth nothing.
    public func pull(ahead frame: Frame) -> PullRequest? {
        guard frame.hasMore, case .applying = state else { return nil }
        var heads = mine
        for run in frame.runs { heads[run.branch] = run.end }
        return PullRequest(heads: heads, skipping: skipped, wantsHeads: false)
    }

    mutating func applied(_ frame: Frame, _ heads: Heads, _ refused: [RefusedRun]) -> Action {
        for run in refused {
            if let lie = run.lie { return end(.fault(.badRun(run.branch, lie))) }
        }
        progress.received &+= mine.entriesMissing(of: heads)
        let isProgress = heads != mine || refused.contains { !skipped.contains($0.branch) }
        mine = heads
        skipped.formUnion(refused.map(\.branch))
        difference.refused += refused
        guard frame.hasMore else { return compose() }
        return isProgress ? pull(wantsHeads: false) : end(.fault(.stalled))
    }

    mutating func composed(_ step: LogPlan.Step) -> Action {
        difference.forks.merge(step.forks) { first, _ in first }
        difference.unsendable += step.unsendable.filter { !difference.unsendable.contains($0) }
        skippedByOther.formUnion(step.forks.keys)
        skippedByOther.formUnion(step.unsendable)
        guard !step.frame.runs.isEmpty else {
            if let action = mend() ?? sendMended() { return action }
            state = .closing
            return .greet
        }
        guard let fault = countFrame() else {
            state = .pushing
            return .push(step.frame)
        }
        return end(.fault(fault))
    }

    mutating func pushed(_ answer: PushAnswer) -> Action {
        let known = Set(difference.refusedByOther.map(\.branch))
        let news = answer.refused.filter { !known.contains($0.branch) }
        guard answer.heads != theirs || !news.isEmpty else { return end(.fault(.stalled)) }
        progress.sent &+= theirs.entriesMissing(of: answer.heads)
        theirs = answer.heads
        skippedByOther.formUnion(news.map(\.branch))
        difference.refusedByOther += news
        return compose()
    }

    mutating func closed(_ mine: Hello, _ theirs: Hello, _ standing: PeerStanding) -> Action {
        peerClock = theirs.clock
        if let fault = mine.fault(meeting: theirs, standing: standing) {
            return end(.fault(fault))
        }
        if mine.isSame(as: theirs) { return end(.same) }
        difference.hasSameHeads = mine.heads == theirs.heads
        return end(.different(difference))
    }

    private mutating func pull(wantsHeads: Bool) -> Action {
        state = .pulling(wantsHeads: wantsHeads)
        progress.toReceive = mine.entriesMissing(of: theirs)
        return .pull(PullRequest(heads: mine, skipping: skipped, wantsHeads: wantsHeads))
    }

    mutating func compose() -> Action {
        state = .composing
        progress.toReceive = 0
        progress.toSend = theirs.entriesMissing(of: mine)
        return .compose(theirs: theirs, skipping: skippedByOther)
    }

    mutating func countFrame() -> SessionFault? {
        frames += 1
        return frames > SyncLimits.framesPerSession ? .stalled : nil
    }
}
