import Participation
import Store
import WebUI

/// What waits for a person after laptops met, taken from the store.
enum Agreements {
    /// More than a person decides in a day; the rest comes when these are done.
    private static let most = 2000

    static func make(_ store: Store) -> Agreement {
        Agreement(
            waiting: { try await waiting(store) },
            conflicts: { cursor, limit in
                let found = try await store.read { try $0.conflicts(limit: most) }
                let (page, next) = Self.page(found.compactMap(FieldConflict.init), cursor, limit) {
                    $0.id.description
                }
                return ConflictPage(conflicts: page, next: next)
            },
            conflict: { id in
                try await store.read { try $0.conflict(id.entity, id.record, id.field) }
                    .flatMap(FieldConflict.init)
            },
            resolve: { id, choice, actor in try await resolve(store, id, choice, actor) },
            deletions: { cursor, limit in
                let found = try await store.read { try $0.arrivedDeletions(limit: most) }
                let (page, next) = Self.page(found.compactMap(PeerDeletion.init), cursor, limit) {
                    $0.id.description
                }
                return DeletionPage(deletions: page, next: next)
            },
            markSeen: { ids in
                try await store.acknowledgeDeletions(ids.map { ($0.entity, $0.record) })
            },
            clock: {
                let (now, wall, isTrusted) = store.clocks
                return ClockState(now: now, wall: wall, isTrusted: isTrusted)
            }, tellTime: { try await store.confirmClock($0) })
    }

    private static func waiting(_ store: Store) async throws -> Waiting {
        let (conflicts, deletions) = try await store.read { reader in
            (try reader.conflictCounts(), try reader.arrivedDeletionCounts())
        }
        return Waiting(
            conflicts: conflicts, deletions: deletions, isClockAsked: !store.clocks.isTrusted)
    }

    private static func page<Item>(
        _ items: [Item], _ cursor: String?, _ limit: Int, name: (Item) -> String
    ) -> ([Item], next: String?) {
        let start = cursor.flatMap { cursor in
            items.firstIndex { name($0) == cursor }.map { $0 + 1 }
        }
        let rest = items[(start ?? 0)...]
        let page = Array(rest.prefix(max(1, limit)))
        return (page, rest.count > page.count ? page.last.map(name) : nil)
    }

    private static func resolve(
        _ store: Store, _ id: ConflictID, _ choice: ConflictChoice, _ actor: Actor
    ) async throws -> ConflictOutcome {
        let decision: Conflict.Choice =
            switch choice.decision {
            case .keep: .keep
            case .take(let version): .take(version)
            case .write(let value): .write(value)
            }
        do {
            let receipt = try await store.resolve(
                id.entity, id.record, id.field, decision, seen: choice.seen, by: actor)
            return .decided(receipt.commit)
        } catch StoreError.notFound {
            return .gone
        } catch StoreError.changedMeanwhile {
            return .changedMeanwhile
        }
    }
}

extension FieldConflict {
    /// Nil where a laptop's name is none, which no log holds.
    init?(_ conflict: Conflict) {
        let others = conflict.others.compactMap(Version.init)
        guard let current = Version(conflict.shown), !others.isEmpty else { return nil }
        self.init(
            id: ConflictID(
                entity: conflict.entity, record: conflict.record, field: conflict.field),
            current: current, others: others)
    }
}

extension FieldConflict.Version {
    init?(_ edition: Conflict.Edition) {
        guard let laptop = LaptopID(edition.device) else { return nil }
        self.init(
            name: edition.version, value: edition.value, account: RecordID(edition.actor),
            laptop: laptop, writtenAt: edition.milliseconds,
            isClockTrusted: edition.isTimeTrusted)
    }
}

extension PeerDeletion {
    /// Nil where a laptop's name is none, which no log holds.
    init?(_ deletion: ArrivedDeletion) {
        guard let laptop = LaptopID(deletion.device) else { return nil }
        self.init(
            id: DeletionID(entity: deletion.record.entity, record: deletion.record.id),
            account: RecordID(deletion.actor), laptop: laptop, deletedAt: deletion.milliseconds)
    }
}
