import NIOCore
import NIOHTTP1
import WebUI

/// Does on a connection what its ``RequestPace`` says, and names what goes wrong with a body: the
/// one who reads it should know a client that left from a fault of the program.
final class PaceHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var pace = RequestPace()
    private var context: ChannelHandlerContext?
    private var timer: Scheduled<Void>?
    /// Whether the program waits for the client: a read was asked for and nothing came yet.
    private var isReading = false
    /// A request failed: its answer is the last, and what still comes is thrown away.
    private var isOver = false

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    /// Bytes came in, whatever they will be.
    func bytesArrived() {
        guard !isOver, let context else { return }
        pace.bytesArrived(at: .now)
        if timer == nil, let next = pace.nextCheck { look(at: next, context) }
    }

    func read(context: ChannelHandlerContext) {
        isReading = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        switch unwrapInboundIn(data) {
        case .head(let head): pace.headArrived(isImport: Self.isImport(head), at: .now)
        case .body(let part): pace.bodyArrived(part.readableBytes)
        case .end: pace.endArrived()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.fireChannelReadComplete()
        // Nobody else reads on after a failure. What lies unread when a connection is closed makes
        // the system reset it, and the answer would be lost.
        if isOver { read(context: context) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        if case .head(let head) = part, head.status.code >= 200 { pace.answerBegan() }
        context.write(data, promise: promise)
        guard case .end = part else { return }
        pace.answerEnded()
        if isOver { close(after: RequestPace.lingering, context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isOver, pace.awaitsBody else { return context.fireErrorCaught(error) }
        fail(Self.fault(error), context)
    }

    private func look(at instant: ContinuousClock.Instant, _ context: ChannelHandlerContext) {
        let wait = max(.zero, ContinuousClock.now.duration(to: instant))
        schedule(in: wait, context) { $0.check() }
    }

    private func check() {
        guard let context else { return }
        switch pace.check(at: .now, isReading: isReading) {
        case .rest: break
        case .wait(let instant): look(at: instant, context)
        case .answer: answer(context)
        case .fail: fail(.tooSlow, context)
        case .close: context.close(promise: nil)
        }
    }

    /// Ends the request for whoever reads its body; the answer is theirs, the connection ends here.
    private func fail(_ fault: RequestFault, _ context: ChannelHandlerContext) {
        isOver = true
        let wait = pace.owesAnswer ? RequestPace.answering : RequestPace.lingering
        close(after: wait, context)
        context.fireErrorCaught(fault)
        read(context: context)
    }

    /// Of a request without a head nobody else knows: there is no page to show and no language.
    private func answer(_ context: ChannelHandlerContext) {
        isOver = true
        let head = HTTPResponseHead(
            version: .http1_1, status: .requestTimeout,
            headers: ["connection": "close", "content-length": "0", "cache-control": "no-store"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        close(after: RequestPace.lingering, context)
        read(context: context)
    }

    private func close(after wait: Duration, _ context: ChannelHandlerContext) {
        schedule(in: wait, context) { $0.context?.close(promise: nil) }
    }

    private func schedule(
        in wait: Duration, _ context: ChannelHandlerContext,
        _ work: @escaping (PaceHandler) -> Void
    ) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) {
            [weak self] in
            guard let self else { return }
            timer = nil
            work(self)
        }
    }

    /// The requests whose body may be as long as a file.
    private static func isImport(_ head: HTTPRequestHead) -> Bool {
        head.method == .POST && RequestPace.isImport(head.uri.prefix { $0 != "?" })
    }

    private static func fault(_ error: any Error) -> RequestFault {
        guard let error = error as? HTTPParserError, error != .invalidEOFState else {
            return .clientLeft
        }
        return .malformed
    }
}
