import SyncCore

/// The bytes with which a request is answered.
enum Answer: Sendable {
    case given([UInt8])
    /// Why not, in the bytes of a ``Refusal``.
    case refused([UInt8])
}

/// What is asked of another laptop.
enum Request: Sendable {
    case hello([UInt8])
    case pull([UInt8])
    case push([UInt8])
}

extension Replica {
    /// Says who it is and what it holds.
    mutating func hello() -> Hello {
        Hello(
            versions: isLater ? 1...2 : Hello.spoken, community: community, device: device,
            clock: clock.read(), digest: view.digest(), heads: disk.heads.hash)
    }

    /// What another laptop's TLS key says about it.
    func standing(of other: Identity) -> PeerStanding {
        let standing = PeerStanding(view.membership.standing(tlsHash: other.keys.tlsHash))
        // The office one was paired with is known until its admission has come.
        let isSponsor = sponsor == other.device && view.everyone.members[other.device] == nil
        return isSponsor ? .member(other.device) : standing
    }

    /// The next frame for one that holds `theirs`.
    mutating func compose(for theirs: Heads, skipping skipped: Set<Branch>) -> LogPlan.Step {
        let logs = disk.logs
        let plan = LogPlan(
            mine: disk.heads, theirs: theirs, logs: view.everyone.logs(of: logs.keys),
            skipping: skipped)
        let step = plan.next(limit: frameBytes) { branch, after, take in
            for kept in logs[branch]?.entries.dropFirst(Int(clamping: after)) ?? [] {
                guard take(kept.entry) else { return }
            }
        }
        notice(step.forks.keys)
        return step
    }

    /// What it holds at a place of a log.
    func head(of branch: Branch, at place: UInt64) -> Head {
        guard place > 0, let log = disk.logs[branch], place <= UInt64(log.entries.count) else {
            return .none
        }
        return log.entries[Int(place) - 1].head
    }

    /// Answers a request of another laptop, as a listener does that keeps nothing between two.
    mutating func answer(_ request: Request, of other: Identity) throws -> Answer {
        let standing = standing(of: other)
        switch standing {
        case .member: break
        case .removed: return refuse(.removed)
        case .stranger: return refuse(.stranger)
        }
        do {
            switch request {
            case .hello(let bytes): return answerHello(try Hello(bytes: bytes), standing)
            case .pull(let bytes):
                let request = try PullRequest(bytes: bytes)
                heard[other.device] = request.heads
                let step = compose(for: request.heads, skipping: Set(request.skipped))
                let heads = request.wantsHeads ? disk.heads : nil
                return .given(PullAnswer(heads: heads, frame: step.frame).bytes)
            case .push(let bytes):
                let refused = try take(try Frame(bytes: bytes))
                return .given(PushAnswer(heads: disk.heads, refused: refused).bytes)
            }
        } catch let error as EncodingError {
            return refuse(Hello.fault(error))
        }
    }

    private mutating func answerHello(_ theirs: Hello, _ standing: PeerStanding) -> Answer {
        let mine = hello()
        guard let fault = mine.fault(meeting: theirs, standing: standing) else {
            return .given(mine.bytes)
        }
        if fault == .wrongDevice, theirs.device == device { notice([branch]) }
        return refuse(fault)
    }

    private func refuse(_ fault: SessionFault) -> Answer {
        .refused(Refusal(found: fault).bytes)
    }
}
