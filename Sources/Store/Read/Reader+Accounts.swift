import GRDB
public import Participation

/// An account, and whether its holder may log in no more.
public struct StoredAccount: Sendable {
    /// The account.
    public let record: Participation.Record
    /// A disabled account is a deleted record; it can be enabled again.
    public let isDisabled: Bool

    /// An account as it was read.
    public init(record: Participation.Record, isDisabled: Bool) {
        self.record = record
        self.isDisabled = isDisabled
    }
}

extension Reader {
    /// All accounts, disabled ones too, in the order in which they were made.
    public func allAccounts(limit: Int = 1000) throws -> [StoredAccount] {
        let table = EntityTable[.account]
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT \(table.columns) FROM "account" WHERE "_record" > 0
                    ORDER BY "_record" LIMIT ?
                    """), arguments: [limit])
        return rows.compactMap { row in
            Self.record(row, table.entity).map {
                StoredAccount(record: $0, isDisabled: row["deleted"])
            }
        }
    }

    /// Whether nobody else could keep the accounts if this one were disabled.
    public func isOnlyAdmin(_ id: RecordID) throws -> Bool {
        let admins = try allAccounts().filter {
            !$0.isDisabled && $0.record[Schema.account.role] == .admin
        }
        return admins.map(\.record.id) == [id]
    }
}
