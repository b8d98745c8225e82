public import Foundation

/// Holds the data folder for one process: SQLite before 3.51.3 can damage a file that two
/// processes write (sqlite.org/wal.html#walresetbug), and one writer is simpler anyway.
final class StoreLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    /// - Throws: ``StoreError/inUse(pid:)`` where another process holds it.
    init(folder: URL) throws {
        let path = folder.appendingPathComponent("lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError.damaged(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            var buffer = [UInt8](repeating: 0, count: 32)
            let count = max(0, read(descriptor, &buffer, buffer.count))
            let pid = String(decoding: buffer.prefix(count), as: UTF8.self)
            throw StoreError.inUse(pid: pid.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        let pid = Array("\(getpid())\n".utf8)
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, pid, pid.count, 0)
    }

    /// Gives the folder free, whoever still refers to the lock.
    func release() { flock(descriptor, LOCK_UN) }

    /// Also after a refusal: the object is whole by then.
    deinit { close(descriptor) }
}

extension Store {
    /// Does something with a data folder that no program has open.
    /// - Throws: ``StoreError/inUse(pid:)``, and what `work` throws.
    public static func whileClosed<Result>(
        _ folder: URL, _ work: () throws -> Result
    ) throws -> Result {
        let lock = try StoreLock(folder: folder)
        defer { lock.release() }
        return try work()
    }
}
