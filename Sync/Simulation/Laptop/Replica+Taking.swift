import SyncCore

extension Replica {
    /// Takes a frame, in one transaction. Answers what of it was not taken, and why.
    mutating func take(_ frame: Frame) throws -> [RefusedRun] {
        var refused: [RefusedRun] = []
        for run in frame.runs {
            guard let reason = try take(run) else { continue }
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

    private mutating func take(_ run: Run) throws -> RefusedRun.Reason? {
        let isKnown = view.everyone.members[run.branch.device] != nil
        guard isKnown || run.previous == .none else { return .notAdmitted }
        let result = run.checked
        guard case .success(let verified) = result else { return result.reason }
        // Before anybody is known, the founding entry speaks for itself.
        guard isKnown || verified.entries.first?.hash == community.founding else {
            return .notAdmitted
        }
        let log = disk.logs[run.branch] ?? HeldLog(key: run.key)
        switch verified.checkedNews(after: log.head) {
        case .success(let entries) where entries.isEmpty && !log.holds(verified.end):
            // It ends before our head, and yet is not what we hold there.
            return try diverge(verified, at: verified.end.sequence)
        case .success(let entries):
            let kept = entries.map { Kept($0) }
            disk.logs[run.branch, default: HeldLog(key: run.key)].entries += kept
            take(kept)
            return nil
        case .failure(.fork(let place)): return try diverge(verified, at: place)
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
