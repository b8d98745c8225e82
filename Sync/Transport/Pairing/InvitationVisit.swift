public import SyncCore

/// Uses an invitation over the network: only the office that wrote it is talked with.
public struct InvitationVisit: Sendable {
    private let client: PeerClient
    private let invitation: Invitation

    /// Prepares the visit.
    public init(client: PeerClient, invitation: Invitation) {
        self.client = client
        self.invitation = invitation
    }

    /// Asks the office, at these addresses and then those of the invitation, one after the other,
    /// to admit this laptop. Answers where it was.
    /// - Throws: ``PairingTrouble``, `CancellationError`.
    public func run(
        keys: DeviceKeys, label: DeviceLabel, firstAt others: [PeerAddress] = []
    ) async throws -> PeerAddress {
        let request = invitation.request(from: keys, label: label)
        var last = PairingTrouble.unreachable(.noRoute)
        for address in others + invitation.addresses.compactMap({ PeerAddress($0) }) {
            do {
                try await ask(request, at: address)
                return address
            } catch let trouble as PeerTrouble {
                last = PairingTrouble(trouble)
                // Another laptop may have the address today; a closed door is the office's word.
                guard case .unreachable = last else { throw last }
            }
        }
        throw last
    }

    private func ask(_ request: InvitationRequest, at address: PeerAddress) async throws {
        let office = invitation.office.tlsHash
        let isOffice: PeerTLS.Trust = { $0 == office }
        let bytes = try await client.visit(address, trusting: isOffice) { link in
            do {
                return try await link.exchange(.pairInvitation, request.bytes)
            } catch PeerTrouble.fault(.stranger) {
                throw PairingTrouble.invitationRefused
            }
        }
        guard let answer = try? InvitationAnswer(bytes: bytes),
            invitation.isValid(answer, to: request)
        else { throw PairingTrouble.malformed }
    }
}
