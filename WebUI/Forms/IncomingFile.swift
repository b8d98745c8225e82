import Foundation
import NIOCore
import Store

/// A file in the data folder that takes what is being uploaded, up to a limit. Nobody but the
/// user may read it, and whoever made it removes it.
final class IncomingFile {
    let url: URL
    private let handle: FileHandle
    private let limit: Int
    private(set) var size = 0

    /// Makes an empty file of at most `limit` bytes.
    /// - Throws: ``WebError/diskFull`` where it cannot be made.
    init(_ store: Store, limit: Int) throws {
        url = store.folder.appendingPathComponent("incoming-\(store.makeID())")
        self.limit = limit
        let isMade = FileManager.default.createFile(
            atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
        guard isMade else { throw WebError.diskFull }
        handle = try FileHandle(forWritingTo: url)
    }

    deinit { try? handle.close() }

    /// Appends bytes.
    /// - Throws: ``WebError/tooLarge``, ``WebError/diskFull``.
    func write(_ bytes: Data) throws {
        size += bytes.count
        guard size <= limit else { throw WebError.tooLarge }
        do { try handle.write(contentsOf: bytes) } catch { throw WebError.diskFull }
    }

    /// Removes it, if it still lies where it was made.
    func remove() { try? FileManager.default.removeItem(at: url) }
}
