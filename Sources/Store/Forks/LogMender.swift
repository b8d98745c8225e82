import Foundation
import GRDB
import Participation
import SyncCore

/// Brings all that is known of one log into the tables: the trunk as the log, what leaves it as
/// limbs. All who know the same entries come to the same.
struct LogMender {
    typealias Limb = LogTree<CheckedEntry>.Limb

    private let db: Database
    private let branch: Branch
    private let key: RawKey
    /// The local number of the log.
    private let number: Int64
    /// The trunk, then the limbs, from the first place on where anything was added.
    private let limbs: [Limb]
    /// What other logs carry of it already.
    private let shown: Set<Hash>
    /// Where entries stand that are in the tables.
    private let rows: [Hash: (position: Int64, branch: Int64)]

    /// Gathers what is known, and what a run adds; nil where none of it hangs together with the
    /// entries that are here, or where there is nothing but the log.
    init?(_ db: Database, _ branch: Branch, number: Int64, adding run: VerifiedRun? = nil) throws {
        self.db = db
        self.branch = branch
        self.number = number
        let carried = try EvidenceList(db).carried(of: branch)
        guard let key = run?.key ?? carried?.key else { return nil }
        self.key = key
        shown = Set((carried?.entries ?? []).map(\.hash))
        var rows: [Hash: (position: Int64, branch: Int64)] = [:]
        var side: [Hash: CheckedEntry] = [:]
        for entry in (carried?.entries ?? []) + (run?.entries ?? []) { side[entry.hash] = entry }
        for limb in try Limbs(db).numbers[branch]?.dropFirst() ?? [] {
            try LoggedEntry.forEach(db, of: limb, after: 0) { entry in
                let checked = entry.checked
                side[checked.hash] = checked
                rows[checked.hash] = (entry.position, limb)
            }
        }
        guard let root = try Self.root(of: side, number, db) else { return nil }
        var tree = LogTree<CheckedEntry>(after: root)
        try LoggedEntry.forEach(db, of: number, after: root.sequence) { entry in
            let checked = entry.checked
            tree.insert(checked)
            rows[checked.hash] = (entry.position, number)
        }
        for entry in side.values { tree.insert(entry) }
        if let run, !tree.holds(run.previous.hash) { return nil }
        limbs = tree.limbs(of: branch)
        self.rows = rows
    }

    /// The last entry before the first that could be on another side.
    private static func root(
        of side: [Hash: CheckedEntry], _ number: Int64, _ db: Database
    ) throws -> Head? {
        var root: Head?
        for entry in side.values where side[entry.previous] == nil {
            let place = Head(sequence: entry.head.sequence - 1, hash: entry.previous)
            guard place.sequence < root?.sequence ?? .max,
                try LoggedEntry.holds(db, number, place)
            else { continue }
            root = place
        }
        return root
    }

    /// Writes the log and its limbs as they are now. New entries get the places after `position`
    /// in the order of arrival. Answers which entries are new; nil where nothing changed.
    func arrange(after position: inout Int64) throws -> [CheckedEntry]? {
        var numbers: [Int64] = []
        var moves: [(position: Int64, branch: Int64)] = []
        var news: [(entry: CheckedEntry, branch: Int64)] = []
        for limb in limbs {
            let own = try row(of: limb, parent: limb.place.parent.map { numbers[$0] })
            numbers.append(own)
            for entry in limb.entries {
                guard let row = rows[entry.hash] else {
                    news.append((entry, own))
                    continue
                }
                if row.branch != own { moves.append((row.position, own)) }
            }
        }
        guard !moves.isEmpty || !news.isEmpty else { return nil }
        try move(moves)
        for (entry, branch) in news {
            position += 1
            try insert(entry, in: branch, at: position)
        }
        for (limb, number) in zip(limbs, numbers) {
            guard let last = limb.entries.last else { continue }
            try LogTables.setHead(last.head, of: number, db)
        }
        return news.map(\.entry)
    }

