import NIOCore
import NIOHTTP1
import NIOTLS

/// Cuts whoever is slow on purpose: the handshake, each request's fields, and its body each have
/// their time. It stands behind the HTTP decoder, so that half a field line counts for nothing.
final class RequestPace: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: PeerLimits
    private var timer: Scheduled<Void>?
    private var bodyBegan = NIODeadline.now()
    private var bodyBytes = 0

    init(limits: PeerLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) { cut(context, after: limits.handshake) }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? TLSUserEvent, case .handshakeCompleted = event {
            cut(context, after: limits.nextRequest)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            bodyBegan = .now()
            bodyBytes = 0
            weigh(context, after: limits.patience)
        case .body(let piece): bodyBytes += piece.readableBytes
        case .end: timer?.cancel()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { cut(context, after: limits.nextRequest) }
        context.write(data, promise: promise)
    }

    private func cut(_ context: ChannelHandlerContext, after time: Duration) {
        timer?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: TimeAmount(time)) {
            bound.value.close(promise: nil)
        }
    }

    /// Looks again and again whether the body comes fast enough.
    private func weigh(_ context: ChannelHandlerContext, after time: Duration) {
        timer?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: TimeAmount(time)) {
            let (pace, context) = bound.value
            let seconds = (NIODeadline.now() - pace.bodyBegan).nanoseconds / 1_000_000_000
            if Int64(pace.bodyBytes) < seconds * Int64(pace.limits.leastBytesPerSecond) {
                context.close(promise: nil)
            } else {
                pace.weigh(context, after: .seconds(1))
            }
        }
    }
}
