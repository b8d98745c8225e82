import Foundation
import Glibc

/// Writes small files so that a power cut leaves the whole old one or the whole new one.
enum AtomicFile {
    /// Writes to a temporary name in the same folder, flushes, renames, flushes the folder.
    /// Readable by the owner alone.
    /// - Throws: `EEXIST` where the file is there and is not to be replaced; what the disk says.
    static func write(_ data: Data, to file: URL, isReplacing: Bool) throws {
        let folder = file.deletingLastPathComponent()
        let temporary = folder.appendingPathComponent(".\(file.lastPathComponent).new")
        try data.write(to: temporary)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: temporary.path)
        let handle = try FileHandle(forWritingTo: temporary)
        try handle.synchronize()
        try handle.close()
        if !isReplacing, FileManager.default.fileExists(atPath: file.path) {
            throw POSIXError(.EEXIST)
        }
        guard rename(temporary.path, file.path) == 0 else { throw failure() }
        try flush(folder)
    }

    private static func flush(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        // Some file systems of sticks cannot flush a folder; then the rename has to do.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure() }
    }

    private static func failure() -> POSIXError { POSIXError(.init(rawValue: errno) ?? .EIO) }
}
