import SyncCore
import Testing

/// A meeting of two laptops, with everything that can go wrong in it.
struct SessionTests {
    private static func peers() throws -> (SamplePeer, SamplePeer) {
        var (one, two) = (try SamplePeer(1), try SamplePeer(2))
        one.shelf.put(one.laptop, try one.laptop.log([[1], [2], [3]], seals: [1]))
        two.shelf.put(two.laptop, try two.laptop.log([[4], [5]]))
        return (one, two)
    }

    @Test func `after a meeting both hold the same, and the next one is one question`() throws {
        var (one, two) = try Self.peers()
        #expect(try one.meet(&two) == .same)
        #expect(one.shelf.logs == two.shelf.logs)
        #expect(one.shelf.logs.count == 2)
        var actions = 0
        #expect(try one.meet(&two, actions: &actions) == .same)
        #expect(actions == 2)
        #expect(one.hello.bytes.count < 256)
    }

    @Test func `a cable pulled anywhere loses nothing, and the rest comes the next time`() throws {
        for seed in UInt64(1)...60 {
            var generator = Seeded(seed)
            var peers = [try SamplePeer(1), try SamplePeer(2)]
            for number in UInt8(1)...5 {
                let laptop = try SampleLaptop(number)
                let count = Int.random(in: 2...40, using: &generator)
                let payloads = (0..<count).map { [UInt8](repeating: number, count: $0) }
                let seals = Set((1...count).filter { _ in generator.chance(40) })
                let log = try laptop.log(payloads, seals: seals)
                let ends = (1...count).filter { log[$0 - 1].signature != nil }
                for index in peers.indices {
                    let end = ends.randomElement(using: &generator) ?? count
                    if generator.chance(85) {
                        peers[index].shelf.put(laptop, Array(log.prefix(end)))
                    }
                    peers[index].frameBytes = Int.random(in: 200...2000, using: &generator)
                }
            }
            var ending = SyncSession.Ending.fault(.unreachable)
            var meetings = 0
            while ending == .fault(.unreachable) {
                var actions = 0
                let cut = Int.random(in: 1...12, using: &generator)
                if generator.chance(50) { peers.swapAt(0, 1) }
                let before = peers.map(\.shelf.heads)
                var other = peers[1]
                ending = try peers[0].meet(&other, cutAfter: cut, actions: &actions)
                peers[1] = other
                for (peer, heads) in zip(peers, before) {
                    #expect(peer.shelf.heads.entriesMissing(of: heads) == 0, "seed \(seed)")
                }
                meetings += 1
                try #require(meetings < 2000, "seed \(seed)")
            }
            #expect(ending == .same, "seed \(seed)")
            #expect(peers[0].shelf.logs == peers[1].shelf.logs, "seed \(seed)")
        }
    }

    @Test func `whom one does not speak with`() throws {
        let (one, two) = try Self.peers()
        let mine = one.hello
        #expect(mine.fault(meeting: two.hello, standing: two.standing) == nil)
        #expect(mine.fault(meeting: two.hello, standing: .stranger) == .stranger)
        #expect(mine.fault(meeting: two.hello, standing: .removed) == .removed)
        #expect(mine.fault(meeting: two.hello, standing: one.standing) == .wrongDevice)
        #expect(mine.fault(meeting: mine, standing: one.standing) == .wrongDevice)
        var other = two
        other.community = CommunityID(founding: .zero)
        #expect(mine.fault(meeting: other.hello, standing: two.standing) == .wrongCommunity)
        other = two
        other.versions = 1...9
        #expect(mine.fault(meeting: other.hello, standing: two.standing) == nil)
        #expect(other.hello.version(with: mine) == 1)
        other.versions = 2...9
        #expect(mine.fault(meeting: other.hello, standing: two.standing) == .newerProtocol)
        #expect(other.hello.fault(meeting: mine, standing: one.standing) == .olderProtocol)
        #expect(throws: EncodingError.unknownFormat(2)) { try Hello(bytes: other.hello.bytes) }
        #expect(Hello.fault(.unknownFormat(2)) == .newerProtocol)
        #expect(Hello.fault(.tooLong) == .tooLarge)
    }

    @Test func `a session that meets such a one ends with the reason`() throws {
        var (one, two) = try Self.peers()
        two.community = CommunityID(founding: .zero)
        #expect(try one.meet(&two) == .fault(.wrongCommunity))
        #expect(one.shelf.logs.count == 1)
    }

    @Test func `a forked log is named on both sides and the others go on`() throws {
        var (one, two) = try Self.peers()
        let clone = try SampleLaptop(3)
        let common = try clone.log([[1]])
        one.shelf.put(clone, common + (try clone.log(after: common.head, [[2], [2]])))
        two.shelf.put(clone, common + (try clone.log(after: common.head, [[3]])))
        for asksFirst in [true, false] {
            var (left, right) = asksFirst ? (one, two) : (two, one)
            guard case .different(let difference) = try left.meet(&right) else {
                Issue.record("a fork went unseen")
                return
            }
            let refused = RefusedRun(branch: clone.branch(), reason: .fault(.fork(sequence: 2)))
            #expect(difference.forks == (asksFirst ? [clone.branch(): 2] : [:]))
            #expect(difference.refused == (asksFirst ? [] : [refused]))
            #expect(difference.refusedByOther == (asksFirst ? [refused] : []))
            #expect(!difference.hasSameHeads)
            #expect(left.shelf.logs[one.laptop.branch()] == right.shelf.logs[one.laptop.branch()])
            #expect(left.shelf.logs[two.laptop.branch()] == right.shelf.logs[two.laptop.branch()])
        }
    }

