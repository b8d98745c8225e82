import Foundation
import GRDB
public import SyncCore
import Synchronization

/// What a bundle is made of: the logs as they were at one moment, whatever is written meanwhile.
public final class BundleMaterial: Sendable {
    /// Whose community.
    public let community: CommunityID
    /// The laptops that belong to it: for whom the bundle is.
    public let receivers: [DeviceKeys]
    /// What the receiver is thought to hold; nothing for a bundle of everything.
    public let basis: Heads
    /// What this laptop holds.
    public let heads: Heads
    /// The digest of this laptop's tables.
    public let digest: Digest
    /// When it was.
    public let written: CommunityClock.Reading

    private struct Place {
        var theirs: Heads
        var skipped: Set<Branch> = []
        var entries: [DeviceID: Int] = [:]
    }

    private let snapshot: DatabaseSnapshot
    private let place: Mutex<Place>

    init(
        _ snapshot: DatabaseSnapshot, basis: Heads, written: CommunityClock.Reading
    ) throws {
        let (membership, heads, digest) = try snapshot.read { db in
            let reader = Reader(db)
            return (try reader.membership(), try reader.logHeads(), try reader.digest())
        }
        guard let membership, membership.isFounded else { throw StoreError.notFound }
        community = membership.community
        receivers = membership.members.values.filter { !$0.isRemoved }.map(\.keys)
        self.heads = heads
        self.digest = digest
        self.basis = basis
        self.written = written
        self.snapshot = snapshot
        place = Mutex(Place(theirs: basis))
    }

    /// The next frame; nil after the last. One caller asks for one after the other.
    /// - Throws: ``StoreError/damaged(_:)`` where a log cannot be read up to its head.
    public func next() async throws -> Frame? {
        let (theirs, skipped) = place.withLock { ($0.theirs, $0.skipped) }
        let (step, ends) = try await StoreError.naming {
            try await self.snapshot.read { db in
                let reader = Reader(db)
                let step = try reader.compose(
                    theirs: theirs, skipping: skipped, limit: SyncLimits.frameBytes)
                return (step, try step.frame.runs.map { try reader.end(of: $0) })
            }
        }
        guard step.unsendable.isEmpty else { throw StoreError.damaged("log") }
        place.withLock { place in
            for (run, end) in zip(step.frame.runs, ends) {
                place.theirs[run.branch] = end
                place.entries[run.branch.device, default: 0] += run.entries.count
            }
            // One stretch shows the fork; the receiver would take no more of that log.
            place.skipped.formUnion(step.forks.keys)
        }
        return step.frame.runs.isEmpty ? nil : step.frame
    }

    /// How many entries of each laptop were given out so far.
    public var entries: [DeviceID: Int] { place.withLock(\.entries) }
}

extension Store {
    /// Gathers what a laptop lacks that holds `basis`; with no heads, everything.
    /// - Throws: ``StoreError/notFound`` where this laptop belongs to no community yet.
    public func bundleMaterial(lackedBy basis: Heads = Heads()) async throws -> BundleMaterial {
        let written = readClock()
        return try StoreError.namingAtOnce {
            try BundleMaterial(self.pool.makeSnapshot(), basis: basis, written: written)
        }
    }

    /// The keys of laptops whose bundles can be read: all that were ever admitted, as far as
    /// their admissions have arrived; before that, the office that introduced this laptop.
    public func bundleAuthors() async throws -> [DeviceID: DeviceKeys] {
        try await read { reader in
            let membership = try reader.roll()?.everyone
            if let membership, membership.isFounded { return membership.members.mapValues(\.keys) }
            return try Facts(reader.db).introducer.map { [$0.device: $0.keys] } ?? [:]
        }
    }
}

extension Reader {
    /// The place of a run's last entry.
    fileprivate func end(of run: Run) throws -> Head {
        let sequence = run.previous.sequence + UInt64(run.entries.count)
        let head = try head(of: run.branch, at: sequence)
        guard head != .none else { throw StoreError.damaged("log") }
        return head
    }
}
