import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Makes connections to other laptops.
enum PeerDialer {
    typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// TCP_USER_TIMEOUT of Linux (tcp(7)).
    static let userTimeout: CInt = 18

    static func milliseconds(_ time: Duration) -> Int {
        Int(clamping: TimeAmount(time).nanoseconds / 1_000_000)
    }

    /// Connects. The handshake goes on after it; what fails of it shows at the first read.
    static func connect(
        _ address: PeerAddress, limits: PeerLimits,
        _ tls: @escaping @Sendable () throws -> NIOSSLClientHandler
    ) async throws -> Connection {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(limits.connecting))
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(
                .tcpOption(.init(rawValue: userTimeout)),
                value: milliseconds(limits.unacknowledged)
            )
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.addHandler(tls())
                    var fields = NIOHTTPDecoderLimitConfiguration()
                    fields.maxHeaderFieldSize = limits.headBytes
                    fields.maxHeaderListSize = limits.headBytes
                    fields.maxHeaderFieldCount = limits.headFields
                    try pipeline.addHTTPClientHandlers(
                        enableOutboundHeaderValidation: true,
                        encoderConfiguration: .init(), decoderLimitConfiguration: fields)
                    return try Connection(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: false))
                }
            }
    }
}
