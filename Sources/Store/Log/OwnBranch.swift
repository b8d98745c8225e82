import Crypto
import Foundation
import GRDB
import SyncCore

/// This laptop's own log by its local number.
struct OwnBranch: Sendable {
    let branch: Branch
    let number: Int64

    /// The log this laptop goes on with; a new one, with a random epoch, where the store has none
    /// or where it belongs to another key.
    static func find(_ db: Database, _ environment: StoreEnvironment) throws -> OwnBranch {
        let key = environment.signingKey.publicKey
        let device = DeviceID(key)
        if let number = try Facts(db).ownBranch,
            let branch = try Branches.byNumber(db)[number], branch.device == device
        {
            return OwnBranch(branch: branch, number: number)
        }
        let epoch = environment.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        try db.execute(
            sql: """
                INSERT INTO "branch" ("device", "epoch", "publicKey", "head", "headHash")
                VALUES (?, ?, ?, 0, ?)
                """,
            arguments: [
                Data(device.bytes), Int64(bitPattern: epoch), key.rawRepresentation,
                Data(Hash.zero.bytes),
            ])
        let number = db.lastInsertedRowID
        try Facts(db).setOwnBranch(number)
        return OwnBranch(branch: Branch(device: device, epoch: epoch), number: number)
    }
}