    /// What has to go into this laptop's log so that all others learn of both sides.
    func payloads() -> [[UInt8]] {
        var shown = shown
        var payloads: [[UInt8]] = []
        for limb in limbs.dropFirst() {
            guard let start = limb.entries.firstIndex(where: { !shown.contains($0.hash) }) else {
                continue
            }
            payloads += Evidence.payloads(limb.entries[start...].map(\.entry), key: key)
            shown.formUnion(limb.entries.lazy.map(\.hash))
            let rival = limbs[limb.place.parent ?? 0].entries
                .drop { $0.head.sequence <= limb.place.after }
            guard let first = rival.first, !shown.contains(first.hash),
                let end = rival.firstIndex(where: { $0.entry.signature != nil })
            else { continue }
            payloads += Evidence.payloads(rival[...end].map(\.entry), key: key)
            shown.formUnion(rival[...end].lazy.map(\.hash))
        }
        return payloads
    }

    private func row(of limb: Limb, parent: Int64?) throws -> Int64 {
        guard let parent else { return number }
        let known = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT "number" FROM "branch"
                    WHERE "epoch" = ? AND "device" = ? AND "limbOf" = ?
                    """),
            arguments: [
                Int64(bitPattern: limb.place.name.epoch), Data(branch.device.bytes), number,
            ])
        let row =
            try known
            ?? LogTables.addBranch(limb.place.name, key: key.bytes, limbOf: number, db)
        try db.cachedStatement(sql: "UPDATE \"branch\" SET \"parent\" = ? WHERE \"number\" = ?")
            .execute(arguments: [parent, row])
        return row
    }

    /// Two entries at one place may change sides with each other: first all leave.
    private func move(_ moves: [(position: Int64, branch: Int64)]) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE \"entry\" SET \"branch\" = ? WHERE \"position\" = ?")
        for move in moves { try statement.execute(arguments: [-move.position, move.position]) }
        for move in moves { try statement.execute(arguments: [move.branch, move.position]) }
    }

    private func insert(_ checked: CheckedEntry, in branch: Int64, at position: Int64) throws {
        let entry = checked.entry
        var record: Int64 = -1
        switch entry.payload.flatMap({ try? Payload.message($0) }) {
        case .evidence?:
            record = EvidenceList.record
            if let payload = entry.payload {
                _ = try EvidenceList(db).note(payload, at: position)
            }
        case .change(let change)?: try note(change, entry.header)
        case .statement?, .unknown?, nil: record = 0
        }
        try WriteStatement(db, LogTables.insertEntry).run(
            .number(position), .number(branch),
            .number(Int64(bitPattern: entry.header.sequence)), .number(record),
            .bytes(checked.headerBytes), entry.signature.map { .bytes($0) } ?? .null)
        guard let payload = entry.payload else { return }
        try WriteStatement(db, LogTables.insertPayload)
            .run(.number(position), .bytes(Array(payload)))
    }

    /// A deletion on a limb came from another laptop, also from a copy of this one.
    private func note(_ change: RecordChange, _ header: EntryHeader) throws {
        let isDeletion = change.fields.contains { $0.isDeletion && $0.content == .flag(true) }
        guard isDeletion else { return }
        let arrival = Applier.Arrival(
            device: branch.device, actor: header.actor, milliseconds: header.milliseconds)
        _ = try DeletionList(db).add(change.entity, change.record, arrival)
    }
}

extension Database {
    /// Forgets limbs that have become part of others. Only before the tables are made anew, which
    /// may still name them.
    func dropEmptyLimbs() throws {
        try execute(
            sql: """
                DELETE FROM "branch" WHERE "limbOf" <> 0 AND NOT EXISTS (
                    SELECT 1 FROM "entry" WHERE "entry"."branch" = "branch"."number"
                )
                """)
    }
}