    @Test func `logs of laptops never admitted are left where they are`() throws {
        var (one, two) = try Self.peers()
        let third = try SampleLaptop(3)
        two.shelf.put(third, try third.log([[7], [8]], seals: [1]))
        two.frameBytes = 200
        one.strangers = [third.device]
        let refused = RefusedRun(branch: third.branch(), reason: .notAdmitted)
        guard case .different(let difference) = try one.meet(&two) else {
            Issue.record("not the same, and yet called so")
            return
        }
        #expect(difference.refused == [refused])
        #expect(one.shelf.logs.count == 2)
        guard case .different(let back) = try two.meet(&one) else {
            Issue.record("not the same, and yet called so")
            return
        }
        #expect(back.refusedByOther == [refused])
    }

    @Test func `same entries and other values are told apart from missing entries`() throws {
        var (one, two) = try Self.peers()
        two.salt = 1
        for _ in 0..<2 {
            guard case .different(let difference) = try one.meet(&two) else {
                Issue.record("other digests, and yet called the same")
                return
            }
            #expect(difference.hasSameHeads)
        }
    }
}

/// The state machine alone: what no honest laptop sends.
struct SessionStateTests {
    private static func started() throws -> (SyncSession, SamplePeer, SamplePeer) {
        var one = try SamplePeer(1)
        let two = try SamplePeer(2)
        one.shelf.put(one.laptop, try one.laptop.log([[1]]))
        var session = SyncSession()
        #expect(session.handle(.begin) == .greet)
        let action = session.handle(
            .greeted(
                mine: one.hello, heads: one.shelf.heads, theirs: two.hello, two.standing))
        #expect(action == .pull(PullRequest(heads: one.shelf.heads, wantsHeads: true)))
        return (session, one, two)
    }

    private static let empty = Frame(runs: [], hasMore: false)

    @Test func `every event out of turn ends the session, and it can begin again`() throws {
        let step = LogPlan.Step(frame: Self.empty, forks: [:], unsendable: [])
        let events: [SyncSession.Event] = [
            .applied(heads: Heads(), refused: []), .composed(step),
            .pushed(PushAnswer(heads: Heads(), refused: [])),
        ]
        for event in events {
            var (session, _, _) = try Self.started()
            #expect(session.handle(event) == .end(.fault(.outOfTurn)))
            #expect(session.handle(event) == .end(.fault(.outOfTurn)))
            #expect(session.handle(.failed(.busy)) == .end(.fault(.outOfTurn)))
            #expect(session.handle(.begin) == .greet)
        }
        var fresh = SyncSession()
        #expect(
            fresh.handle(.pulled(PullAnswer(heads: nil, frame: Self.empty)))
                == .end(.fault(.outOfTurn)))
    }

    @Test func `an answer without the heads that were asked is malformed`() throws {
        var (session, _, _) = try Self.started()
        let action = session.handle(.pulled(PullAnswer(heads: nil, frame: Self.empty)))
        #expect(action == .end(.fault(.malformed)))
    }

    @Test func `an empty frame that promises more is malformed`() throws {
        var (session, _, _) = try Self.started()
        let frame = Frame(runs: [], hasMore: true)
        let action = session.handle(.pulled(PullAnswer(heads: Heads(), frame: frame)))
        #expect(action == .end(.fault(.malformed)))
    }

    @Test func `frames that bring nothing new do not go on for ever`() throws {
        var (session, one, two) = try Self.started()
        let run = try two.laptop.run(try two.laptop.log([[1]]))
        let frame = Frame(runs: [run], hasMore: true)
        #expect(
            session.handle(.pulled(PullAnswer(heads: Heads(), frame: frame))) == .apply(frame))
        #expect(
            session.handle(.applied(heads: one.shelf.heads, refused: []))
                == .end(.fault(.stalled)))
    }

    @Test func `a lie ends the session and names the log`() throws {
        var (session, one, two) = try Self.started()
        let run = try two.laptop.run(try two.laptop.log([[1]]))
        let frame = Frame(runs: [run], hasMore: true)
        _ = session.handle(.pulled(PullAnswer(heads: Heads(), frame: frame)))
        let fault = RunFault.badSignature(sequence: 1)
        let refused = RefusedRun(branch: run.branch, reason: .fault(fault))
        #expect(
            session.handle(.applied(heads: one.shelf.heads, refused: [refused]))
                == .end(.fault(.badRun(run.branch, fault))))
    }

    @Test func `a push that changes nothing stalls`() throws {
        var (session, one, _) = try Self.started()
        let action = session.handle(
            .pulled(PullAnswer(heads: Heads(), frame: Self.empty)))
        #expect(action == .compose(theirs: Heads(), skipping: []))
        #expect(session.progress.toSend == 1)
        let step = one.compose(for: Heads(), skipping: [])
        #expect(session.handle(.composed(step)) == .push(step.frame))
        #expect(
            session.handle(.pushed(PushAnswer(heads: Heads(), refused: [])))
                == .end(.fault(.stalled)))
    }

    @Test func `a fault in any state ends the session with that fault`() throws {
        for fault in [SessionFault.unreachable, .busy, .noRoom, .removed, .tooLarge] {
            var (session, _, _) = try Self.started()
            #expect(session.handle(.failed(fault)) == .end(.fault(fault)))
        }
    }
}
