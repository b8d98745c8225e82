import Crypto
import NIOHTTP1
import SyncCore
import Synchronization
import Testing

@testable import SyncTransport

struct PairingTests {
    let office: TestLaptop
    let joiner: TestLaptop
    let community: TestCommunity

    init() throws {
        office = try TestLaptop(1)
        joiner = try TestLaptop(2)
        community = try TestCommunity(office: office)
    }

    /// The office's store, as far as pairing goes.
    private final class Host: PairingHost {
        let community: TestCommunity
        let invitation: Invitation?
        let isUsed = Mutex(false)

        init(_ community: TestCommunity, _ invitation: Invitation? = nil) {
            self.community = community
            self.invitation = invitation
        }

        func admit(_ keys: DeviceKeys, label: DeviceLabel, role: DeviceRole) {
            community.admit(keys, label, role: role)
        }

        func hasOpenInvitations() -> Bool { invitation != nil }

        func redeem(
            _ request: InvitationRequest, tlsHash: Hash
        ) throws -> InvitationAnswer {
            guard let invitation else { throw InvitationFault.forged }
            let wasUsed = isUsed.withLock { $0 }
            if let fault = invitation.fault(
                of: request, tlsHash: tlsHash, isUsed: wasUsed, now: 1)
            {
                throw fault
            }
            isUsed.withLock { $0 = true }
            community.admit(request.keys, request.label)
            return invitation.answer(to: request)
        }
    }

    private static let start = ContinuousClock.now

    private static func milliseconds() -> UInt64 {
        UInt64((ContinuousClock.now - start) / .milliseconds(1))
    }

    private func desk(_ host: Host) -> PairingDesk {
        PairingDesk(
            community: TestCommunity.id, keys: office.keys, host: host,
            milliseconds: { Self.milliseconds() }, randomBytes: { [UInt8](repeating: 7, count: $0) }
        )
    }

    private func visit(_ address: PeerAddress) throws -> PairingVisit {
        let nonce = try #require(PairingNonce(bytes: [UInt8](repeating: 9, count: 32)))
        return PairingVisit(
            client: joiner.client(), address: address, keys: joiner.keys, label: joiner.label,
            nonce: nonce, limits: .init(), every: .milliseconds(50),
            milliseconds: { Self.milliseconds() })
    }

    /// The numbers that both screens show.
    private static func numbers(
        _ desk: PairingDesk, _ visit: PairingVisit
    ) async throws -> (office: String, joiner: String) {
        let found = Mutex<(office: String, joiner: String)?>(nil)
        try await eventually {
            guard case .numbers(let office, _, _) = await desk.phase,
                case .numbers(let joiner, _, _) = await visit.phase
            else { return false }
            found.withLock { $0 = (office, joiner) }
            return true
        }
        guard let numbers = found.withLock({ $0 }) else { throw TestFault.never }
        return numbers
    }

    /// Why a visit came to nothing; nil where it did not.
    private static func trouble(of visit: PairingVisit) async -> PairingTrouble? {
        do {
            _ = try await visit.run()
            return nil
        } catch {
            return error as? PairingTrouble
        }
    }

