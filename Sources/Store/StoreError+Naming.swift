import GRDB

extension StoreError {
    /// Runs work on the database; SQLite's errors come out as what happened to the person.
    static func namingAtOnce<Result>(_ work: () throws -> Result) throws -> Result {
        do { return try work() } catch { throw named(error) }
    }

    /// The same for work that waits.
    static func naming<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch { throw named(error) }
    }

    private static func named(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return switch error.resultCode {
        case .SQLITE_FULL: StoreError.diskFull
        case .SQLITE_IOERR, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_READONLY:
            StoreError.damaged("SQLite \(error.extendedResultCode.rawValue)")
        default: error
        }
    }
}
