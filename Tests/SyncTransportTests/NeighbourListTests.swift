import SyncCore
import Testing

@testable import SyncTransport

struct NeighbourListTests {
    let own: TestLaptop
    let other: TestLaptop
    let third: TestLaptop
    let member: Membership.Member
    let now = ContinuousClock.now
    let pace = SynchronizerPace()

    init() throws {
        own = try TestLaptop(1)
        other = try TestLaptop(2)
        third = try TestLaptop(3)
        let community = try TestCommunity(office: own, other, third)
        member = try #require(community.membership.members[other.device])
    }

    private func address(_ number: Int) throws -> PeerAddress {
        try #require(
            PeerAddress(host: "10.\(number >> 16).\(number >> 8 & 255).\(number & 255)", port: 7844)
        )
    }

    private func hint(
        _ number: Int, _ device: DeviceID? = nil, _ source: DiscoverySource = .dnsService
    ) throws -> PeerHint {
        PeerHint(address: try address(number), device: device, source: source)
    }

    private func visit(
        _ number: Int, _ ending: SyncSession.Ending, _ member: Membership.Member?,
        _ unreachable: Unreachable? = nil
    ) throws -> NeighbourList.Visit {
        .init(
            address: try address(number),
            outcome: SessionOutcome(
                ending: ending, unreachable: unreachable, member: member,
                progress: SyncSession().progress),
            milliseconds: 7)
    }

    @Test func `ten thousand fake laptops are bounded, and a typed address still has room`() throws
    {
        var list = NeighbourList(own: own.device, pace: pace)
        for number in 0..<10_000 { list.found(try hint(number), at: now) }
        #expect(list.neighbours.count == pace.strangers)
        #expect(list.due(at: now).count == pace.sessions)
        let typed = list.found(try hint(20_000, nil, .typed), at: now)
        #expect(typed == .address(try address(20_000)))
        #expect(list.neighbours.count == pace.strangers)
    }

    @Test func `fakes that fail make room, and members go first`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        for number in 0..<pace.strangers { list.found(try hint(number), at: now) }
        #expect(list.found(try hint(5000, other.device), at: now) == nil)
        let first = try #require(list.due(at: now).first)
        list.begin(first, at: now)
        _ = list.ended(first, try visit(0, .fault(.unreachable), nil, .timedOut), at: now)
        let known = try #require(list.found(try hint(5000, other.device), at: now))
        list.begin(known, at: now)
        _ = list.ended(known, try visit(5000, .same, member), at: now)
        list.wake(known, at: now)
        #expect(list.due(at: now).first == known)
    }

    @Test func `what is written during the first visit is told right after it`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        let id = try #require(list.found(try hint(1, other.device), at: now))
        list.begin(id, at: now)
        list.wakeReachable(at: now)
        _ = list.ended(id, try visit(1, .same, member), at: now)
        #expect(list.due(at: now) == [id])
        // Nothing was written during the next one.
        list.begin(id, at: now)
        _ = list.ended(id, try visit(1, .same, member), at: now)
        #expect(list.due(at: now) == [])
    }

    @Test func `a laptop without hope is forgotten, a member never`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        let fake = try #require(list.found(try hint(1), at: now))
        let known = try #require(list.found(try hint(2, other.device), at: now))
        list.begin(known, at: now)
        _ = list.ended(known, try visit(2, .same, member), at: now)
        for _ in 0..<20 {
            for (id, number) in [(fake, 1), (known, 2)] where list[id] != nil {
                list.begin(id, at: now)
                _ = list.ended(
                    id, try visit(number, .fault(.unreachable), nil, .timedOut), at: now)
            }
        }
        #expect(list[fake] == nil)
        #expect(list[known]?.neighbour.contact == .unreachable(.timedOut))
        #expect(list[known]?.neighbour.lastContactMilliseconds == 7)
        #expect(list[known]?.dueAt == now.advanced(by: pace.lastRetry))
    }

    @Test func `an address becomes the laptop that answers there`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        let id = try #require(list.found(try hint(1, nil, .typed), at: now))
        list.begin(id, at: now)
        let name = list.ended(id, try visit(1, .same, member), at: now)
        #expect(name == .device(other.device))
        #expect(list.neighbours.count == 1)
        #expect(list.neighbours.first?.label == other.label)
        #expect(list.neighbours.first?.agreement == .same)
        #expect(list.found(try hint(1), at: now) == .device(other.device))
    }

    @Test func `a hint that names the wrong laptop does not harm the right one`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        let id = try #require(list.found(try hint(1, third.device), at: now))
        list.begin(id, at: now)
        let name = list.ended(id, try visit(1, .same, member), at: now)
        #expect(name == .device(other.device))
        #expect(list[.device(other.device)]?.neighbour.addresses == [try address(1)])
        #expect(list[id] == nil)
    }

    @Test func `a change during a session makes another one due at once`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        let id = try #require(list.found(try hint(1, other.device), at: now))
        list.begin(id, at: now)
        _ = list.ended(id, try visit(1, .same, member), at: now)
        #expect(list.due(at: now).isEmpty)
        list.wakeReachable(at: now)
        #expect(list.due(at: now) == [id])
        list.begin(id, at: now)
        #expect(list.due(at: now).isEmpty)
        list.wakeReachable(at: now)
        _ = list.ended(id, try visit(1, .same, member), at: now)
        #expect(list.due(at: now) == [id])
    }

    @Test func `this laptop is no neighbour of itself`() throws {
        var list = NeighbourList(own: own.device, pace: pace)
        #expect(list.found(try hint(1, own.device), at: now) == nil)
        let id = try #require(list.found(try hint(1), at: now))
        list.begin(id, at: now)
        _ = list.ended(id, try visit(1, .fault(.unreachable), nil, .ownAddress), at: now)
        #expect(list.neighbours.isEmpty)
    }
}
