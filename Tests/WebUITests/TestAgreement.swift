import Participation
import Store
import Synchronization
import WebUI

/// What waits for people, as the pages are told of it.
final class TestAgreement: Sendable {
    struct World: Sendable {
        var conflicts: [FieldConflict] = []
        var deletions: [PeerDeletion] = []
        var clock = ClockState(now: 1_795_300_000_000, wall: 946_684_800_000, isTrusted: false)
        var outcome = ConflictOutcome.decided(nil)
        var decided: [ConflictChoice.Decision] = []
        var seen: [DeletionID] = []
        var told: [UInt64] = []
    }

    private let world: Mutex<World>

    init(_ change: (inout World) -> Void = { _ in }) {
        var world = World()
        change(&world)
        self.world = Mutex(world)
    }

    var decided: [ConflictChoice.Decision] { world.withLock(\.decided) }
    var seen: [DeletionID] { world.withLock(\.seen) }
    var told: [UInt64] { world.withLock(\.told) }

    func set(_ change: (inout sending World) -> Void) { world.withLock { change(&$0) } }

    var agreement: Agreement {
        Agreement(
            waiting: { [self] in
                world.withLock { world in
                    Waiting(
                        conflicts: Dictionary(
                            grouping: world.conflicts, by: \.id.entity
                        ).mapValues(\.count),
                        deletions: Dictionary(
                            grouping: world.deletions, by: \.id.entity
                        ).mapValues(\.count), isClockAsked: !world.clock.isTrusted)
                }
            },
            conflicts: { [self] _, _ in
                ConflictPage(conflicts: world.withLock(\.conflicts), next: nil)
            },
            conflict: { [self] id in
                world.withLock { world in world.conflicts.first { $0.id == id } }
            },
            resolve: { [self] id, choice, _ in
                world.withLock { world in
                    guard case .decided = world.outcome else { return world.outcome }
                    let there = world.conflicts.first { $0.id == id }?.versions.map(\.name) ?? []
                    guard Set(there) == choice.seen else { return .changedMeanwhile }
                    world.decided.append(choice.decision)
                    world.conflicts.removeAll { $0.id == id }
                    return world.outcome
                }
            },
            deletions: { [self] _, _ in
                DeletionPage(deletions: world.withLock(\.deletions), next: nil)
            },
            markSeen: { [self] ids in
                world.withLock { world in
                    world.seen += ids
                    world.deletions.removeAll { ids.contains($0.id) }
                }
            },
            clock: { [self] in world.withLock(\.clock) },
            tellTime: { [self] time in world.withLock { $0.told.append(time) } })
    }

    /// A field of the problem `p` with two values.
    static func conflict(
        _ entity: EntityName, _ record: String, _ field: String, _ values: [Value?]
    ) -> FieldConflict? {
        guard let id = RecordID(record), values.count >= 2 else { return nil }
        let versions = values.enumerated().map { index, value in
            FieldConflict.Version(
                name: "version-\(index)", value: value, account: RecordID("account-secretary"),
                laptop: index == 0 ? TestLaptops.office : TestLaptops.school,
                writtenAt: index == 0 ? 1_795_300_000_000 : UInt64.max, isClockTrusted: index == 0)
        }
        return FieldConflict(
            id: ConflictID(entity: entity, record: id, field: field), current: versions[0],
            others: Array(versions.dropFirst()))
    }
}
