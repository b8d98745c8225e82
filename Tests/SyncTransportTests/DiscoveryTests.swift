import Foundation
import NIOCore
import NIOPosix
import SyncCore
import Synchronization
import Testing

@testable import SyncTransport

struct DiscoveryTests {
    private let tag = CommunityTag(TestCommunity.id)

    private func announcement(_ number: UInt8, port: Int = 7844) throws -> Announcement {
        Announcement(tag: tag, device: try TestLaptop(number).device, port: port)
    }

    @Test func `the record of the service says what it must and no more`() throws {
        let own = try announcement(1)
        let bytes = ServiceText(own).bytes
        let read = try #require(ServiceText(bytes: bytes))
        #expect(read.tag == tag)
        #expect(read.device == own.device)
        #expect(bytes.count == 1 + 3 + 1 + 18 + 1 + 34)
        #expect(ServiceText(bytes: bytes + [3] + Array("x=1".utf8)) == read)
    }

    @Test func `records that are not ours are ignored, whatever they hold`() throws {
        let bytes = ServiceText(try announcement(1)).bytes
        for count in 0..<bytes.count {
            #expect(ServiceText(bytes: Array(bytes.prefix(count))) == nil)
        }
        #expect(ServiceText(bytes: [UInt8](repeating: 255, count: 2000)) == nil)
        #expect(ServiceText(bytes: [2, 0xFF, 0xFE] + bytes) != nil)
        var later = bytes
        later[3] = UInt8(ascii: "2")
        #expect(ServiceText(bytes: later) == nil)
    }

    @Test func `a beacon is thirty-two bytes and nothing else is one`() throws {
        let message = BeaconMessage(try announcement(1), wantsAnswer: true)
        #expect(message.bytes.count == 32)
        #expect(BeaconMessage(bytes: message.bytes) == message)
        for place in 0..<6 {
            var altered = message.bytes
            altered[place] ^= 0x80
            #expect(BeaconMessage(bytes: altered) == nil)
        }
        #expect(BeaconMessage(bytes: message.bytes + [0]) == nil)
        #expect(BeaconMessage(bytes: []) == nil)
    }

    @Test func `who is called answers, so one direction is enough`() async throws {
        let (one, other) = (try await Self.freePort(), try await Self.freePort())
        let target = try #require(PeerAddress(host: "127.0.0.1", port: other))
        let (mine, theirs) = (try announcement(1, port: 1001), try announcement(2, port: 1002))
        let caller = Beacon(
            mine, port: one, host: "127.0.0.1", interfaces: nil, targets: [target],
            every: .milliseconds(100))
        let listener = Beacon(
            theirs, port: other, host: "127.0.0.1", interfaces: nil, every: .seconds(60))
        let found = Mutex<Set<PeerHint>>([])
        let note: @Sendable (DiscoveryEvent) -> Void = { event in
            if case .found(let hint) = event { _ = found.withLock { $0.insert(hint) } }
        }
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { await caller.run(note) }
            group.addTask { await listener.run(note) }
            try await eventually { found.withLock { $0.count == 2 } }
        }
        let hints = found.withLock { $0 }
        #expect(Set(hints.compactMap(\.device)) == [mine.device, theirs.device])
        #expect(Set(hints.map(\.address.port)) == [1001, 1002])
    }

    private static func freePort() async throws -> Int {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port
        try await channel.close()
        return try #require(port)
    }

    @Test func `ten thousand services take no more room than sixty-four`() throws {
        let stop = try #require(StopSignal())
        let worker = DNSServiceWorker(
            own: try announcement(1), instance: "own", interfaces: .init(includesVirtual: true),
            stop: stop, report: { _ in })
        for number in 0..<10_000 {
            worker.appeared(.init(name: "fake-\(number)", domain: "local.", interface: 1))
        }
        #expect(worker.candidates.count == DNSServiceWorker.candidateLimit)
        for number in 0..<10_000 {
            worker.vanished(.init(name: "fake-\(number)", domain: "local.", interface: 1))
        }
        #expect(worker.candidates.isEmpty)
    }

    @Test func `containers and the loopback are left out unless told`() {
        let usual = NetworkInterfaces()
        for name in ["lo", "docker0", "veth12ab", "br-5d1"] { #expect(!usual.isUsed(name)) }
        for name in ["eth0", "wlan0", "enp3s0"] { #expect(usual.isUsed(name)) }
        #expect(NetworkInterfaces(includesVirtual: true).isUsed("veth12ab"))
    }

    @Test func `addresses are read as people type them`() {
        #expect(PeerAddress("10.0.0.7")?.port == 7844)
        #expect(PeerAddress(" aral.local:7900 ")?.description == "aral.local:7900")
        #expect(PeerAddress("[fe80::1]:7900")?.host == "fe80::1")
        #expect(PeerAddress("fe80::1")?.host == "fe80::1")
        for wrong in ["", "a b", "a:0", "a:65536", "a:x", "[fe80::1", "[::1]x", "http://a"] {
            #expect(PeerAddress(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `addresses are remembered, and a damaged file begins anew`() async throws {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-places-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let device = try TestLaptop(1).device
        let address = try #require(PeerAddress("10.0.0.7:7844"))
        try RememberedAddresses(file: file).note(device, at: address, milliseconds: 5)
        let events = await Self.events(RememberedAddresses(file: file))
        #expect(
            events == [
                .status(.remembered, .working),
                .found(PeerHint(address: address, device: device, source: .remembered)),
            ])
        try Data("{".utf8).write(to: file)
        let damaged = RememberedAddresses(file: file)
        #expect(await Self.events(damaged) == [.status(.remembered, .fileDamaged)])
        try damaged.note(device, at: address, milliseconds: 5)
        #expect(await Self.events(RememberedAddresses(file: file)).count == 2)
    }

    private static func events(_ way: RememberedAddresses) async -> [DiscoveryEvent] {
        let events = Mutex<[DiscoveryEvent]>([])
        await way.run { event in events.withLock { $0.append(event) } }
        return events.withLock { $0 }
    }
}
