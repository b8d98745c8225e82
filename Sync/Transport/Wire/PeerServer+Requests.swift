import Logging
import NIOCore
import NIOHTTP1
import SyncCore

extension PeerServer {
    private typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    private typealias Writer = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    private enum Body {
        case whole([UInt8])
        case tooLarge
        case broken
    }

    /// Answers request after request until the other leaves or is sent away.
    func serve(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                var parts = inbound.makeAsyncIterator()
                while let part = try await parts.next() {
                    guard case .head(let head) = part,
                        let key = try await connection.channel.peerTLSHash(),
                        guests.name(connection.channel, key)
                    else { return }
                    let isKept = try await answer(
                        head, from: key, &parts, outbound, connection.channel)
                    guard isKept else { return await linger(&parts, connection.channel) }
                }
            }
        } catch {
            // A cable out, an alert, a cut: the one who dialled knows why it matters.
            logger.debug("peer connection ended", metadata: ["error": "\(type(of: error))"])
        }
    }

    /// Reads on for a moment: a connection that is closed over bytes nobody read is reset, and
    /// the reset overtakes the answer.
    private func linger(_ parts: inout Parts, _ channel: any Channel) async {
        let deadline = Deadline(channel, .seconds(1))
        defer { deadline.cancel() }
        while (try? await parts.next()) != nil {}
    }

    /// Answers one request; false where the connection is to be closed.
    private func answer(
        _ head: HTTPRequestHead, from key: Hash, _ parts: inout Parts, _ outbound: Writer,
        _ channel: any Channel
    ) async throws -> Bool {
        guard let path = PeerPath(rawValue: head.uri) else {
            return try await sendAway(PeerReply([], status: .notFound), outbound, channel)
        }
        guard head.method == path.method else {
            return try await sendAway(PeerReply([], status: .methodNotAllowed), outbound, channel)
        }
        // Asked before a body is taken in, and again when it is there.
        if !path.isPairing {
            if let fault = await fault(of: key) {
                return try await sendAway(PeerReply(found: fault), outbound, channel)
            }
            guests.noteMember(channel)
        }
        guard path != .changes else {
            try await attend(key, outbound, channel)
            return false
        }
        guard head.headers.first(name: "content-type") == PeerPath.mediaType else {
            return try await sendAway(
                PeerReply([], status: .unsupportedMediaType), outbound, channel)
        }
        switch try await body(head, limit: path.requestBytes, &parts) {
        case .broken: return false
        case .tooLarge:
            _ = try await sendAway(PeerReply(found: .tooLarge), outbound, channel)
            let deadline = Deadline(channel, .seconds(2))
            defer { deadline.cancel() }
            try await drain(&parts)
            return false
        case .whole(let body):
            let reply = await responder.answer(path, body, from: key)
            let isKept = head.isKeepAlive && reply.status != .forbidden
            try await send(reply, isKept: isKept, outbound, channel)
            return isKept
        }
    }

    private func fault(of key: Hash) async -> SessionFault? {
        do {
            _ = try await replica.member(tlsHash: key)
            return nil
        } catch {
            return error as? SessionFault ?? .busy
        }
    }

    private func body(
        _ head: HTTPRequestHead, limit: Int, _ parts: inout Parts
    ) async throws -> Body {
        if let length = head.headers.first(name: "content-length") {
            guard let count = Int(length), count <= limit else { return .tooLarge }
        }
        var bytes: [UInt8] = []
        while let part = try await parts.next() {
            switch part {
            case .head: return .broken
            case .body(let piece):
                guard piece.readableBytes <= limit - bytes.count else { return .tooLarge }
                bytes.append(contentsOf: piece.readableBytesView)
            case .end: return .whole(bytes)
            }
        }
        return .broken
    }

    /// Lets go by what is still on its way, for a moment: a connection closed over unread bytes
    /// is reset, and the other never reads why.
    private func drain(_ parts: inout Parts) async throws {
        var left = SyncLimits.frameBytes * 4
        while let part = try await parts.next() {
            switch part {
            case .body(let piece):
                left -= piece.readableBytes
                if left < 0 { return }
            case .head, .end: return
            }
        }
    }

    private func sendAway(
        _ reply: PeerReply, _ outbound: Writer, _ channel: any Channel
    ) async throws -> Bool {
        try await send(reply, isKept: false, outbound, channel)
        return false
    }

    private func send(
        _ reply: PeerReply, isKept: Bool, _ outbound: Writer, _ channel: any Channel
    ) async throws {
        let deadline = Deadline(channel, limits.time(forBytes: reply.body.count))
        defer { deadline.cancel() }
        var head = HTTPResponseHead(version: .http1_1, status: reply.status)
        head.headers.add(name: "content-type", value: PeerPath.mediaType)
        head.headers.add(name: "content-length", value: String(reply.body.count))
        if !isKept { head.headers.add(name: "connection", value: "close") }
        try await outbound.write(contentsOf: [
            .head(head), .body(.byteBuffer(ByteBuffer(bytes: reply.body))), .end(nil),
        ])
    }

    /// Tells changes, and tells who watches that a member hears them.
    private func attend(
        _ key: Hash, _ outbound: Writer, _ channel: any Channel
    ) async throws {
        let member = try await replica.member(tlsHash: key)
        await responder.watcher?.attends(member, true)
        do {
            try await tellChanges(to: key, outbound, channel)
        } catch {
            await responder.watcher?.attends(member, false)
            throw error
        }
        await responder.watcher?.attends(member, false)
    }

    /// One byte for new heads, and one now and then as a sign of life, until either side leaves.
    private func tellChanges(
        to key: Hash, _ outbound: Writer, _ channel: any Channel
    ) async throws {
        var head = HTTPResponseHead(version: .http1_1, status: .ok)
        head.headers.add(name: "content-type", value: PeerPath.mediaType)
        head.headers.add(name: "transfer-encoding", value: "chunked")
        head.headers.add(name: "connection", value: "close")
        // A link that stands still is dead long before so many signs of life crowd out a change.
        let (bytes, tap) = AsyncStream.makeStream(
            of: ChangeByte.self, bufferingPolicy: .bufferingNewest(16))
        // A link that broke is noticed at once, not at the next sign of life.
        channel.closeFuture.whenComplete { _ in tap.finish() }
        // Listened to before the first byte says so.
        let newHeads = replica.newHeads()
        try await outbound.write(.head(head))
        try await withThrowingTaskGroup { group in
            group.addTask {
                for await _ in newHeads { tap.yield(.heads) }
                tap.finish()
            }
            group.addTask { [limits] in
                while true {
                    try await Task.sleep(for: limits.heartbeat)
                    tap.yield(.alive)
                }
            }
            defer { group.cancelAll() }
            // The first byte says that the stream stands: what comes after it is told.
            tap.yield(.alive)
            for await byte in bytes {
                guard await replica.isMember(tlsHash: key) else { return }
                let piece = ByteBuffer(integer: byte.rawValue)
                try await outbound.write(.body(.byteBuffer(piece)))
            }
        }
    }
}
