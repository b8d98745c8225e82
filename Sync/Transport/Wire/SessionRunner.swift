import Logging
public import SyncCore

/// How a session went, for whoever asked for it.
public struct SessionOutcome: Sendable, Equatable {
    /// How it ended.
    public let ending: SyncSession.Ending
    /// Why the other could not be reached, where that was the end of it.
    public let unreachable: Unreachable?
    /// Whom it was held with; nil where nobody trusted answered.
    public let member: Membership.Member?
    /// What came and went.
    public let progress: SyncSession.Progress
    /// The digest of our values when the two were compared last; nil where they were not.
    public internal(set) var digest: Hash?
}

/// Does what a ``SyncSession`` says: talks over a link, and has the replica take and make frames.
struct SessionRunner: Sendable {
    let replica: any Replica
    let logger: Logger
    /// Asked once it is clear who answers; false ends the session as busy.
    let claim: @Sendable (Membership.Member) async -> Bool
    /// Told after each step.
    let report: @Sendable (Membership.Member?, SyncSession.Progress) async -> Void

    private struct Talk {
        var session = SyncSession()
        var member: Membership.Member?
        var isClaimed = false
        var unreachable: Unreachable?
        var digest: Hash?
        var ahead: Ahead?
    }

    /// A question that was asked before it was certain, and its answer.
    private struct Ahead {
        let request: PullRequest
        let answer: Result<PullAnswer, any Error>
    }

    func run(over link: PeerLink) async throws -> SessionOutcome {
        var talk = Talk()
        var action = talk.session.handle(.begin)
        while true {
            if case .end(let ending) = action {
                return SessionOutcome(
                    ending: ending, unreachable: talk.unreachable, member: talk.member,
                    progress: talk.session.progress, digest: talk.digest)
            }
            let event: SyncSession.Event
            do {
                event = try await perform(action, &talk, link)
            } catch let trouble as PeerTrouble {
                event = .failed(trouble.fault)
                talk.unreachable = trouble.reason
            } catch let fault as SessionFault {
                event = .failed(fault)
            } catch {
                try Task.checkCancellation()
                logger.error(
                    "session failed here", metadata: ["error": "\(type(of: error))"])
                event = .failed(.busy)
            }
            action = talk.session.handle(event)
            await report(talk.member, talk.session.progress)
        }
    }

    private func perform(
        _ action: SyncSession.Action, _ talk: inout Talk, _ link: PeerLink
    ) async throws -> SyncSession.Event {
        switch action {
        case .greet: return try await greet(&talk, link)
        case .pull(let request):
            let ahead = talk.ahead
            talk.ahead = nil
            if let ahead, ahead.request == request { return .pulled(try ahead.answer.get()) }
            let answer = try await link.pull(request)
            if let heads = answer.heads { await note(heads, talk) }
            return .pulled(answer)
        case .apply(let frame):
            async let taking = replica.take(frame)
            talk.ahead = await ask(ahead: frame, talk.session, link)
            let taken = try await taking
            return .applied(heads: taken.heads, refused: taken.refused)
        case .recall(let branch, let place):
            return .recalled(try await replica.head(of: branch, at: place))
        case .compose(let theirs, let skipped):
            return .composed(try await replica.compose(theirs: theirs, skipping: skipped))
        case .push(let frame):
            let answer = try await link.push(frame)
            await note(answer.heads, talk)
            return .pushed(answer)
        case .end: return .failed(.outOfTurn)
        }
    }

    /// The other makes its next frame while this one goes to the disk. That a cable was pulled
    /// meanwhile shows at the next question; what has come is taken all the same.
    private func ask(
        ahead frame: Frame, _ session: SyncSession, _ link: PeerLink
    ) async -> Ahead? {
        guard let request = session.pull(ahead: frame) else { return nil }
        do {
            return Ahead(request: request, answer: .success(try await link.pull(request)))
        } catch {
            return Ahead(request: request, answer: .failure(error))
        }
    }

    private func note(_ heads: Heads, _ talk: Talk) async {
        if let member = talk.member { await replica.heard(heads, from: member.device) }
    }

    private func greet(_ talk: inout Talk, _ link: PeerLink) async throws -> SyncSession.Event {
        let (mine, heads) = try await replica.hello()
        let theirs: Hello
        do {
            theirs = try await link.hello(mine)
        } catch {
            // Who turned us away is known by its key.
            if let key = link.tlsHash { talk.member = try? await replica.member(tlsHash: key) }
            throw error
        }
        guard let key = link.tlsHash else { throw PeerTrouble.unreachable(.lost) }
        let standing = try await replica.standing(tlsHash: key)
        if case .member(let member) = standing {
            talk.member = member
            talk.digest = mine.digest
            if !talk.isClaimed {
                guard await claim(member) else { throw SessionFault.busy }
                talk.isClaimed = true
            }
            await replica.heard(theirs.clock, from: member.device)
            if theirs.heads == mine.heads { await note(heads, talk) }
        }
        return .greeted(mine: mine, heads: heads, theirs: theirs, PeerStanding(standing))
    }
}

extension PeerTrouble {
    /// What it is to a session.
    var fault: SessionFault {
        switch self {
        case .unreachable: .unreachable
        case .fault(let fault): fault
        }
    }

    var reason: Unreachable? {
        guard case .unreachable(let reason) = self else { return nil }
        return reason
    }
}
