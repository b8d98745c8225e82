import Foundation
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import SyncCore
import Testing

@testable import SyncTransport

struct PeerServerTests {
    let office: TestLaptop
    let clerk: TestLaptop
    let community: TestCommunity

    init() throws {
        office = try TestLaptop(1)
        clerk = try TestLaptop(2)
        community = try TestCommunity(office: office, clerk)
    }

    private func hello(_ id: CommunityID = TestCommunity.id) -> [UInt8] {
        let heads = Heads()
        return Hello(
            community: id, device: clerk.device,
            clock: .init(milliseconds: 1, isTrusted: false), digest: heads.hash, heads: heads.hash
        ).bytes
    }

    private func ask(
        _ path: PeerPath, _ body: [UInt8], length: Int? = nil
    ) async throws -> (status: HTTPResponseStatus, body: [UInt8])? {
        let clerk = clerk
        return try await withServer(office, TestReplica(office, community)) { _, address in
            try await RawClient.ask(
                as: clerk, address,
                [
                    RawClient.head(.POST, path.rawValue, length: length ?? body.count),
                    RawClient.body(body), .end(nil),
                ])
        }
    }

    @Test func `a hello is answered within 256 bytes`() async throws {
        let answer = try #require(try await ask(.hello, hello()))
        #expect(answer.status == .ok)
        #expect(answer.body.count < 256)
        #expect(try Hello(bytes: answer.body).device == office.device)
    }

    @Test func `another community is told so`() async throws {
        let other = CommunityID(founding: Hash(of: [9]))
        let answer = try #require(try await ask(.hello, hello(other)))
        #expect(answer.status == .forbidden)
        #expect(try Refusal(bytes: answer.body).fault == .wrongCommunity)
    }

    @Test func `bytes that mean nothing are malformed`() async throws {
        for path in [PeerPath.hello, .pull, .push] {
            let answer = try #require(try await ask(path, [1, 2, 3]))
            #expect(answer.status == .badRequest)
            #expect(try Refusal(bytes: answer.body).fault == .malformed)
        }
    }

