import NIOCore
import NIOPosix
import SyncCore
import Synchronization

@testable import SyncTransport

/// A cable between two laptops that is pulled after so many bytes, counted both ways.
final class CutCable: Sendable {
    private typealias Wire = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private let target: PeerAddress
    private let left: Mutex<Int>
    private let limit: Int

    init(to target: PeerAddress, after bytes: Int) {
        self.target = target
        limit = bytes
        left = Mutex(bytes)
    }

    /// How many bytes went through.
    var carried: Int { limit - left.withLock { $0 } }

    /// Gives the near end of the cable to `body`.
    func plugged<Result: Sendable>(
        _ body: @escaping @Sendable (PeerAddress) async throws -> Result
    ) async throws -> Result {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Wire(wrappingChannelSynchronously: channel)
                }
            }
        guard let port = listener.channel.localAddress?.port,
            let address = PeerAddress(host: "127.0.0.1", port: port)
        else { throw TestFault.noServer }
        return try await listener.executeThenClose { arrivals in
            try await withThrowingTaskGroup(of: Result?.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await body(address) }
                group.addTask {
                    for try await near in arrivals { try? await self.carry(near) }
                    return nil
                }
                while let result = try await group.next() {
                    if let result { return result }
                }
                throw TestFault.noServer
            }
        }
    }

    private func carry(_ near: Wire) async throws {
        let far = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: target.host, port: target.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Wire(wrappingChannelSynchronously: channel)
                }
            }
        try await near.executeThenClose { fromNear, toNear in
            try await far.executeThenClose { fromFar, toFar in
                try await withThrowingTaskGroup { group in
                    defer { group.cancelAll() }
                    group.addTask { try await self.pump(fromNear, toFar) }
                    group.addTask { try await self.pump(fromFar, toNear) }
                    // Either way ended is the cable's end.
                    try await group.next()
                }
            }
        }
    }

    private func pump(
        _ from: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ to: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws {
        for try await piece in from {
            let isWhole = left.withLock { left in
                guard left >= piece.readableBytes else { return false }
                left -= piece.readableBytes
                return true
            }
            guard isWhole else { throw TestFault.cut }
            try await to.write(piece)
        }
    }
}