    @Test func `two numbers typed make a member, who then synchronizes`() async throws {
        let (office, joiner, community) = (office, joiner, community)
        let desk = desk(Host(community))
        let here = TestReplica(office, community)
        try await here.write(3)
        try await withServer(office, here, door: desk) { _, address in
            await desk.open()
            let visit = try visit(address)
            async let joined = visit.run()
            let numbers = try await Self.numbers(desk, visit)
            #expect(numbers.office != numbers.joiner)
            await #expect(throws: PairingFault.wrongNumber(left: 2)) {
                try await desk.type(numbers.office)
            }
            try await desk.type(numbers.joiner)
            try await visit.type(numbers.office)
            try await eventually {
                if case .asking = await desk.phase { true } else { false }
            }
            try await desk.admit(role: .clerk, label: joiner.label)
            let result = try await joined
            #expect(result.community == TestCommunity.id)
            #expect(result.office == office.keys)
            await desk.close()
            let outcome = try await session(of: TestReplica(joiner, community), at: address)
            #expect(outcome.ending == .same)
            #expect(outcome.progress.received == 3)
        }
    }

    @Test func `a stranger at the open door gets nothing but the pairing`() async throws {
        let desk = desk(Host(community))
        let (joiner, community) = (joiner, community)
        try await withServer(office, TestReplica(office, community), door: desk) {
            server, address in
            await desk.open()
            let visitor = TestReplica(joiner, community)
            let outcome = try await session(of: visitor, at: address)
            #expect(outcome.ending == .fault(.stranger))
            let changes = try await RawClient.ask(
                as: joiner, address,
                [RawClient.head(.GET, PeerPath.changes.rawValue), .end(nil)])
            #expect(changes?.status == .forbidden)
            // One that was removed may come to be paired again, and else hears just that.
            community.admit(joiner.keys, joiner.label)
            community.remove(joiner)
            let late = try await session(of: visitor, at: address)
            #expect(late.ending == .fault(.removed))
            await desk.close()
            await server.recheck()
            try await eventually { server.guests.keys.isEmpty }
        }
    }

    @Test func `a closed door is named as one`() async throws {
        let desk = desk(Host(community))
        try await withServer(office, TestReplica(office, community), door: desk) { _, address in
            let visit = try visit(address)
            let trouble = try #require(await Self.trouble(of: visit))
            #expect([.doorClosed, .unreachable(.lost)].contains(trouble))
        }
    }

    @Test func `three wrong numbers at the joiner end it on both sides`() async throws {
        let desk = desk(Host(community))
        try await withServer(office, TestReplica(office, community), door: desk) { _, address in
            await desk.open()
            let visit = try visit(address)
            async let joined = Self.trouble(of: visit)
            let numbers = try await Self.numbers(desk, visit)
            for left in [2, 1] {
                await #expect(throws: PairingFault.wrongNumber(left: left)) {
                    try await visit.type(numbers.joiner)
                }
                #expect(await visit.typingsLeft == left)
            }
            await #expect(throws: PairingFault.noMatch) { try await visit.type(numbers.joiner) }
            #expect(await joined == .ceremony(.noMatch))
            #expect(await desk.phase == .ended(.cancelled))
            #expect(await desk.typingsLeft == PairingLimits.typings)
        }
    }

    @Test func `a joiner who gives up ends it on both sides`() async throws {
        let desk = desk(Host(community))
        try await withServer(office, TestReplica(office, community), door: desk) { _, address in
            await desk.open()
            let visit = try visit(address)
            async let joined = Self.trouble(of: visit)
            _ = try await Self.numbers(desk, visit)
            await visit.cancel()
            #expect(await joined == .ceremony(.cancelled))
            #expect(await desk.phase == .ended(.cancelled))
        }
    }

    @Test func `an invitation admits once`() async throws {
        let secret = try #require(Nonce(bytes: [UInt8](repeating: 5, count: 16)))
        let invitation = Invitation(
            community: TestCommunity.id, office: office.keys, secret: secret, role: .clerk,
            expires: 1000, addresses: [])
        let (joiner, community) = (joiner, community)
        let desk = desk(Host(community, invitation))
        try await withServer(office, TestReplica(office, community), door: desk) { _, address in
            let first = InvitationVisit(client: joiner.client(), invitation: invitation)
            let place = try await first.run(
                keys: joiner.keys, label: joiner.label, firstAt: [address])
            #expect(place == address)
            #expect(community.membership.isMember(tlsHash: joiner.keys.tlsHash))
            let third = try TestLaptop(3)
            let second = InvitationVisit(client: third.client(), invitation: invitation)
            await #expect(throws: PairingTrouble.invitationRefused) {
                try await second.run(keys: third.keys, label: third.label, firstAt: [address])
            }
        }
    }
}
