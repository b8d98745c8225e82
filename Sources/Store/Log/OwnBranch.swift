import Crypto
import Foundation
import GRDB
import SyncCore

/// This laptop's own log by its local number.
struct OwnBranch: Sendable {
    let branch: Branch
    let number: Int64

    /// The log this laptop goes on with; a new one, with a random epoch, where the store has none,
    /// where it belongs to another key, and where it forked: both sides of it are at rest.
    static func find(_ db: Database, _ environment: StoreEnvironment) throws -> OwnBranch {
        let device = DeviceID(environment.signingKey.publicKey)
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT "device", "epoch", "number" FROM "branch"
                    WHERE "number" = ? AND NOT EXISTS (
                        SELECT 1 FROM "branch" AS b WHERE b."limbOf" = "branch"."number"
                    )
                    """), arguments: [try Facts(db).ownBranch])
        guard let row, DeviceID(bytes: row[0] as Data) == device else {
            return try begin(db, environment)
        }
        let branch = Branch(device: device, epoch: UInt64(bitPattern: row[1]))
        return OwnBranch(branch: branch, number: row[2])
    }

    /// The log itself where nothing stands in it yet, otherwise a new one.
    static func empty(
        _ db: Database, _ own: OwnBranch, _ environment: StoreEnvironment
    ) throws -> OwnBranch {
        let head = try Int64.fetchOne(
            db, sql: "SELECT \"head\" FROM \"branch\" WHERE \"number\" = ?",
            arguments: [own.number])
        return head == 0 ? own : try begin(db, environment)
    }

    /// A new log of this laptop, with a random epoch.
    static func begin(_ db: Database, _ environment: StoreEnvironment) throws -> OwnBranch {
        let key = environment.signingKey.publicKey
        let device = DeviceID(key)
        let epoch = environment.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let branch = Branch(device: device, epoch: epoch)
        let number = try LogTables.addBranch(branch, key: Array(key.rawRepresentation), db)
        try Facts(db).setOwnBranch(number)
        return OwnBranch(branch: branch, number: number)
    }
}
