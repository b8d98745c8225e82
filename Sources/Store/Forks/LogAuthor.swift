import GRDB
import SyncCore

/// Writes this laptop's own log for the program itself.
struct LogAuthor {
    let environment: StoreEnvironment
    let reading: CommunityClock.Reading

    /// The log to go on with.
    func log(_ db: Database) throws -> OwnLog {
        try OwnLog(
            db, OwnBranch.find(db, environment), environment, actor: "", reading: reading)
    }
}
