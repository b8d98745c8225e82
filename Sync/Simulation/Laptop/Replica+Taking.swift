import SyncCore

extension Replica {
    /// Takes a frame, in one transaction: nothing of one that holds a lie. Answers what of it was
    /// not taken, and why.
    mutating func take(_ frame: Frame) throws -> [RefusedRun] {
        let runs = frame.runs.map { ($0, $0.checked) }
        let lies = runs.compactMap { run, result in
            result.reason.map { RefusedRun(branch: run.branch, reason: $0) }
        }
        guard lies.isEmpty else { return lies }
        var refused: [RefusedRun] = []
        for (run, result) in runs {
            guard case .success(let verified) = result, let reason = try take(verified) else {
                continue
            }
            refused.append(RefusedRun(branch: run.branch, reason: reason))
        }
        try settle()
        refresh()
        return refused
    }

    /// Takes entries in that were appended to logs.
    mutating func take(_ news: [Kept]) {
        witness(news)
        view.take(news)
        notice(view.evidence.keys)
    }

    /// Remembers for the checks what came.
    mutating func witness(_ news: [Kept]) {
        for kept in news { witnessed.formUnion(kept.all.lazy.map(\.hash)) }
    }

    private mutating func take(_ run: VerifiedRun) throws -> RefusedRun.Reason? {
        let isKnown = view.everyone.members[run.branch.device] != nil
        guard isKnown || run.previous == .none else { return .notAdmitted }
        // Before anybody is known, the founding entry speaks for itself.
        guard isKnown || run.entries.first?.hash == community.founding else {
            return .notAdmitted
        }
        let log = disk.logs[run.branch] ?? HeldLog(key: run.key)
        switch run.checkedNews(after: log.head) {
        case .success(let entries) where entries.isEmpty && !log.holds(run.end):
            // It ends before our head, and yet is not what we hold there.
            return try diverge(run, at: run.end.sequence)
        case .success(let entries):
            let kept = entries.map { Kept($0) }
            disk.logs[run.branch, default: HeldLog(key: run.key)].entries += kept
            take(kept)
            return nil
        case .failure(.fork(let place)): return try diverge(run, at: place)
        case .failure(let fault): return .fault(fault)
        }
    }

    private mutating func diverge(
        _ run: VerifiedRun, at place: UInt64
    ) throws -> RefusedRun.Reason? {
        guard rules.forks == .mended else { return nil }
        disk.forked.insert(run.branch)
        return try mend(run) ? nil : .fault(.fork(sequence: place))
    }
}

extension Run {
    fileprivate var checked: Result<VerifiedRun, RunFault> {
        do throws(RunFault) { return .success(try verified()) } catch { return .failure(error) }
    }
}

extension VerifiedRun {
    fileprivate func checkedNews(after head: Head) -> Result<ArraySlice<CheckedEntry>, RunFault> {
        do throws(RunFault) { return .success(try news(after: head)) } catch {
            return .failure(error)
        }
    }
}

extension Result where Failure == RunFault {
    fileprivate var reason: RefusedRun.Reason? {
        guard case .failure(let fault) = self else { return nil }
        return .fault(fault)
    }
}
