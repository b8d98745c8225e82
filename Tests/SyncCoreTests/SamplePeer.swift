import SyncCore

/// A laptop in memory, which answers and asks as the protocol says.
struct SamplePeer {
    let laptop: SampleLaptop
    var shelf = LogPlanTests.Shelf()
    var community = Assembly.community
    var versions = Hello.spoken
    /// Whom it never heard of.
    var strangers: Set<DeviceID> = []
    /// Whose clock and tables play no part: stands in for the digest of the values.
    var salt: UInt8 = 0
    var frameBytes = SyncLimits.frameBytes

    init(_ number: UInt8) throws { laptop = try SampleLaptop(number) }

    var hello: Hello {
        Hello(
            versions: versions, community: community, device: laptop.device,
            clock: .init(milliseconds: 1_795_000_000_000, isTrusted: true),
            digest: Hash(of: [salt] + shelf.heads.bytes), heads: shelf.heads.hash)
    }

    var standing: PeerStanding { .member(laptop.device) }

    func compose(for theirs: Heads, skipping skipped: Set<Branch>) -> LogPlan.Step {
        let plan = LogPlan(
            mine: shelf.heads, theirs: theirs, logs: shelf.order, skipping: skipped)
        return plan.next(limit: frameBytes) { branch, after, take in
            for entry in shelf.logs[branch, default: []] where entry.header.sequence > after {
                if !take(entry) { return }
            }
        }
    }

    func answer(_ request: PullRequest) throws -> PullAnswer {
        let request = try PullRequest(bytes: request.bytes)
        let step = compose(for: request.heads, skipping: Set(request.skipped))
        let answer = PullAnswer(
            heads: request.wantsHeads ? shelf.heads : nil, frame: step.frame)
        return try PullAnswer(bytes: answer.bytes)
    }

    /// Takes what is right of a frame.
    mutating func take(_ frame: Frame) -> [RefusedRun] {
        var refused: [RefusedRun] = []
        for run in frame.runs {
            guard !strangers.contains(run.branch.device) else {
                refused.append(RefusedRun(branch: run.branch, reason: .notAdmitted))
                continue
            }
            do throws(RunFault) {
                let news = try run.verified().news(after: shelf.heads[run.branch])
                shelf.logs[run.branch, default: []] += news.map(\.entry)
                shelf.keys[run.branch] = run.key
            } catch {
                refused.append(RefusedRun(branch: run.branch, reason: .fault(error)))
            }
        }
        return refused
    }

    mutating func answer(_ frame: Frame) throws -> PushAnswer {
        let refused = take(try Frame(bytes: frame.bytes))
        return try PushAnswer(bytes: PushAnswer(heads: shelf.heads, refused: refused).bytes)
    }

    /// Meets another; after so many actions the cable is pulled.
    mutating func meet(
        _ other: inout SamplePeer, cutAfter: Int = .max, actions: inout Int
    ) throws -> SyncSession.Ending {
        var session = SyncSession()
        var action = session.handle(.begin)
        while true {
            actions += 1
            let event: SyncSession.Event
            switch action {
            case .end(let ending): return ending
            case _ where actions > cutAfter: event = .failed(.unreachable)
            case .greet:
                let theirs = try Hello(bytes: other.hello.bytes)
                event = .greeted(
                    mine: hello, heads: shelf.heads, theirs: theirs, other.standing)
            case .pull(let request): event = .pulled(try other.answer(request))
            case .apply(let frame):
                let refused = take(frame)
                event = .applied(heads: shelf.heads, refused: refused)
            case .recall(let branch, let place):
                event = .recalled(shelf.head(of: branch, at: place))
            case .compose(let theirs, let skipped):
                event = .composed(compose(for: theirs, skipping: skipped))
            case .push(let frame): event = .pushed(try other.answer(frame))
            }
            action = session.handle(event)
        }
    }

    mutating func meet(_ other: inout SamplePeer) throws -> SyncSession.Ending {
        var actions = 0
        return try meet(&other, actions: &actions)
    }
}
