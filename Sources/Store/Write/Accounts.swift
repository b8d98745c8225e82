import Crypto
import Foundation
import GRDB
public import Participation
import SyncCore

/// Logins and bearer tokens.
enum Accounts {
    /// Refuses a login that another account has.
    static func checkLogins(_ edits: [Edit], _ db: Database) throws {
        for edit in edits where edit.entity == .account {
            guard case .text(let login)?? = edit.input?.fields[Schema.account.login.name] else {
                continue
            }
            let holders = try Reader(db).accounts(login: login)
            if holders.count > 1 {
                throw StoreError.refused([InputProblem(.loginTaken, field: "login")])
            }
        }
    }
}

extension Reader {
    /// The accounts of a login; more than one only where laptops met that both had made it.
    public func accounts(login: String) throws -> [Participation.Record] {
        try list(
            .account, filters: [Schema.account.login.name: .text(login)], limit: 10
        ).records
    }

    /// The account of a bearer token, by the token's SHA-256.
    public func account(tokenHash: [UInt8]) throws -> Participation.Record? {
        let id = try String.fetchOne(
            db.cachedStatement(sql: "SELECT \"account\" FROM \"token\" WHERE \"hash\" = ?"),
            arguments: [Data(tokenHash)])
        return try id.flatMap { RecordID($0) }.flatMap { try record(.account, $0) }
    }
}

extension Store {
    /// Makes a bearer token for an account: 32 random bytes in hexadecimal digits. Only its
    /// SHA-256 is kept, on this laptop alone.
    public func makeToken(for account: RecordID) async throws -> String {
        let token = environment.randomBytes(32).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        let hash = Data(SHA256.hash(data: Array(token.utf8)))
        let now = Int64(readClock().milliseconds)
        try await StoreError.naming {
            try await self.pool.write { db in
                try db.execute(
                    sql:
                        "INSERT INTO \"token\" (\"hash\", \"account\", \"madeAt\") VALUES (?, ?, ?)",
                    arguments: [hash, account.text, now])
            }
        }
        return token
    }

    /// Makes all tokens of an account worthless.
    public func dropTokens(of account: RecordID) async throws {
        try await StoreError.naming {
            try await self.pool.write { db in
                try db.execute(
                    sql: "DELETE FROM \"token\" WHERE \"account\" = ?", arguments: [account.text])
            }
        }
    }
}
