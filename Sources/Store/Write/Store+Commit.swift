import GRDB
public import Participation
import SyncCore
import Synchronization

extension Store {
    /// Does all edits in one transaction, or none. When this returns, they are on the disk.
    /// - Throws: ``StoreError/refused(_:)`` with every problem found, ``StoreError/notFound``,
    ///   or a fault of the disk; nothing is changed then.
    @discardableResult
    public func commit(_ edits: [Edit], by actor: Actor) async throws -> CommitReceipt {
        let reading = readClock()
        let (receipt, changes) = try await StoreError.naming {
            try await self.pool.write { db in
                var writer = try self.writer(db, actor, reading)
                var records: [RecordID] = []
                var changes: [ChangeNotice.Change] = []
                for edit in edits {
                    let outcome = try writer.write(edit)
                    records.append(outcome.id)
                    if outcome.isChanged { changes.append(.init(edit.entity, outcome.id)) }
                }
                let problems = try edits.compactMap(\.input).flatMap {
                    try writer.referenceProblems($0)
                }
                guard problems.isEmpty else { throw StoreError.refused(problems) }
                try Accounts.checkLogins(edits, db)
                return (try self.end(&writer, db, records: records), changes)
            }
        }
        if let commit = receipt.commit {
            announcer.announce(ChangeNotice(commit: commit, changes: changes))
        }
        return receipt
    }

    func writer(
        _ db: Database, _ actor: Actor, _ reading: CommunityClock.Reading
    ) throws -> CommitWriter {
        let own = try OwnBranch.find(db, environment)
        return CommitWriter(
            db: db,
            log: try OwnLog(db, own, environment, actor: actor.account, reading: reading),
            applier: try Applier(db), now: reading.milliseconds, makeID: makeID,
            void: try VoidEdits(db, own))
    }

    func end(
        _ writer: inout CommitWriter, _ db: Database, records: [RecordID]
    ) throws -> CommitReceipt {
        try writer.finish()
        tellMeetings(of: writer.applier.touched, db)
        guard !writer.log.isEmpty else { return CommitReceipt(commit: nil, records: records) }
        try Facts(db).setClockFloor(clock.withLock(\.floor))
        return CommitReceipt(commit: writer.log.commitID, records: records)
    }
}

extension Store {
    /// Once the transaction is on the disk, the meetings it touched are read anew.
    func tellMeetings(of touched: TouchedMeetings, _ db: Database) {
        db.afterNextTransaction { [meetings] db in
            // Without a position to compare, nothing that was read before is trusted.
            let position = try? Reader(db).logEnd()
            meetings.touch(position == nil ? .all : touched, at: position ?? .max)
        }
    }
}

extension Edit {
    /// The kind of record it is about.
    public var entity: EntityName {
        switch self {
        case .make(let input), .put(let input), .change(let input): input.entity
        case .delete(let entity, _), .restore(let entity, _): entity
        }
    }

    var input: RecordInput? {
        switch self {
        case .make(let input), .put(let input), .change(let input): input
        case .delete, .restore: nil
        }
    }
}
