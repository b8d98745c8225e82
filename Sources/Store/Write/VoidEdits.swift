import GRDB
import Participation
import SyncCore

/// This laptop's own edits that do not count because it was removed. After its next admission they
/// count again, so whatever is written meanwhile is stamped later: no version is that of two edits.
struct VoidEdits {
    private struct Record: Hashable {
        let entity: String
        let id: String
    }

    private var stamps: [Record: Stamp] = [:]

    init(_ db: Database, _ own: OwnBranch) throws {
        guard try Facts(db).isCut(own.branch) else { return }
        try LoggedEntry.forEach(db, of: own.number, after: 0) { entry in
            guard entry.record == LoggedEntry.void, let change = entry.change else { return }
            let record = Record(entity: change.entity, id: change.record)
            let latest = change.fields.map { change.stamp(of: $0) } + [stamps[record]]
            stamps[record] = latest.latest
        }
    }

    /// The latest stamp of those of a record; nil where there are none.
    func latestStamp(_ entity: EntityName, _ id: RecordID) -> Stamp? {
        stamps[Record(entity: entity.rawValue, id: id.text)]
    }
}
