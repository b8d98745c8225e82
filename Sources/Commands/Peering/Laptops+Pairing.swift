import Store
import SyncCore
import SyncTransport
import WebUI

/// A pairing in which this laptop asks to be admitted.
struct Joining {
    let visit: PairingVisit
    let task: Task<Void, Never>
    var end: PairingEnd?
    var label: String?

    /// Whether it goes on.
    var isGoingOn: Bool { end == nil && label == nil }
}

/// One laptop admitted by another.
extension Laptops {
    func pairing() async -> Pairing? {
        if let joining { return await stage(joining) }
        guard let desk = await network.parts?.desk, let phase = await desk.phase else { return nil }
        return Pairing(side: .office, stage: stage(phase, typingsLeft: await desk.typingsLeft))
    }

    func openDoor() async throws(LaptopFault) {
        guard joining?.isGoingOn != true else { throw .busy }
        guard let desk = await network.parts?.desk else { throw .noCommunity }
        let membership = try? await store.membership()
        guard membership?.members[network.keys.device]?.role == .office else { throw .notOffice }
        joining = nil
        await desk.close()
        await desk.open()
    }

    func join(at address: LaptopAddress, as label: LaptopLabel) async throws(LaptopFault) {
        guard joining?.isGoingOn != true else { throw .busy }
        guard let place = PeerAddress(host: address.host, port: address.port ?? network.port),
            let label = DeviceLabel(label.text),
            let nonce = PairingNonce(bytes: LiveWorld.randomBytes(32))
        else { throw .unreachable }
        let visit = PairingVisit(
            client: network.client, address: place, keys: network.keys, label: label,
            nonce: nonce, limits: tried, milliseconds: LiveWorld.uptimeMilliseconds)
        let task = Task { await self.hold(visit, at: place) }
        joining = Joining(visit: visit, task: task)
        Task { for await _ in await visit.phases() { await network.sign() } }
    }

    func join(
        with invitation: [UInt8], at address: LaptopAddress?, as label: LaptopLabel
    ) async throws(LaptopFault) {
        guard let invitation = try? Invitation(bytes: invitation) else { throw .badInvitation }
        guard let label = DeviceLabel(label.text) else { throw .failed }
        let visit = InvitationVisit(client: network.client, invitation: invitation)
        let place: PeerAddress
        do {
            let others = address.flatMap {
                PeerAddress(host: $0.host, port: $0.port ?? network.port)
            }
            place = try await visit.run(
                keys: network.keys, label: label, firstAt: others.map { [$0] } ?? [])
        } catch PairingTrouble.unreachable {
            throw .unreachable
        } catch PairingTrouble.invitationRefused, PairingTrouble.doorClosed {
            // The office does not say which; our own clock tells the one from the other.
            throw store.now > invitation.expires ? .oldInvitation : .usedInvitation
        } catch {
            throw .badInvitation
        }
        try await joined(invitation.community, invitation.office, at: place)
    }

    func request(
        with invitation: [UInt8], as label: LaptopLabel
    ) async throws(LaptopFault) -> [UInt8] {
        guard let invitation = try? Invitation(bytes: invitation) else { throw .badInvitation }
        guard let label = DeviceLabel(label.text) else { throw .failed }
        guard store.now <= invitation.expires else { throw .oldInvitation }
        let own = network.keys
        let membership = try await Self.naming { try await self.store.membership() }
        guard membership?.members[own.device] == nil else { throw .hasCommunity }
        try await Self.naming {
            try await self.store.join(invitation.community, introducedBy: invitation.office)
        }
        return invitation.request(from: own, label: label).bytes
    }

    func type(number: String) async throws(LaptopFault) {
        do throws(PairingFault) {
            if let joining {
                try await joining.visit.type(number)
            } else if let desk = await network.parts?.desk {
                try await desk.type(number)
            } else {
                throw .outOfTurn
            }
        } catch {
            switch error {
            case .wrongNumber, .noMatch: throw .wrongNumber
            case .tooOften: throw .tooOften
            default: throw .noPairing
            }
        }
    }

