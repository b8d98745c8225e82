import Foundation
import GRDB
public import SyncCore
import Synchronization

/// What another laptop is told of this store, and what is taken from it.
extension Store {
    /// What to say first: the community, the clock, the digest and the heads; nil before this
    /// laptop belongs to a community. Both are of one moment.
    public func hello() async throws -> (hello: Hello, heads: Heads)? {
        let clock = readClock()
        let device = deviceID
        return try await read { reader in
            guard let community = try Facts(reader.db).community else { return nil }
            let heads = try reader.logHeads()
            let digest = try reader.digest()
            guard let digest = Hash(bytes: digest.bytes) else { throw StoreError.damaged("digest") }
            let hello = Hello(
                community: community, device: device, clock: clock, digest: digest,
                heads: heads.hash)
            return (hello, heads)
        }
    }

    /// What the owner of a TLS key is to the community. Asked at every request, so it is
    /// remembered until a statement is written or arrives.
    public func standing(tlsHash: Hash) async throws -> SyncCore.Membership.Standing {
        if let known = acquaintances.withLock({ $0 }) { return known.standing(tlsHash: tlsHash) }
        let found = try await read { reader in
            try reader.roll().map { Acquaintances($0, introducer: try Facts(reader.db).introducer) }
        }
        guard let found else { return .stranger }
        acquaintances.withLock { $0 = found }
        return found.standing(tlsHash: tlsHash)
    }

    /// Hears what the clock of a member says.
    public func hear(_ other: CommunityClock.Reading) {
        let uptime = environment.uptimeMilliseconds()
        clock.withLock { $0.hear(other, uptimeMilliseconds: uptime) }
    }

    /// Takes a person's word for the time, in milliseconds since 1970; never earlier than the
    /// program itself.
    public func confirmClock(_ milliseconds: UInt64) async throws {
        let uptime = environment.uptimeMilliseconds()
        let floor = clock.withLock { clock in
            clock.confirm(max(Self.builtAt, milliseconds), uptimeMilliseconds: uptime)
            return clock.floor
        }
        try await StoreError.naming {
            try await self.pool.write { try Facts($0).setClockFloor(floor) }
        }
    }

    /// The next frame for a laptop that holds `theirs`.
    public func compose(
        theirs: Heads, skipping skipped: Set<Branch> = [], limit: Int = SyncLimits.frameBytes
    ) async throws -> LogPlan.Step {
        let (step, isOwnLogElsewhere) = try await read { reader in
            let own = try Facts(reader.db).ownBranch
                .flatMap { try Branches.byNumber(reader.db)[$0] }
            let step = try reader.compose(theirs: theirs, skipping: skipped, limit: limit)
            guard let own else { return (step, false) }
            let isAhead = try theirs[own].sequence > reader.logHeads()[own].sequence
            return (step, isAhead || step.forks[own] != nil)
        }
        // This folder was put back, or somebody writes under this laptop's name.
        if isOwnLogElsewhere { try await beginNewEpoch() }
        return step
    }

    /// Leaves the log that this laptop has written so far to whoever else writes it, and goes on
    /// in another.
    func beginNewEpoch() async throws {
        try await StoreError.naming {
            try await self.pool.write { db in
                let own = try OwnBranch.find(db, self.environment)
                _ = try OwnBranch.empty(db, own, self.environment)
            }
        }
    }

    /// Who writes what is to be told of forks.
    var author: LogAuthor { LogAuthor(environment: environment, reading: readClock()) }

    /// What is held at a place of a log; ``Head/none`` where that is nothing.
    public func head(of branch: Branch, at place: UInt64) async throws -> Head {
        try await read { reader in
            let header = try Data.fetchOne(
                reader.db.cachedStatement(
                    sql: """
                        SELECT e."header" FROM "branch" AS b
                        CROSS JOIN "entry" AS e ON e."branch" = b."number"
                        WHERE b."epoch" = ? AND b."device" = ? AND b."limbOf" = 0
                            AND e."sequence" = ?
                        """),
                arguments: [
                    Int64(bitPattern: branch.epoch), Data(branch.device.bytes),
                    Int64(clamping: place),
                ])
            return header.map { Head(sequence: place, hash: Hash(of: Array($0))) } ?? .none
        }
    }

    /// The answer to a laptop that asks for what it lacks.
    public func answer(_ pull: PullRequest) async throws -> PullAnswer {
        let step = try await compose(theirs: pull.heads, skipping: Set(pull.skipped))
        let heads = pull.wantsHeads ? try await read { try $0.logHeads() } : nil
        return PullAnswer(heads: heads, frame: step.frame)
    }

    /// Takes a frame in one transaction: all of what is right in it, or nothing where the disk
    /// refuses or a run is a lie; the lies are answered then. When this returns, it is on the disk.
    public func take(_ frame: Frame) async throws -> (heads: Heads, refused: [RefusedRun]) {
        // Hashes and seals are checked before the writer is taken.
        let runs = frame.runs.map { run in
            (run.branch, Result { () throws(RunFault) in try run.verified() })
        }
        let lies = runs.compactMap { branch, run in RefusedRun(lieOf: branch, run) }
        guard lies.isEmpty else { return (try await read { try $0.logHeads() }, lies) }
        let author = author
        let (outcome, heads) = try await StoreError.naming {
            try await self.pool.write { db in
                var taker = try FrameTaker(db, author)
                for (branch, run) in runs { try taker.take(branch, run) }
                let outcome = try taker.finish()
                if outcome.entries > 0 { self.tellMeetings(of: outcome.touched, db) }
                return (outcome, try Reader(db).logHeads())
            }
        }
        if outcome.hasStatements { acquaintances.withLock { $0 = nil } }
        if let commit = outcome.lastCommit {
            announcer.announce(ChangeNotice(commit: commit, changes: outcome.changes))
        }
        return (heads, outcome.refused)
    }
}

extension RefusedRun {
    /// Nil where the run is right as far as it says itself.
    fileprivate init?(lieOf branch: Branch, _ checked: Result<VerifiedRun, RunFault>) {
        guard case .failure(let fault) = checked, fault.isLie else { return nil }
        self.init(branch: branch, reason: .fault(fault))
    }
}

extension Reader {
    /// The next frame for a laptop that holds `theirs`.
    func compose(
        theirs: Heads, skipping skipped: Set<Branch>, limit: Int
    ) throws -> LogPlan.Step {
        let mine = try logHeads()
        let logs = try roll()?.everyone.logs(of: mine.branches) ?? []
        return try LogPlan(mine: mine, theirs: theirs, logs: logs, skipping: skipped)
            .next(limit: limit) { branch, place, take in
                try entries(of: branch, after: place, take)
            }
    }

    /// Gives the entries of a log from the one after a place on, until `take` has enough.
    private func entries(
        of branch: Branch, after place: UInt64, _ take: (LogEntry) -> Bool
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT e."header", e."signature", p."bytes" FROM "branch" AS b
                    CROSS JOIN "entry" AS e ON e."branch" = b."number"
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE b."epoch" = ? AND b."device" = ? AND b."limbOf" = 0
                        AND e."sequence" > ?
                    ORDER BY e."sequence"
                    """),
            arguments: [
                Int64(bitPattern: branch.epoch), Data(branch.device.bytes),
                Int64(bitPattern: place),
            ])
        while let row = try rows.next() {
            guard let header = try? EntryHeader(bytes: row[0] as Data) else { return }
            let entry = LogEntry(
                header: header, payload: (row[2] as Data?).map { Array($0)[...] },
                signature: (row[1] as Data?).map { Array($0) })
            guard take(entry) else { return }
        }
    }
}
