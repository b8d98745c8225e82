import Foundation
import GRDB
import Participation
import SyncCore

/// Takes runs of other laptops' logs, inside one transaction that is already open.
struct FrameTaker {
    /// What a frame came to.
    struct Outcome {
        var entries = 0
        var refused: [RefusedRun] = []
        var hasStatements = false
        var lastCommit: CommitID?
        /// What changed here, for open pages; empty where it was too much to name.
        var changes: [ChangeNotice.Change] = []
    }

    private let db: Database
    private var applier: Applier
    private var roll: Roll?
    private var position: Int64
    private(set) var outcome = Outcome()
    private let insertEntry: WriteStatement
    private let insertPayload: WriteStatement

    init(_ db: Database) throws {
        self.db = db
        applier = try Applier(db)
        roll = try Reader(db).roll()
        position = try Reader(db).logEnd()
        insertEntry = try WriteStatement(db, LogTables.insertEntry)
        insertPayload = try WriteStatement(db, LogTables.insertPayload)
    }

    /// Takes what is new of a run, or notes why not.
    mutating func take(_ branch: Branch, _ checked: Result<VerifiedRun, RunFault>) throws {
        let run: VerifiedRun
        switch checked {
        case .failure(let fault):
            outcome.refused.append(RefusedRun(branch: branch, reason: .fault(fault)))
            return
        case .success(let verified): run = verified
        }
        guard isAdmitted(run) else {
            outcome.refused.append(RefusedRun(branch: branch, reason: .notAdmitted))
            return
        }
        guard let log = try log(run) else {
            outcome.refused.append(RefusedRun(branch: branch, reason: .tooManyLogs))
            return
        }
        let news: ArraySlice<CheckedEntry>
        do throws(RunFault) { news = try run.news(after: log.head) } catch {
            outcome.refused.append(RefusedRun(branch: branch, reason: .fault(error)))
            return
        }
        try append(news, to: log.number)
    }

    /// Writes the counters, and makes the tables anew where a removal changed what counts.
    mutating func finish() throws -> Outcome {
        try applier.finish()
        if outcome.hasStatements, let roll { try Cuts(db, roll).enforce() }
        if outcome.changes.count > ChangeNotice.most { outcome.changes = [] }
        return outcome
    }

    /// The founder's log is known by the founding entry's hash, before anybody is a member.
    private func isAdmitted(_ run: VerifiedRun) -> Bool {
        guard let everyone = roll?.everyone else { return false }
        if everyone.members[run.branch.device] != nil { return true }
        return !everyone.isFounded && run.previous == .none
            && run.entries.first?.hash == everyone.community.founding
    }

    private mutating func log(_ run: VerifiedRun) throws -> (number: Int64, head: Head)? {
        if let number = applier.numbers[run.branch] {
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT \"head\", \"headHash\" FROM \"branch\" WHERE \"number\" = ?"),
                arguments: [number])
            guard let row, let hash = Hash(bytes: row[1] as Data) else {
                throw StoreError.damaged("branch")
            }
            return (number, Head(sequence: UInt64(bitPattern: row[0]), hash: hash))
        }
        guard applier.numbers.count < SyncLimits.branches else { return nil }
        let number = try LogTables.addBranch(run.branch, key: run.key.bytes, db)
        applier.learn(run.branch, number: number)
        return (number, .none)
    }

    private mutating func append(_ news: ArraySlice<CheckedEntry>, to log: Int64) throws {
        guard let last = news.last else { return }
        var hasStatements = false
        for checked in news {
            let header = checked.entry.header
            position += 1
            let record = try apply(checked.entry, log: log, &hasStatements)
            try insertEntry.run(
                .number(position), .number(log), .number(Int64(bitPattern: header.sequence)),
                .number(record), .bytes(checked.headerBytes),
                checked.entry.signature.map { .bytes($0) } ?? .null)
            if let payload = checked.entry.payload {
                try insertPayload.run(.number(position), .bytes(Array(payload)))
            }
        }
        try LogTables.setHead(last.head, of: log, db)
        outcome.entries += news.count
        let header = last.entry.header
        outcome.lastCommit = CommitID(epoch: header.branch.epoch, start: header.commit)
        guard hasStatements else { return }
        outcome.hasStatements = true
        roll = try Reader(db).roll()
    }

    /// Applies an entry; returns the number of its record: 0 where it is about none, -1 where it
    /// is kept and forwarded without being merged.
    private mutating func apply(
        _ entry: LogEntry, log: Int64, _ hasStatements: inout Bool
    ) throws -> Int64 {
        let header = entry.header
        switch entry.payload.flatMap({ try? Payload.message($0) }) {
        case .statement?:
            hasStatements = true
            return 0
        case .change(let change)?:
            guard roll?.counts(header.branch, sequence: header.sequence) != false else { return -1 }
            note(change)
            return try applier.apply(
                change, branch: log,
                arrival: .init(
                    device: header.branch.device, actor: header.actor,
                    milliseconds: header.milliseconds))
        case .unknown?, .evidence?, nil: return 0
        }
    }

    private mutating func note(_ change: RecordChange) {
        guard outcome.changes.count <= ChangeNotice.most,
            let entity = EntityName(rawValue: change.entity), let id = RecordID(change.record)
        else { return }
        outcome.changes.append(.init(entity, id))
    }
}
