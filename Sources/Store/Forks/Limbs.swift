import GRDB
import SyncCore

/// The limbs of logs that forked, as they stand in the tables.
struct Limbs {
    /// The local numbers of a log and its limbs, the log first and each after the one it leaves.
    private(set) var numbers: [Branch: [Int64]] = [:]
    /// The same, with what they are called and where they leave.
    private(set) var places: [Branch: [LimbPlace]] = [:]

    init(_ db: Database) throws {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "number", "limbOf", "parent", (
                        SELECT min("sequence") FROM "entry" WHERE "branch" = "branch"."number"
                    ) - 1 AS "after" FROM "branch" WHERE "limbOf" <> 0 ORDER BY "after", "number"
                    """))
        guard !rows.isEmpty else { return }
        let names = try Branches.byNumber(db)
        for row in rows {
            guard let log = names[row["limbOf"]],
                let after = (row["after"] as Int64?).map({ UInt64(bitPattern: $0) }),
                let first = try LoggedEntry.hash(db, row["number"], at: after + 1),
                let rival = try LoggedEntry.hash(db, row["parent"], at: after + 1)
            else { continue }
            if numbers[log] == nil {
                numbers[log] = [row["limbOf"]]
                places[log] = [LimbPlace(trunk: log)]
            }
            // What leaves a limb begins after it, so that the parent is known here.
            let parent = numbers[log]?.firstIndex(of: row["parent"])
            numbers[log]?.append(row["number"])
            places[log]?.append(
                LimbPlace(
                    of: log, first: first, rival: rival, parent: parent ?? 0, after: after))
        }
    }
}

/// What versions of forked logs mean, read from the tables as far as it is asked for.
struct Forks {
    private let db: Database
    private let limbs: Limbs
    private var index = ForkIndex()
    private var isLoaded = false

    /// Nil where no log has forked, as nearly always.
    init?(_ db: Database) throws {
        self.db = db
        limbs = try Limbs(db)
        for (log, places) in limbs.places { index.add(log, limbs: places) }
        guard !index.isEmpty else { return nil }
    }

    /// A change of a log or limb with the versions it puts aside as the merge calls them.
    mutating func meaning(of change: RecordChange, in name: Branch) throws -> RecordChange {
        guard index.concerns(change) else { return change }
        if !isLoaded { try load() }
        return index.meaning(of: change, in: name)
    }

    /// A change with the versions it puts aside as this laptop should write them.
    mutating func unambiguous(_ change: RecordChange) throws -> RecordChange {
        guard index.concerns(change) else { return change }
        if !isLoaded { try load() }
        return index.unambiguous(change)
    }

    private mutating func load() throws {
        isLoaded = true
        for (log, numbers) in limbs.numbers {
            let first = index.firstFork(of: log) ?? 0
            for (limb, number) in numbers.enumerated() {
                try LoggedEntry.forEach(db, of: number, after: first) { entry in
                    guard let change = entry.change else { return }
                    index.add(change, of: log, limb: limb, sequence: entry.header.sequence)
                }
            }
        }
    }
}

extension Reader {
    /// The laptops, in hexadecimal digits, of which two wrote under one name: one was copied from
    /// the other.
    public func forkedDevices() throws -> Set<String> {
        Set(try Limbs(db).numbers.keys.map(\.device.description))
    }
}
