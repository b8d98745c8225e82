import GRDB
import Participation
import SyncCore

/// What is done about logs of which two laptops hold another entry at one place: all who know
/// both sides choose the same one for the log, and carry the other in their own logs. So in the
/// end everybody holds the same logs again, and in them both sides.
extension FrameTaker {
    /// Takes in a run that goes on from another entry than ours; answers why it is not part of
    /// the log now.
    mutating func diverge(
        _ run: VerifiedRun, _ number: Int64, at place: UInt64
    ) throws -> RefusedRun.Reason? {
        guard let mender = try LogMender(db, run.branch, number: number, adding: run) else {
            return .fault(.fork(sequence: place))
        }
        try arrange(mender, run.branch)
        // Told of at once, while the run is at hand: nothing else carries it yet.
        try tell(mender)
        return try LoggedEntry.holds(db, number, run.end) ? nil : .fault(.fork(sequence: place))
    }

    /// Writes the counters, brings in what came by evidence, and makes the tables anew where a
    /// fork or a removal changed what entries mean.
    mutating func finish() throws -> Outcome {
        if outcome.hasStatements { unsettled.formUnion(try EvidenceList(db).branches()) }
        var settled: Set<Branch> = []
        while let branch = unsettled.subtracting(settled).min() {
            settled.insert(branch)
            try settle(branch)
        }
        try applier.finish()
        let countsOtherwise = areTablesStale || outcome.hasStatements
        outcome.touched = countsOtherwise ? .all : applier.touched
        if areTablesStale { try makeAnew() }
        if let roll {
            if outcome.hasStatements {
                try Cuts(db, roll).enforce()
            } else if hasVoid {
                try Cuts(db, roll).note()
            }
        }
        if isOwnLogElsewhere { _ = try OwnBranch.begin(db, author.environment) }
        if outcome.changes.count > ChangeNotice.most { outcome.changes = [] }
        return outcome
    }

    private mutating func settle(_ branch: Branch) throws {
        guard roll?.everyone.members[branch.device] != nil,
            let key = try EvidenceList(db).carried(of: branch)?.key,
            let number = try log(branch, key: key)?.number,
            let mender = try LogMender(db, branch, number: number)
        else { return }
        try arrange(mender, branch)
        try tell(mender)
    }

    private mutating func arrange(_ mender: LogMender, _ branch: Branch) throws {
        guard let news = try mender.arrange(after: &position) else { return }
        areTablesStale = true
        outcome.entries += news.count
        let isStatement = news.contains { checked in
            guard let payload = checked.entry.payload else { return false }
            if case .statement? = try? Payload.message(payload) { return true }
            return false
        }
        if isStatement { try reread() }
        for checked in news {
            guard let payload = checked.entry.payload else { continue }
            unsettled.formUnion(Evidence.runs(in: payload).map(\.branch))
        }
        // Its logs are others now.
        try applier.finish()
        applier = try Applier(db)
    }

    /// Puts into this laptop's log what no log carries yet.
    private mutating func tell(_ mender: LogMender) throws {
        let payloads = mender.payloads()
        guard !payloads.isEmpty else { return }
        var log = try author.log(db)
        for payload in payloads { try log.append(evidence: payload, db) }
        try log.finish(db)
        applier.learn(log.branch, number: log.number)
        outcome.lastCommit = log.commitID
        position = try Reader(db).logEnd()
    }

    private mutating func makeAnew() throws {
        try db.dropEmptyLimbs()
        let roll = try Reader(db).roll()
        self.roll = roll
        outcome.hasStatements = true
        outcome.changes = []
        try Tables.makeAnew(db, roll) { _, _ in }
    }
}