    @Test func `a huge frame is refused before it is read`() async throws {
        let answer = try #require(
            try await ask(.push, [0], length: SyncLimits.frameBytes + 1))
        #expect(answer.status == .payloadTooLarge)
        #expect(try Refusal(bytes: answer.body).fault == .tooLarge)
    }

    @Test func `a frame that hides its size is refused where the limit is`() async throws {
        let clerk = clerk
        let piece = RawClient.body([UInt8](repeating: 0, count: 256 * 1024))
        let answer = try await withServer(office, TestReplica(office, community)) { _, address in
            try await RawClient.ask(
                as: clerk, address,
                [RawClient.head(.POST, PeerPath.push.rawValue)]
                    + [RawClient.Part](repeating: piece, count: 8) + [.end(nil)])
        }
        #expect(answer?.status == .payloadTooLarge)
    }

    @Test func `unknown paths, wrong methods and other types of body are refused`() async throws {
        let clerk = clerk
        try await withServer(office, TestReplica(office, community)) { _, address in
            let cases: [(RawClient.Part, HTTPResponseStatus)] = [
                (RawClient.head(.GET, "/"), .notFound),
                (RawClient.head(.GET, "/peer/1/hello?x"), .notFound),
                (RawClient.head(.GET, PeerPath.hello.rawValue), .methodNotAllowed),
                (
                    RawClient.head(
                        .POST, PeerPath.hello.rawValue, length: 0, type: "text/plain"),
                    .unsupportedMediaType
                ),
                (RawClient.head(.POST, PeerPath.pairCommit.rawValue, length: 0), .forbidden),
            ]
            for (head, status) in cases {
                let answer = try await RawClient.ask(as: clerk, address, [head, .end(nil)])
                #expect(answer?.status == status)
            }
        }
    }

    @Test func `fields without end are cut`() async throws {
        let clerk = clerk
        var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
        head.headers.add(name: "host", value: "test")
        head.headers.add(name: "x", value: String(repeating: "a", count: 64 * 1024))
        let part = RawClient.Part.head(head)
        let answer = try await withServer(office, TestReplica(office, community)) { _, address in
            try await RawClient.ask(as: clerk, address, [part, .end(nil)])
        }
        #expect(answer?.status != .notFound)
    }

    @Test func `a body that drips is cut, one that is slow for a reason is not`() async throws {
        let clerk = clerk
        let replica = TestReplica(office, community)
        let hello = hello()
        try await withServer(office, replica) { _, address in
            let drip =
                [RawClient.head(.POST, PeerPath.push.rawValue, length: 1000)]
                + [RawClient.Part](repeating: RawClient.body([70]), count: 60)
            let begin = ContinuousClock.now
            let cut = try await RawClient.ask(
                as: clerk, address, drip, pause: .milliseconds(200))
            #expect(cut == nil)
            #expect(ContinuousClock.now - begin < .seconds(10))

            let halves = [hello.prefix(40), hello.dropFirst(40)].map { RawClient.body(Array($0)) }
            let slow = try await RawClient.ask(
                as: clerk, address,
                [RawClient.head(.POST, PeerPath.hello.rawValue, length: hello.count)]
                    + halves + [.end(nil)],
                pause: .milliseconds(50))
            #expect(slow?.status == .ok)
        }
        #expect(await replica.frames == 0)
    }

    @Test func `connections that say nothing make room for one that does`() async throws {
        var limits = PeerLimits.quick
        limits.connections = 4
        let (clerk, hello) = (clerk, hello())
        try await withServer(office, TestReplica(office, community), limits: limits) {
            _, address in
            var silent: [any Channel] = []
            for _ in 0..<12 {
                silent.append(
                    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                        .connect(host: address.host, port: address.port).get())
            }
            let answer = try await RawClient.ask(
                as: clerk, address,
                [
                    RawClient.head(.POST, PeerPath.hello.rawValue, length: hello.count),
                    RawClient.body(hello), .end(nil),
                ])
            #expect(answer?.status == .ok)
            for channel in silent { channel.close(promise: nil) }
        }
    }

    @Test func `connections that break at once do not end the listener`() async throws {
        let (clerk, hello) = (clerk, hello())
        try await withServer(office, TestReplica(office, community)) { _, address in
            for _ in 0..<50 {
                // Zero seconds to linger: closed with a reset.
                let channel = try await ClientBootstrap(
                    group: MultiThreadedEventLoopGroup.singleton
                ).connect(host: address.host, port: address.port).get()
                let options = try #require(channel as? any SocketOptionProvider)
                try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
                try await channel.close()
            }
            let answer = try await RawClient.ask(
                as: clerk, address,
                [
                    RawClient.head(.POST, PeerPath.hello.rawValue, length: hello.count),
                    RawClient.body(hello), .end(nil),
                ])
            #expect(answer?.status == .ok)
        }
    }

    @Test func `a server that keeps silent is not waited for without end`() async throws {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let address = try #require(PeerAddress(host: "127.0.0.1", port: port))
        var limits = PeerLimits.quick
        limits.answer = .milliseconds(200)
        limits.patience = .milliseconds(100)
        await #expect(throws: PeerTrouble.unreachable(.timedOut)) {
            try await clerk.client(limits).visit(address, trusting: PeerTLS.anyone) {
                _ = try await $0.exchange(.hello, [])
            }
        }
        try await listener.close()
    }

    @Test func `one key may not hold all the connections`() async throws {
        var limits = PeerLimits.quick
        limits.connectionsPerKey = 2
        let replica = TestReplica(office, community)
        let clerk = clerk
        try await withServer(office, replica, limits: limits) { server, address in
            try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                for _ in 0..<2 {
                    group.addTask {
                        try? await clerk.client().visit(address, trusting: PeerTLS.anyone) {
                            try await $0.changes { _ in }
                        }
                    }
                }
                let key = clerk.keys.tlsHash
                try await eventually { server.guests.count(of: key) == 2 }
                let third = try await RawClient.ask(
                    as: clerk, address,
                    [RawClient.head(.GET, PeerPath.changes.rawValue), .end(nil)])
                #expect(third == nil)
            }
        }
    }

    /// Listens until the connection ends; whether it did by the other's doing.
    private static func isCutOff(_ laptop: TestLaptop, _ address: PeerAddress) async -> Bool {
        do {
            try await laptop.client().visit(address, trusting: PeerTLS.anyone) {
                try await $0.changes { _ in }
            }
            return true
        } catch {
            return error is PeerTrouble
        }
    }

    @Test func `who is removed is cut off at once, and told so`() async throws {
        let replica = TestReplica(office, community)
        let visitor = TestReplica(clerk, community)
        let (clerk, community) = (clerk, community)
        try await withServer(office, replica) { server, address in
            async let isCut = Self.isCutOff(clerk, address)
            try await eventually { server.guests.keys == [clerk.keys.tlsHash] }
            community.remove(clerk)
            replica.tell()
            #expect(await isCut)
            // It hears why, so that its screen can say so, and nothing else.
            let outcome = try await session(of: visitor, at: address)
            #expect(outcome.ending == .fault(.removed))
        }
    }

    @Test func `a connection from before a removal is asked again at each request`() async throws {
        let replica = TestReplica(office, community)
        let (clerk, community, hello) = (clerk, community, hello())
        try await withServer(office, replica) { _, address in
            let statuses = try await clerk.client().visit(address, trusting: PeerTLS.anyone) {
                let before = try await $0.exchangeAny(.hello, hello).0
                // Nobody is told: only the question at the request stands in the way.
                community.remove(clerk)
                let after = try await $0.exchangeAny(.hello, hello)
                #expect(try Refusal(bytes: after.1).fault == .removed)
                return [before, after.0]
            }
            #expect(statuses == [.ok, .forbidden])
        }
    }
}
