import GRDB
import SyncCore

/// A line of the log as `ashar log show` prints it: what was touched, never what was written.
public struct LogLine: Sendable {
    /// The laptop, in hexadecimal digits.
    public let device: String
    /// The entry's place in its log.
    public let sequence: UInt64
    /// When, in milliseconds since 1970, as that laptop believed.
    public let milliseconds: UInt64
    /// The account; empty for the program itself.
    public let actor: String
    /// The record's kind; empty where the payload was erased.
    public let entity: String
    /// The record's id; empty where the payload was erased.
    public let record: String
    /// The fields that were set.
    public let fields: [String]
    /// Whether the entry itself carries a signature.
    public let isSealed: Bool
}

extension Reader {
    /// The newest entries of all logs, in the order of arrival from the last.
    public func latestEntries(limit: Int) throws -> [LogLine] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(LoggedEntry.columns) FROM "entry" AS e
                    LEFT JOIN "payload" AS p ON p."position" = e."position"
                    WHERE e."position" > 0 ORDER BY e."position" DESC LIMIT ?
                    """), arguments: [limit]
        ).map { row in
            let entry = try LoggedEntry(row)
            return LogLine(
                device: entry.header.branch.device.description,
                sequence: entry.header.sequence, milliseconds: entry.header.milliseconds,
                actor: entry.header.actor, entity: entry.change?.entity ?? "",
                record: entry.change?.record ?? "", fields: entry.change?.fields.map(\.name) ?? [],
                isSealed: entry.signature != nil)
        }
    }
}
