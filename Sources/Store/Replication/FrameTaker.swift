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
        /// The meetings to be read anew.
        var touched = TouchedMeetings()
        /// What changed here, for open pages; empty where it was too much to name.
        var changes: [ChangeNotice.Change] = []
    }

    let db: Database
    /// Writes this laptop's own log, where a fork has to be told of.
    let author: LogAuthor
    var applier: Applier
    var roll: Roll?
    var position: Int64
    var outcome = Outcome()
    /// Logs of which there may be more to bring in than their own runs.
    var unsettled: Set<Branch> = []
    /// Whether the tables have to be made anew.
    var areTablesStale = false
    /// Whether entries came that do not count.
    var hasVoid = false
    /// Whether others held more of the log that this laptop writes.
    var isOwnLogElsewhere = false
    private let own: Branch
    private let limbed: Set<Branch>
    private let insertEntry: WriteStatement
    private let insertPayload: WriteStatement

    init(_ db: Database, _ author: LogAuthor) throws {
        self.db = db
        self.author = author
        own = try OwnBranch.find(db, author.environment).branch
        applier = try Applier(db)
        roll = try Reader(db).roll()
        position = try Reader(db).logEnd()
        limbed = Set(try Limbs(db).numbers.keys)
        insertEntry = try WriteStatement(db, LogTables.insertEntry)
        insertPayload = try WriteStatement(db, LogTables.insertPayload)
    }

    /// Takes what is new of a run, or notes why not.
    mutating func take(_ branch: Branch, _ checked: Result<VerifiedRun, RunFault>) throws {
        guard let reason = try reason(notToTake: checked) else { return }
        outcome.refused.append(RefusedRun(branch: branch, reason: reason))
    }

    private mutating func reason(
        notToTake checked: Result<VerifiedRun, RunFault>
    ) throws -> RefusedRun.Reason? {
        let run: VerifiedRun
        switch checked {
        case .failure(let fault): return .fault(fault)
        case .success(let verified): run = verified
        }
        guard isAdmitted(run) else { return .notAdmitted }
        guard let log = try log(run.branch, key: run.key) else { return .tooManyLogs }
        let news: ArraySlice<CheckedEntry>
        do throws(RunFault) { news = try run.news(after: log.head) } catch {
            guard case .fork(let place) = error else { return .fault(error) }
            return try diverge(run, log.number, at: place)
        }
        // It may end before our head, where we hold another entry.
        if news.isEmpty, try !LoggedEntry.holds(db, log.number, run.end) {
            return try diverge(run, log.number, at: run.end.sequence)
        }
        try append(news, to: log.number)
        return nil
    }

    /// The founder's log is known by the founding entry's hash, before anybody is a member.
    private func isAdmitted(_ run: VerifiedRun) -> Bool {
        guard let everyone = roll?.everyone else { return false }
        if everyone.members[run.branch.device] != nil { return true }
        return !everyone.isFounded && run.previous == .none
            && run.entries.first?.hash == everyone.community.founding
    }

    /// A log by its local number; made where it is new. Nil where there would be too many.
    mutating func log(_ branch: Branch, key: RawKey) throws -> (number: Int64, head: Head)? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT "number", "head", "headHash" FROM "branch"
                    WHERE "epoch" = ? AND "device" = ? AND "limbOf" = 0
                    """),
            arguments: [Int64(bitPattern: branch.epoch), Data(branch.device.bytes)])
        if let row {
            guard let hash = Hash(bytes: row[2] as Data) else { throw StoreError.damaged("branch") }
            return (row[0], Head(sequence: UInt64(bitPattern: row[1]), hash: hash))
        }
        guard try Reader(db).logHeads().count < SyncLimits.branches else { return nil }
        let number = try LogTables.addBranch(branch, key: key.bytes, db)
        applier.learn(branch, number: number)
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
        let branch = header.branch
        if branch == own { isOwnLogElsewhere = true }
        // What others' entries mean may follow from these; and they may lead to what was loose.
        if limbed.contains(branch) { areTablesStale = true }
        if try EvidenceList(db).has(branch) { unsettled.insert(branch) }
        if hasStatements { try reread() }
    }

    /// Who belongs, after statements came.
    mutating func reread() throws {
        outcome.hasStatements = true
        roll = try Reader(db).roll()
    }

    /// Applies an entry; returns the number of its record: 0 where it is about none,
    /// ``LoggedEntry/void`` where it is kept and forwarded without being merged.
    private mutating func apply(
        _ entry: LogEntry, log: Int64, _ hasStatements: inout Bool
    ) throws -> Int64 {
        let header = entry.header
        switch entry.payload.flatMap({ try? Payload.message($0) }) {
        case .statement?:
            hasStatements = true
            return 0
        case .evidence?:
            guard let payload = entry.payload else { return EvidenceList.record }
            unsettled.formUnion(try EvidenceList(db).note(payload, at: position))
            return EvidenceList.record
        case .change(let change)?:
            guard roll?.counts(header.branch, sequence: header.sequence) != false else {
                hasVoid = true
                return LoggedEntry.void
            }
            note(change)
            return try applier.apply(
                change, branch: log,
                arrival: .init(
                    device: header.branch.device, actor: header.actor,
                    milliseconds: header.milliseconds))
        case .unknown?, nil: return 0
        }
    }

    private mutating func note(_ change: RecordChange) {
        guard outcome.changes.count <= ChangeNotice.most,
            let entity = EntityName(rawValue: change.entity), let id = RecordID(change.record)
        else { return }
        outcome.changes.append(.init(entity, id))
    }
}
