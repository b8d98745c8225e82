import NIOCore
import NIOHTTP1
public import SyncCore

/// A connection to another laptop, used by one task: requests one after the other.
public final class PeerLink {
    private let channel: any Channel
    private var parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    private let host: String
    private let limits: PeerLimits
    /// Why the other's key was not taken, where that was the end of the connection.
    private let refusal: @Sendable () -> Unreachable?
    /// The SHA-256 of the SubjectPublicKeyInfo of the other's TLS key; nil before the first
    /// answer.
    public private(set) var tlsHash: Hash?

    init(
        _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>,
        _ outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>, host: String,
        limits: PeerLimits, refusal: @escaping @Sendable () -> Unreachable?
    ) {
        self.channel = channel
        parts = inbound.makeAsyncIterator()
        self.outbound = outbound
        self.host = host
        self.limits = limits
        self.refusal = refusal
    }

    /// Says hello.
    /// - Throws: ``PeerTrouble``.
    public func hello(_ mine: Hello) async throws -> Hello {
        let bytes = try await exchange(.hello, mine.bytes)
        do { return try Hello(bytes: bytes) } catch { throw PeerTrouble.fault(Hello.fault(error)) }
    }

    /// Asks for what one lacks.
    /// - Throws: ``PeerTrouble``.
    public func pull(_ request: PullRequest) async throws -> PullAnswer {
        let bytes = try await exchange(.pull, request.bytes)
        return try Self.read { try PullAnswer(bytes: bytes) }
    }

    /// Sends a frame.
    /// - Throws: ``PeerTrouble``.
    public func push(_ frame: Frame) async throws -> PushAnswer {
        let bytes = try await exchange(.push, frame.bytes)
        return try Self.read { try PushAnswer(bytes: bytes) }
    }

    /// Asks what photos the other lacks.
    /// - Throws: ``PeerTrouble``.
    func photosLacking() async throws -> PhotosLacking {
        let bytes = try await exchange(.photosLacking, [])
        return try Self.read { try PhotosLacking(bytes: bytes) }
    }

    /// Asks for a piece of a photo.
    /// - Throws: ``PeerTrouble``.
    func photo(_ request: PhotoRequest) async throws -> PhotoPiece {
        let bytes = try await exchange(.photo, request.bytes)
        return try Self.read { try PhotoPiece(bytes: bytes) }
    }

    /// Gives a piece of a photo.
    /// - Throws: ``PeerTrouble``.
    func give(_ piece: PhotoPiece) async throws -> PhotoReceipt {
        let bytes = try await exchange(.photoGive, piece.bytes)
        return try Self.read { try PhotoReceipt(bytes: bytes) }
    }

    /// Listens for changes until the connection ends; calls for each sign with whether there are
    /// new heads.
    /// - Throws: ``PeerTrouble``.
    public func changes(_ sign: (_ hasNewHeads: Bool) async -> Void) async throws {
        let deadline = Deadline(channel, limits.answer)
        defer { deadline.cancel() }
        try await guarded(deadline) {
            let status = try await ask(.changes, [])
            guard status == .ok else {
                let bytes = try await rest(SyncLimits.messageBytes, deadline)
                throw PeerTrouble.fault(Self.fault(status, bytes))
            }
            while let part = try await parts.next() {
                guard case .body(let piece) = part else { return }
                deadline.renew(limits.heartbeat * 3)
                let bytes = piece.readableBytesView
                await sign(bytes.contains(ChangeByte.heads.rawValue))
            }
            throw Unreachable.lost
        }
    }

    /// Sends a message and reads the answer's.
    /// - Throws: ``PeerTrouble``.
    func exchange(_ path: PeerPath, _ body: [UInt8]) async throws -> [UInt8] {
        let (status, bytes) = try await exchangeAny(path, body)
        guard status == .ok else { throw PeerTrouble.fault(Self.fault(status, bytes)) }
        return bytes
    }

    /// Sends a message and reads the answer, whatever its status.
    /// - Throws: ``PeerTrouble``.
    func exchangeAny(
        _ path: PeerPath, _ body: [UInt8]
    ) async throws -> (HTTPResponseStatus, [UInt8]) {
        let deadline = Deadline(channel, limits.answer + limits.time(forBytes: body.count))
        defer { deadline.cancel() }
        return try await guarded(deadline) {
            let status = try await ask(path, body)
            return (status, try await rest(path.answerBytes, deadline))
        }
    }

    private static func read<Message>(_ read: () throws -> Message) throws -> Message {
        do {
            return try read()
        } catch let error as EncodingError {
            throw PeerTrouble.fault(SessionFault(error))
        }
    }

    private static func fault(_ status: HTTPResponseStatus, _ bytes: [UInt8]) -> SessionFault {
        if let refusal = try? Refusal(bytes: bytes) { return refusal.fault }
        return status == .payloadTooLarge ? .tooLarge : .malformed
    }

    /// Gives every failure its name.
    private func guarded<Value>(
        _ deadline: Deadline, _ work: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await work()
        } catch let trouble as PeerTrouble {
            throw trouble
        } catch {
            try Task.checkCancellation()
            let reason = refusal() ?? (deadline.isOver ? .timedOut : Unreachable(error))
            throw PeerTrouble.unreachable(reason)
        }
    }

    /// Sends a request and reads the head of the answer.
    private func ask(_ path: PeerPath, _ body: [UInt8]) async throws -> HTTPResponseStatus {
        var head = HTTPRequestHead(version: .http1_1, method: path.method, uri: path.rawValue)
        head.headers.add(name: "host", value: host)
        if path.method == .POST {
            head.headers.add(name: "content-type", value: PeerPath.mediaType)
            head.headers.add(name: "content-length", value: String(body.count))
        }
        let pieces = body.isEmpty ? [] : [IOData.byteBuffer(ByteBuffer(bytes: body))]
        do {
            try await outbound.write(
                contentsOf: [.head(head)] + pieces.map { .body($0) } + [.end(nil)])
        } catch {
            // An answer may stand before the broken pipe, or the alert that says why.
            guard let status = try await answerHead() else { throw error }
            return status
        }
        guard let status = try await answerHead() else { throw Unreachable.lost }
        return status
    }

    private func answerHead() async throws -> HTTPResponseStatus? {
        while let part = try await parts.next() {
            guard case .head(let head) = part else { return nil }
            guard head.status.code >= 200 else { continue }
            tlsHash = try await channel.peerTLSHash()
            return head.status
        }
        return nil
    }

    private func rest(_ limit: Int, _ deadline: Deadline) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let part = try await parts.next() {
            deadline.renew(limits.piece)
            switch part {
            case .head: throw PeerTrouble.fault(.malformed)
            case .body(let piece):
                guard piece.readableBytes <= limit - bytes.count else {
                    throw PeerTrouble.fault(.tooLarge)
                }
                bytes.append(contentsOf: piece.readableBytesView)
            case .end: return bytes
            }
        }
        throw Unreachable.lost
    }
}
