import Foundation
import GRDB
public import SyncCore

extension Store {
    /// Makes an invitation that admits one laptop once within seven days.
    /// - Throws: ``StoreError/notAnOffice`` where this laptop may not.
    public func invite(
        keys: DeviceKeys, as role: DeviceRole, addresses: [String]
    ) async throws -> Invitation {
        guard let secret = Nonce(bytes: environment.randomBytes(16)) else {
            throw StoreError.damaged("nonce")
        }
        let expires = readClock().milliseconds &+ Invitation.lifetimeMilliseconds
        return try await StoreError.naming {
            try await self.pool.write { db in
                let membership = try self.office(db)
                let invitation = Invitation(
                    community: membership.community, office: keys, secret: secret, role: role,
                    expires: expires, addresses: addresses)
                try db.execute(
                    sql: "INSERT INTO \"invitation\" (\"id\", \"bytes\") VALUES (?, ?)",
                    arguments: [Data(invitation.id.bytes), Data(invitation.bytes)])
                return invitation
            }
        }
    }

    /// Whether an invitation is out that was neither used nor has expired.
    public func hasOpenInvitations() async throws -> Bool {
        let now = readClock().milliseconds
        return try await read { reader in
            try Data.fetchAll(
                reader.db,
                sql: "SELECT \"bytes\" FROM \"invitation\" WHERE \"usedAt\" IS NULL"
            ).contains { bytes in
                (try? Invitation(bytes: bytes)).map { $0.expires >= now } ?? false
            }
        }
    }

    /// Checks a request, marks the invitation as used and admits the laptop, in one transaction.
    /// `tlsHash` is the connection's; nil where the request came as a file.
    /// - Throws: ``InvitationFault`` where it does not admit.
    public func redeem(
        _ request: InvitationRequest, tlsHash: Hash?, by actor: Actor
    ) async throws -> InvitationAnswer {
        let now = readClock().milliseconds
        return try await state(by: actor) { db in
            let membership = try self.office(db)
            // The answer may have been lost on its way: who was admitted by it may ask again.
            let known = membership.members[request.keys.device]
            let isKnown = known?.keys == request.keys && known?.isRemoved == false
            let invitation = try Self.redeemed(
                request, tlsHash, now: now, isKnown: isKnown, db)
            guard let term = membership.term(toAdmit: request.keys.device) else {
                throw StoreError.notAnOffice
            }
            let admission = SyncCore.Statement.Admission(
                term: term, role: invitation.role, keys: request.keys, label: request.label)
            return (.admit(admission), invitation.answer(to: request))
        } then: { _, _, answer in
            answer
        }
    }

    private static func redeemed(
        _ request: InvitationRequest, _ tlsHash: Hash?, now: UInt64, isKnown: Bool,
        _ db: Database
    ) throws -> Invitation {
        let row = try Row.fetchOne(
            db, sql: "SELECT \"bytes\", \"usedAt\" FROM \"invitation\" WHERE \"id\" = ?",
            arguments: [Data(request.id.bytes)])
        guard let row, let invitation = try? Invitation(bytes: row[0] as Data) else {
            throw InvitationFault.forged
        }
        let isUsed = (row[1] as Int64?) != nil && !isKnown
        if let fault = invitation.fault(
            of: request, tlsHash: tlsHash, isUsed: isUsed, now: now)
        {
            throw fault
        }
        try db.execute(
            sql: "UPDATE \"invitation\" SET \"usedAt\" = ? WHERE \"id\" = ?",
            arguments: [Int64(clamping: now), Data(request.id.bytes)])
        return invitation
    }
}
