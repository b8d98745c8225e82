import Store
import SyncCore
import SyncTransport
import WebUI

/// Who belongs to the community.
extension Laptops {
    func found(as label: LaptopLabel, by actor: Actor) async throws(LaptopFault) {
        guard let label = DeviceLabel(label.text) else { throw .failed }
        try await Self.naming {
            _ = try await self.store.found(keys: self.network.keys, label: label, by: actor)
        }
    }

    func remove(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault) {
        let member = try await member(laptop)
        try await Self.naming { try await self.store.remove(member.device, by: actor) }
    }

    func readmit(_ laptop: LaptopID, by actor: Actor) async throws(LaptopFault) {
        let member = try await member(laptop)
        try await Self.naming {
            try await self.store.admit(
                member.keys, as: member.role, label: member.label, by: actor)
        }
    }

    func rename(
        _ laptop: LaptopID, to label: LaptopLabel, by actor: Actor
    ) async throws(LaptopFault) {
        let member = try await member(laptop)
        guard let label = DeviceLabel(label.text) else { throw .failed }
        try await Self.naming {
            try await self.store.admit(member.keys, as: member.role, label: label, by: actor)
        }
    }

    func invite(as role: LaptopRole, by actor: Actor) async throws(LaptopFault) -> InvitationFile {
        let addresses = NetworkNames.networks().flatMap(\.addresses).map {
            $0.contains(":") ? "[\($0)]:\(network.port)" : "\($0):\(network.port)"
        }
        return try await Self.naming {
            let invitation = try await self.store.invite(
                keys: self.network.keys, as: DeviceRole(role), addresses: addresses)
            return InvitationFile(bytes: invitation.bytes, expires: invitation.expires)
        }
    }

    func admit(request: [UInt8], by actor: Actor) async throws(LaptopFault) {
        guard let request = try? InvitationRequest(bytes: request) else { throw .badRequest }
        try await Self.naming {
            _ = try await self.store.redeem(request, tlsHash: nil, by: actor)
        }
    }

    private func member(_ laptop: LaptopID) async throws(LaptopFault) -> Membership.Member {
        let membership = try await Self.naming { try await self.store.membership() }
        guard let membership else { throw .noCommunity }
        let member = membership.members.values.first { $0.device.description == laptop.text }
        guard let member else { throw .unknownLaptop }
        return member
    }

    /// What a fault of the store is to the person who pressed the button.
    static func naming<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws(LaptopFault) -> Result {
        do {
            return try await work()
        } catch StoreError.notAnOffice {
            throw .notOffice
        } catch StoreError.exists {
            throw .hasCommunity
        } catch StoreError.notFound {
            throw .unknownLaptop
        } catch StoreError.diskFull {
            throw .diskFull
        } catch InvitationFault.used {
            throw .usedInvitation
        } catch InvitationFault.expired {
            throw .oldInvitation
        } catch InvitationFault.forged, InvitationFault.otherKey {
            throw .badRequest
        } catch StoreError.weakKey, InvitationFault.weakKey {
            throw .weakKey
        } catch let fault as LaptopFault {
            throw fault
        } catch {
            throw .failed
        }
    }
}
