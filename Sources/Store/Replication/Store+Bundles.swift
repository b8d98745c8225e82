import GRDB
public import SyncCore
import Synchronization

/// What came of a bundle that was taken.
public struct BundleIntake: Sendable, Equatable {
    /// Entries in it, by the laptop that wrote them.
    public internal(set) var entries: [DeviceID: Int] = [:]
    /// Of them those that were not here before.
    public internal(set) var newEntries: [DeviceID: Int] = [:]
    /// Logs that were left out, with the reason: forks, and laptops that were never admitted.
    public internal(set) var refused: [RefusedRun] = []
    /// This laptop's digest before.
    public let digestBefore: Digest
    /// This laptop's digest after.
    public internal(set) var digest: Digest
}

/// Why nothing of a bundle was taken, although it is what its author wrote.
public enum BundleRefusal: Error, Sendable, Equatable {
    /// Entries of a log are missing in between.
    case gap(Branch)
    /// A run is none: a lying or a broken program.
    case lie(Branch)
}

extension Store {
    /// Takes the frames that `next` gives until it gives nil, in one transaction: all, or none
    /// where anything throws. When this returns, they are on the disk.
    /// - Throws: ``BundleRefusal``, ``StoreError``, or what `next` throws.
    public func takeBundle(
        _ next: @escaping @Sendable () throws -> Frame?
    ) async throws -> BundleIntake {
        let author = author
        let (intake, outcome) = try await StoreError.naming {
            try await self.pool.write { db in
                var taker = try FrameTaker(db, author)
                var intake = try Self.take(next, &taker, db)
                let outcome = try taker.finish()
                if outcome.entries > 0 { self.tellMeetings(of: outcome.touched, db) }
                intake.refused = outcome.refused
                intake.digest = try Reader(db).digest()
                return (intake, outcome)
            }
        }
        if outcome.hasStatements { acquaintances.withLock { $0 = nil } }
        if let commit = outcome.lastCommit {
            announcer.announce(ChangeNotice(commit: commit, changes: outcome.changes))
        }
        return intake
    }

    private static func take(
        _ next: () throws -> Frame?, _ taker: inout FrameTaker, _ db: Database
    ) throws -> BundleIntake {
        let digest = try Reader(db).digest()
        var intake = BundleIntake(digestBefore: digest, digest: digest)
        var leftOut: Set<Branch> = []
        while let frame = try next() {
            for run in frame.runs {
                let device = run.branch.device
                intake.entries[device, default: 0] += run.entries.count
                // What follows a run that was not taken would only seem to leave a gap.
                guard !leftOut.contains(run.branch) else { continue }
                let (taken, refused) = (taker.outcome.entries, taker.outcome.refused.count)
                try taker.take(
                    run.branch, Result { () throws(RunFault) in try run.verified() })
                intake.newEntries[device, default: 0] += taker.outcome.entries - taken
                for run in taker.outcome.refused.dropFirst(refused) {
                    try check(run)
                    leftOut.insert(run.branch)
                }
            }
        }
        return intake
    }

    private static func check(_ run: RefusedRun) throws {
        guard case .fault(let fault) = run.reason else { return }
        if case .gap = fault { throw BundleRefusal.gap(run.branch) }
        if fault.isLie { throw BundleRefusal.lie(run.branch) }
    }
}
