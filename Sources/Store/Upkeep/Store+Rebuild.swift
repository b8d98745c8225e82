import Foundation
import GRDB
import Participation
import SyncCore
import Synchronization

extension Store {
    /// Makes the derived tables anew from the log, in one transaction. A log that is not whole is
    /// refused, because the tables may then be the last good copy.
    /// - Returns: the digest, which is the one from before unless the tables were damaged.
    public func rebuild(
        progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void
    ) async throws -> Digest {
        if let fault = try await verify(progress: progress).faults.first(where: \.isOfLog) {
            throw StoreError.damaged("entry \(fault.sequence): \(fault.reason)")
        }
        return try await StoreError.naming {
            try await self.pool.write { db in
                try Tables.makeAnew(db, try Reader(db).roll(), progress: progress)
                self.tellMeetings(of: .all, db)
                return try Reader(db).digest()
            }
        }
    }
}
