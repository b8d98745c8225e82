import GRDB
import Participation
import SyncCore

/// The meetings that a transaction touched; beyond a few hundred they count as all.
struct TouchedMeetings: Sendable {
    private static let most = 200

    private(set) var ids: Set<RecordID> = []
    private(set) var areAll = false

    /// All meetings, when so much changed that telling them apart is not worth it.
    static let all = TouchedMeetings(areAll: true)

    init() {}

    private init(areAll: Bool) { self.areAll = areAll }

    /// What is new belongs to the meeting it names. That somebody came may have arrived from
    /// another laptop before who it was.
    mutating func add(new change: RecordChange, _ db: Database) throws {
        guard !areAll else { return }
        switch EntityName(rawValue: change.entity) {
        case .event: insert(change.record)
        case .person: try insertMeetings(of: change.record, db)
        default: break
        }
        let event = change.fields.first { $0.name == Schema.attendance.event.name }
        if case .text(let id)? = event?.content { insert(id) }
    }

    /// What changed belongs to the meeting its row names; a person to every meeting he came to.
    mutating func add(
        _ change: RecordChange, _ number: Int64, _ table: EntityTable?, _ db: Database
    ) throws {
        guard !areAll, let table else { return }
        let reference = Schema.attendance.event.name
        switch table.entity.name {
        case .event: insert(change.record)
        case .person:
            try insertMeetings(of: change.record, db)
        default:
            guard table.places[reference] != nil else { return }
            if change.fields.contains(where: { $0.name == reference }) {
                // It went from one meeting to another, whose name the row no longer holds.
                insertAll()
                return
            }
            insert(
                try String.fetchOne(
                    db.cachedStatement(
                        sql: """
                            SELECT "\(reference)" FROM "\(table.entity.name)"
                            WHERE "_record" = ?
                            """), arguments: [number]))
        }
    }

    private mutating func insertMeetings(of person: String, _ db: Database) throws {
        let meetings = try String.fetchAll(
            db.cachedStatement(
                sql: "SELECT \"event\" FROM \"attendance\" WHERE \"person\" = ? LIMIT 300"),
            arguments: [person])
        for meeting in meetings { insert(meeting) }
    }

    private mutating func insert(_ id: String?) {
        guard !areAll, let id = id.flatMap({ RecordID($0) }) else { return }
        ids.insert(id)
        if ids.count > Self.most { insertAll() }
    }

    private mutating func insertAll() {
        areAll = true
        ids = []
    }
}
