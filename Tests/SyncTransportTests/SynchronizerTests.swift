import Logging
import SyncCore
import Testing

@testable import SyncTransport

struct SynchronizerTests {
    let office: TestLaptop
    let clerk: TestLaptop
    let community: TestCommunity

    init() throws {
        office = try TestLaptop(1)
        clerk = try TestLaptop(2)
        community = try TestCommunity(office: office, clerk)
    }

    private func synchronizer(
        _ replica: TestReplica, _ ways: [any Discovery] = []
    ) -> Synchronizer {
        var pace = SynchronizerPace()
        pace.firstRetry = .milliseconds(100)
        pace.announced = .milliseconds(200)
        pace.tick = .milliseconds(50)
        return Synchronizer(
            own: replica.laptop.device, client: replica.laptop.client(), replica: replica,
            ways: ways, remembered: nil, pace: pace, milliseconds: { 1_795_000_000_000 },
            logger: .silent)
    }

    /// A way of finding that finds one place.
    private struct OneHint: Discovery {
        let source = DiscoverySource.beacon
        let hint: PeerHint

        func run(_ report: @escaping @Sendable (DiscoveryEvent) -> Void) async {
            report(.status(.beacon, .working))
            report(.found(hint))
        }
    }

    @Test func `a laptop that is found is synchronized at once, then with each change`()
        async throws
    {
        let (here, there) = (TestReplica(office, community), TestReplica(clerk, community))
        try await here.write(5)
        try await there.write(5)
        let visited = synchronizer(here)
        try await withServer(office, here, watcher: visited) { _, address in
            let hint = PeerHint(address: address, device: office.device, source: .beacon)
            let visitor = synchronizer(there, [OneHint(hint: hint)])
            try await withThrowingTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask { try await visitor.run() }
                try await eventually { await here.heads.count == 2 }
                try await eventually {
                    await visitor.state.neighbours.first?.isListenedTo == true
                }
                // Written at the visitor: it brings it. Written here: it is told, and fetches it.
                try await there.write(1)
                try await eventually { await here.payloads(of: clerk).count == 6 }
                try await here.write(1)
                try await eventually { await there.payloads(of: office).count == 6 }
                try await eventually {
                    let state = await visitor.state.neighbours.first
                    return state?.agreement == .same && state?.contact == .reachable
                }
            }
            let state = await visitor.state
            #expect(state.sources == [.beacon: .working])
            #expect(state.neighbours.count == 1)
            #expect(state.neighbours.first?.label == office.label)
            #expect(state.neighbours.first?.received == 6)
            #expect(state.neighbours.first?.sent == 6)
        }
        let guest = await visited.state.neighbours.first
        #expect(guest?.device == clerk.device)
        #expect(guest?.received == 6)
        #expect(guest?.sent == 6)
    }

    @Test func `whoever is to be met before the service runs is met when it does`() async throws {
        let (here, there) = (TestReplica(office, community), TestReplica(clerk, community))
        try await here.write(5)
        try await withServer(office, here) { _, address in
            let visitor = synchronizer(there)
            try await withThrowingTaskGroup(of: Neighbour?.self) { group in
                group.addTask { await visitor.meet(address) }
                // The wish is there first: nothing else happens in the actor.
                try await eventually { await visitor.state.neighbours.count == 1 }
                let running = Task { try await visitor.run() }
                let met = try await group.next()
                #expect(met??.device == office.device)
                running.cancel()
            }
            #expect(await there.heads.count == 1)
        }
    }

    @Test func `an address where nobody listens is named as that`() async throws {
        let replica = TestReplica(clerk, community)
        let synchronizer = synchronizer(replica)
        let address = try #require(PeerAddress(host: "127.0.0.1", port: 1))
        try await withThrowingTaskGroup { group in
            defer { group.cancelAll() }
            group.addTask { try await synchronizer.run() }
            try await eventually { await synchronizer.meet(address) != nil }
            let neighbour = await synchronizer.meet(address)
            #expect(neighbour?.contact == .unreachable(.nothingListens))
        }
    }

    @Test func `of two sessions that cross one gives way`() async throws {
        let (low, high) =
            office.device < clerk.device ? (office, clerk) : (clerk, office)
        for (own, other, isWay) in [(low, high, true), (high, low, false)] {
            let synchronizer = synchronizer(TestReplica(own, community))
            #expect(await !synchronizer.givesWay(other.device))
            await synchronizer.claim(other.device, .device(other.device))
            #expect(await synchronizer.givesWay(other.device) == isWay)
        }
    }
}
