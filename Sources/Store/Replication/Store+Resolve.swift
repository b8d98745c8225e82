import GRDB
public import Participation
import SyncCore

extension Store {
    /// Decides about contradicting values of a field. The decision is an edit like any other; it
    /// puts aside all values that were shown with it, so it wins everywhere.
    /// `seen` are the versions the person was shown.
    /// - Throws: ``StoreError/changedMeanwhile`` where they are others by now;
    ///   ``StoreError/notFound`` where there is nothing to decide any more, or the value
    ///   to be taken is not among those shown.
    @discardableResult
    public func resolve(
        _ entity: EntityName, _ id: RecordID, _ field: String, _ choice: Conflict.Choice,
        seen: Set<String>? = nil, by actor: Actor
    ) async throws -> CommitReceipt {
        let reading = readClock()
        let receipt = try await StoreError.naming {
            try await self.pool.write { db in
                guard let conflict = try Reader(db).conflict(entity, id, field) else {
                    throw StoreError.notFound
                }
                let versions = Set(([conflict.shown] + conflict.others).map(\.version))
                guard seen == nil || seen == versions else { throw StoreError.changedMeanwhile }
                let value = try Self.value(choice, of: conflict)
                var writer = try self.writer(db, actor, reading)
                let settled = conflict.others.compactMap { edition in
                    Hexadecimal.bytes(edition.version).flatMap { Version(storedBytes: $0) }
                }
                try writer.settle(entity, id, field, value?.content ?? .null, settled)
                return try self.end(&writer, db, records: [id])
            }
        }
        if let commit = receipt.commit {
            announcer.announce(ChangeNotice(commit: commit, changes: [.init(entity, id)]))
        }
        return receipt
    }

    /// Takes deletions off the list: somebody has looked at them.
    public func acknowledgeDeletions(_ records: [(EntityName, RecordID)]) async throws {
        try await StoreError.naming {
            try await self.pool.write { db in
                for (entity, id) in records
                where try DeletionList(db).remove(entity.rawValue, id.text) {
                    try db.cachedStatement(
                        sql: """
                            UPDATE "kind" SET "deletions" = "deletions" - 1 WHERE "name" = ?
                            """
                    ).execute(arguments: [entity.rawValue])
                }
            }
        }
    }

    private static func value(_ choice: Conflict.Choice, of conflict: Conflict) throws -> Value? {
        switch choice {
        case .keep: return conflict.shown.value
        case .write(let value): return value
        case .take(let version):
            guard let taken = conflict.others.first(where: { $0.version == version }) else {
                throw StoreError.notFound
            }
            return taken.value
        }
    }
}

extension CommitWriter {
    /// Writes a field's value over the one that is shown and others beside it.
    fileprivate mutating func settle(
        _ entity: EntityName, _ id: RecordID, _ field: String, _ content: Content,
        _ settled: [Version]
    ) throws {
        guard let number = try applier.number(entity.rawValue, id.text) else {
            throw StoreError.notFound
        }
        let base = try applier.versions(record: number, entity: entity)[field]
        let seen = settled.map(\.stamp) + [base?.stamp, void.latestStamp(entity, id)]
        let stamp = Stamp.forEdit(now: now, replacing: seen.latest)
        try append(
            RecordChange(
                entity: entity.rawValue, record: id.text, stamp: stamp,
                fields: [.init(field, content, base: base, settles: settled)]))
    }
}
