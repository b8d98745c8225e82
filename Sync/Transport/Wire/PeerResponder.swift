import Logging
import NIOHTTP1
import SyncCore

/// Answers the requests of members; keeps nothing between them.
struct PeerResponder: Sendable {
    let replica: any Replica
    let door: (any PeerDoor)?
    let watcher: (any PeerWatcher)?
    let shelf: (any PhotoShelf)?
    let logger: Logger

    /// Answers a request with its whole body. Whether its sender belongs to the community is
    /// asked each time: a resumed session of TLS has seen no certificate.
    func answer(_ path: PeerPath, _ body: [UInt8], from tlsHash: Hash) async -> PeerReply {
        if path.isPairing {
            guard let door else { return PeerReply(found: .stranger) }
            let isOpen = await door.isOpen()
            // Who was just admitted asks how it ended, perhaps after the screen was closed.
            let isLast = path == .pairPoll ? await replica.isMember(tlsHash: tlsHash) : false
            guard isOpen || isLast else { return PeerReply(found: .stranger) }
            return await door.answer(path, body, from: tlsHash)
        }
        do {
            let member = try await replica.member(tlsHash: tlsHash)
            switch path {
            case .hello: return try await hello(body, member)
            case .pull: return try await pull(body, member)
            case .push: return try await push(body, member)
            case .photosLacking, .photo, .photoGive: return try await photos(path, body)
            case .changes, .pairCommit, .pairReveal, .pairPoll, .pairInvitation:
                return PeerReply(found: .malformed)
            }
        } catch let error as EncodingError {
            return PeerReply(found: SessionFault(error))
        } catch let fault as SessionFault {
            return PeerReply(found: fault)
        } catch is CancellationError {
            return PeerReply(found: .busy)
        } catch {
            logger.error(
                "peer request failed here",
                metadata: ["path": "\(path.rawValue)", "error": "\(type(of: error))"])
            return PeerReply(found: .busy)
        }
    }

    private func hello(_ body: [UInt8], _ member: Membership.Member) async throws -> PeerReply {
        let theirs: Hello
        do { theirs = try Hello(bytes: body) } catch { throw Hello.fault(error) }
        let (mine, heads) = try await replica.hello()
        if let fault = mine.fault(meeting: theirs, standing: .member(member.device)) {
            return PeerReply(found: fault)
        }
        if let watcher, await watcher.givesWay(member.device) { return PeerReply(found: .busy) }
        await replica.heard(theirs.clock, from: member.device)
        if theirs.heads == mine.heads { await replica.heard(heads, from: member.device) }
        let isSame = theirs.digest == mine.digest && theirs.heads == mine.heads
        await watcher?.greeted(member, sharing: isSame ? mine.digest : nil)
        return PeerReply(mine.bytes)
    }

    private func pull(_ body: [UInt8], _ member: Membership.Member) async throws -> PeerReply {
        let request = try PullRequest(bytes: body)
        // Later ones of a session are sent ahead of what is still on its way to the disk there.
        if request.wantsHeads { await replica.heard(request.heads, from: member.device) }
        let answer = try await replica.answer(request)
        await watcher?.visited(member, received: 0, sent: answer.frame.entryCount)
        return PeerReply(answer.bytes)
    }

    private func photos(_ path: PeerPath, _ body: [UInt8]) async throws -> PeerReply {
        guard let shelf else { return PeerReply([], status: .notFound) }
        switch path {
        case .photosLacking: return PeerReply(PhotosLacking(try await shelf.lacking()).bytes)
        case .photo: return PeerReply(try await shelf.piece(PhotoRequest(bytes: body)).bytes)
        default:
            let receipt = try await shelf.take(PhotoPiece(bytes: body))
            if receipt.state == .whole { await shelf.photosCame() }
            return PeerReply(receipt.bytes)
        }
    }

    private func push(_ body: [UInt8], _ member: Membership.Member) async throws -> PeerReply {
        let frame = try Frame(bytes: body)
        let taken = try await replica.take(frame)
        for run in taken.refused {
            if let lie = run.lie { return PeerReply(found: .badRun(run.branch, lie)) }
        }
        await watcher?.visited(member, received: frame.entryCount, sent: 0)
        return PeerReply(PushAnswer(heads: taken.heads, refused: taken.refused).bytes)
    }
}

extension Frame {
    /// How many entries it holds.
    var entryCount: UInt64 { runs.reduce(0) { $0 + UInt64($1.entries.count) } }
}
