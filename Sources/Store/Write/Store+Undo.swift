import GRDB
public import Participation
import SyncCore

/// What taking a commit back came to.
public struct UndoReceipt: Sendable, Equatable {
    /// The commit that took it back; it can be taken back too. Nil where nothing was left to do.
    public let commit: CommitID?
    /// Records that were put back.
    public let restored: Int
    /// Fields left as they are, because somebody has changed them since.
    public let skipped: Int
}

/// A record, where ids of several kinds stand side by side.
public struct RecordPlace: Sendable, Hashable {
    /// Its kind.
    public let entity: EntityName
    /// Its id.
    public let id: RecordID

    /// Names a record.
    public init(_ entity: EntityName, _ id: RecordID) {
        self.entity = entity
        self.id = id
    }
}

extension Store {
    /// Entries that one undo may touch.
    static let undoLimit = 5000

    /// Takes a commit back: every field it set, and that nobody has changed since, gets the value
    /// it had; records it made are deleted. `only` takes back what it did to that one record, how
    /// ever large the commit. A new commit; nothing leaves the log.
    /// - Throws: ``StoreError/cannotUndo`` where the log has no such commit, or a larger one than
    ///   can be taken back in one step.
    public func undo(
        _ commit: CommitID, only record: RecordPlace? = nil, by actor: Actor,
        mayWrite: @escaping @Sendable (EntityName) -> Bool
    ) async throws -> UndoReceipt {
        let reading = readClock()
        let (receipt, changes) = try await StoreError.naming {
            try await self.pool.write { db in
                let entries =
                    try record.map { try Self.entries(of: commit, on: $0, db) }
                    ?? Self.entries(of: commit, db)
                var writer = try self.writer(db, actor, reading)
                var changes: [ChangeNotice.Change] = []
                var skipped = 0
                for entry in entries.reversed() {
                    guard let said = entry.change, let id = RecordID(said.record),
                        let entity = EntityName(rawValue: said.entity)
                    else { continue }
                    guard mayWrite(entity) else { throw StoreError.cannotUndo }
                    let change = try writer.applier.meaning(of: said, branch: entry.branch)
                    let (contents, kept) = try Self.reversal(
                        of: change, entry, entity, id, writer.applier, db)
                    skipped += kept
                    if try writer.edit(entity, id, entry.record, contents).isChanged {
                        changes.append(.init(entity, id))
                    }
                }
                let receipt = try self.end(&writer, db, records: [])
                let undo = UndoReceipt(
                    commit: receipt.commit, restored: Set(changes.map(\.id)).count,
                    skipped: skipped)
                return (undo, changes)
            }
        }
        if let commit = receipt.commit {
            announcer.announce(ChangeNotice(commit: commit, changes: changes))
        }
        return receipt
    }

    private static func entries(of commit: CommitID, _ db: Database) throws -> [LoggedEntry] {
        guard let entries = try entries(atMost: undoLimit, of: commit, db) else {
            throw StoreError.cannotUndo
        }
        return entries
    }

    /// The entries of a commit in their order; nil where there are more than `limit`.
    static func entries(
        atMost limit: Int, of commit: CommitID, _ db: Database
    ) throws -> [LoggedEntry]? {
        let branch = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT \"number\" FROM \"branch\" WHERE \"epoch\" = ?"),
            arguments: [Int64(bitPattern: commit.epoch)])
        guard let branch else { throw StoreError.cannotUndo }
        let entries = try LoggedEntry.ofBranch(db, branch, from: commit.start, limit: limit + 1)
            .prefix { $0.header.commit == commit.start }
        guard !entries.isEmpty else { throw StoreError.cannotUndo }
        return entries.count > limit ? nil : Array(entries)
    }

    private static func entries(
        of commit: CommitID, on record: RecordPlace, _ db: Database
    ) throws -> [LoggedEntry] {
        let branches = try Branches.byNumber(db)
        let entries = try LoggedEntry.ofRecord(db, entity: record.entity, id: record.id).filter {
            $0.name(branches).epoch == commit.epoch && $0.header.commit == commit.start
        }
        guard !entries.isEmpty else { throw StoreError.cannotUndo }
        return entries
    }

    /// The contents that undo one entry, and how many of its fields have been changed since.
    private static func reversal(
        of change: RecordChange, _ entry: LoggedEntry, _ entity: EntityName, _ id: RecordID,
        _ applier: Applier, _ db: Database
    ) throws -> (contents: [(String, Content)], skipped: Int) {
        let versions = try applier.versions(record: entry.record, entity: entity)
        let steps = try LoggedEntry.ofRecord(db, entity: entity, id: id)
        if steps.first?.position == entry.position {
            let isDeleted = try Reader(db).row(entity, number: entry.record)?.isDeleted ?? true
            return (isDeleted ? [] : [("deleted", .flag(true))], 0)
        }
        var contents: [(String, Content)] = []
        var skipped = 0
        for field in change.fields {
            let mine = Version(stamp: change.stamp(of: field), branch: entry.name(applier.branches))
            guard versions[field.name] == mine else {
                skipped += 1
                continue
            }
            let old = value(of: field, before: entry, in: steps, applier.branches)
            contents.append((field.name, old))
        }
        return (contents, skipped)
    }

    /// What a field held when the entry's author saw it: the value of its base version.
    private static func value(
        of field: RecordChange.Field, before entry: LoggedEntry, in steps: [LoggedEntry],
        _ branches: [Int64: Branch]
    ) -> Content {
        let nothing: Content = field.name == "deleted" ? .flag(false) : .null
        guard let base = field.base else { return nothing }
        for step in steps where step.name(branches) == base.branch {
            guard let change = step.change else { continue }
            if let old = change.fields.first(where: { $0.name == field.name }),
                change.stamp(of: old) == base.stamp
            {
                return old.content
            }
        }
        return nothing
    }
}
