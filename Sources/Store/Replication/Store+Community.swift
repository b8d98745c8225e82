import Foundation
import GRDB
public import SyncCore
import Synchronization

extension Store {
    /// The community this laptop belongs to; nil before it was founded or joined.
    public func community() async throws -> CommunityID? {
        try await read { try Facts($0.db).community }
    }

    /// Who belongs to the community, as far as its statements have arrived; nil without one.
    public func membership() async throws -> SyncCore.Membership? {
        try await read { try $0.membership() }
    }

    /// Founds a community with this laptop as its first office.
    /// - Throws: ``StoreError/exists`` where this laptop belongs to one.
    public func found(
        keys: DeviceKeys, label: DeviceLabel, by actor: Actor
    ) async throws -> CommunityID {
        guard let nonce = Nonce(bytes: environment.randomBytes(16)) else {
            throw StoreError.damaged("nonce")
        }
        // The founding entry is the first of a log, so that its place needs no telling.
        return try await state(by: actor, onNewLog: true) { db in
            guard try Facts(db).community == nil else { throw StoreError.exists }
            return (.found(.init(nonce: nonce, keys: keys, label: label)), ())
        } then: { db, head, _ in
            let community = CommunityID(founding: head)
            try Facts(db).setCommunity(community)
            return community
        }
    }

    /// Makes this laptop one of a community, as the office that introduced it says; what it lacks
    /// of it comes with the next exchange.
    /// - Throws: ``StoreError/exists`` where it shares another one with other laptops.
    public func join(_ community: CommunityID, introducedBy office: DeviceKeys) async throws {
        try await StoreError.naming {
            try await self.pool.write { db in
                let reader = Reader(db)
                if let membership = try reader.membership(), membership.community != community {
                    let others = membership.members.keys.filter { $0 != self.deviceID }
                    guard others.isEmpty else { throw StoreError.exists }
                }
                try Facts(db).setCommunity(community)
                try Facts(db).setIntroducer(office)
            }
        }
        acquaintances.withLock { $0 = nil }
        // No entry was written, but whoever listens has another community to speak with.
        let commit = CommitID(epoch: 0, start: 0)
        announcer.announce(ChangeNotice(commit: commit, changes: []))
    }

    /// Admits a laptop, or changes its role or label.
    /// - Throws: ``StoreError/notAnOffice`` where this laptop may not, ``StoreError/weakKey``.
    public func admit(
        _ keys: DeviceKeys, as role: DeviceRole, label: DeviceLabel, by actor: Actor
    ) async throws {
        guard keys.isSound else { throw StoreError.weakKey }
        try await state(by: actor) { db in
            let membership = try self.office(db)
            guard let term = membership.term(toAdmit: keys.device) else {
                throw StoreError.notAnOffice
            }
            return (.admit(.init(term: term, role: role, keys: keys, label: label)), ())
        } then: { _, _, _ in
        }
    }

    /// Removes a laptop; what it wrote and this laptop holds still counts, nothing later does.
    public func remove(_ device: DeviceID, by actor: Actor) async throws {
        try await state(by: actor) { db in
            let membership = try self.office(db)
            guard let member = membership.members[device], device != self.deviceID else {
                throw StoreError.notFound
            }
            let heads = try Reader(db).logHeads()
            let accepted = heads.branches.filter { $0.device == device }
                .map { ($0.epoch, heads[$0].sequence) }
            let removal = SyncCore.Statement.Removal(
                device: device, term: member.term,
                accepted: Dictionary(accepted) { first, _ in first })
            return (.remove(removal), ())
        } then: { _, _, _ in
        }
    }

    func office(_ db: Database) throws -> SyncCore.Membership {
        guard let membership = try Reader(db).membership(),
            let own = membership.members[deviceID], own.role == .office, !own.isRemoved
        else { throw StoreError.notAnOffice }
        return membership
    }

    /// Writes one statement into this laptop's log; what it was made from goes on to `then`.
    func state<Material, Result: Sendable>(
        by actor: Actor, onNewLog: Bool = false,
        _ act: @escaping @Sendable (Database) throws -> (SyncCore.Statement.Act, Material),
        then: @escaping @Sendable (Database, Hash, Material) throws -> Result
    ) async throws -> Result {
        let reading = readClock()
        let (result, commit) = try await StoreError.naming {
            try await self.pool.write { db in
                let (act, material) = try act(db)
                let own = try OwnBranch.find(db, self.environment)
                let branch = try onNewLog ? OwnBranch.empty(db, own, self.environment) : own
                var log = try OwnLog(
                    db, branch, self.environment, actor: actor.account,
                    reading: reading)
                let seen = try Reader(db).statements().map(\.statement.stamp).max()
                let stamp = Stamp.forEdit(now: reading.milliseconds, replacing: seen)
                let head = try log.append(SyncCore.Statement(stamp: stamp, act: act))
                try log.finish(db)
                try Facts(db).setClockFloor(self.clock.withLock(\.floor))
                if let roll = try Reader(db).roll(), try Cuts(db, roll).enforce() {
                    self.tellMeetings(of: .all, db)
                }
                return (try then(db, head, material), log.commitID)
            }
        }
        acquaintances.withLock { $0 = nil }
        announcer.announce(ChangeNotice(commit: commit, changes: []))
        return result
    }
}

extension Reader {
    /// Who belongs to the community, as far as its statements have arrived; nil without one.
    func membership() throws -> SyncCore.Membership? {
        try Facts(db).community.map { SyncCore.Membership($0, try statements()) }
    }

    /// Every statement of the logs held here.
    func statements() throws -> [SyncCore.Membership.Entry] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT e."header", p."bytes" FROM "entry" AS e
                    CROSS JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."record" = 0 ORDER BY e."position"
                    """))
        var found: [SyncCore.Membership.Entry] = []
        while let row = try rows.next() {
            let bytes = Array(row[0] as Data)
            guard let header = try? EntryHeader(bytes: bytes),
                case .statement(let statement)? = try? Payload.message(row[1] as Data)
            else { continue }
            let head = Head(sequence: header.sequence, hash: Hash(of: bytes))
            found.append(.init(branch: header.branch, head: head, statement: statement))
        }
        return found
    }

    /// Up to where each log is held.
    func logHeads() throws -> Heads {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "device", "epoch", "head", "headHash" FROM "branch" WHERE "limbOf" = 0
                    """))
        var places: [Branch: Head] = [:]
        for row in rows {
            guard let device = DeviceID(bytes: row[0] as Data),
                let hash = Hash(bytes: row[3] as Data)
            else { throw StoreError.damaged("branch") }
            let branch = Branch(device: device, epoch: UInt64(bitPattern: row[1]))
            places[branch] = Head(sequence: UInt64(bitPattern: row[2]), hash: hash)
        }
        return Heads(places)
    }
}