    func admit(
        as label: LaptopLabel, role: LaptopRole, by actor: Actor
    ) async throws(LaptopFault) {
        guard let desk = await network.parts?.desk, let label = DeviceLabel(label.text) else {
            throw .noPairing
        }
        try await Self.naming { try await desk.admit(role: DeviceRole(role), label: label) }
        admitted = LaptopLabel(label.text)
    }

    func endPairing() async {
        if let joining {
            self.joining = nil
            tried = await joining.visit.tried
            // Where the office knows of it, it is told that it is over, which takes a moment.
            if case .asking = await joining.visit.phase { joining.task.cancel() }
            await joining.visit.cancel()
        }
        await network.parts?.desk.close()
        await network.sign()
    }

    private func hold(_ visit: PairingVisit, at place: PeerAddress) async {
        do {
            let (community, office) = try await visit.run()
            tried = await visit.tried
            try await joined(community, office, at: place)
            joining?.label = ""
        } catch {
            tried = await visit.tried
            var end = PairingEnd(error)
            // A door that closes while numbers are shown was closed by a person.
            if end == .notWaiting, case .numbers = await visit.phase { end = .cancelled }
            if joining?.visit === visit { joining?.end = end }
        }
        await network.sign()
    }

    /// Belongs to the community from now on, and meets the office at once.
    private func joined(
        _ community: CommunityID, _ office: DeviceKeys, at place: PeerAddress
    ) async throws(LaptopFault) {
        // A cable may be pulled before the two have talked: the office is looked for there again.
        // Without the note the laptop joins all the same.
        try? RememberedAddresses(file: network.addresses)
            .note(office.device, at: place, milliseconds: store.now)
        try await Self.naming {
            try await self.store.join(community, introducedBy: office)
        }
        await network.meet(place, of: community)
    }

    private func stage(_ joining: Joining) async -> Pairing {
        let left = await joining.visit.typingsLeft
        if let end = joining.end { return Pairing(side: .joiner, stage: .ended(end)) }
        let stage: Pairing.Stage =
            switch await joining.visit.phase {
            case .asking: .waiting
            case .numbers(let shown, let isTyped, let isConfirmedThere):
                isTyped && isConfirmedThere
                    ? .admitting(label: "")
                    : .numbers(
                        .init(
                            shown: shown, isTyped: isTyped, isConfirmedThere: isConfirmedThere,
                            triesLeft: left, wasWrong: left < PairingLimits.typings))
            case .admitted: .done(label: joining.label ?? "")
            case .ended(let fault): .ended(PairingEnd(fault))
            }
        return Pairing(side: .joiner, stage: stage)
    }

    private func stage(_ phase: PairingOffice.Phase, typingsLeft left: Int) -> Pairing.Stage {
        switch phase {
        case .open, .committed: .waiting
        case .numbers(let shown, let isTyped, let isConfirmedThere):
            .numbers(
                .init(
                    shown: shown, isTyped: isTyped, isConfirmedThere: isConfirmedThere,
                    triesLeft: left, wasWrong: left < PairingLimits.typings))
        case .asking(_, let label): .admitting(label: label.text)
        case .admitted: .done(label: admitted?.text ?? "")
        case .ended(let fault): .ended(PairingEnd(fault))
        }
    }
}

extension PairingEnd {
    init(_ error: any Error) {
        switch error {
        case PairingTrouble.unreachable: self = .unreachable
        case PairingTrouble.doorClosed: self = .notWaiting
        case PairingTrouble.ceremony(let fault): self = PairingEnd(fault)
        default: self = .wrongVersion
        }
    }

    init(_ fault: PairingFault) {
        self =
            switch fault {
            case .busy: .busy
            case .expired: .tooLate
            case .tooOften: .tooOften
            case .wrongCommitment, .otherKey: .interference
            case .wrongNumber, .noMatch: .wrongNumbers
            case .cancelled, .outOfTurn: .cancelled
            }
    }
}
