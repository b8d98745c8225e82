import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import WebUI

/// An HTTP/1.1 connection on which no request takes for ever to arrive.
struct PacedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    let base: HTTP1Channel

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(ArrivalHandler())
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }.flatMapThrowing { value in
            // Between the bytes and what Hummingbird makes of them: right behind the decoder.
            let pipeline = channel.pipeline.syncOperations
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let pace = PaceHandler()
            try pipeline.addHandler(pace, position: .after(decoder))
            try pipeline.handler(type: ArrivalHandler.self).pace = pace
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// HTTP/1.1 on which a request has to arrive in time, see ``RequestPace``.
    static func paced(idleTimeout: TimeAmount) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            PacedChannel(
                base: HTTP1Channel(
                    responder: responder, configuration: .init(idleTimeout: idleTimeout)))
        }
    }
}

/// Sees the bytes before they are a request: a head that drips in is nothing yet to the decoder.
private final class ArrivalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    weak var pace: PaceHandler?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        pace?.bytesArrived()
        context.fireChannelRead(data)
    }
}
