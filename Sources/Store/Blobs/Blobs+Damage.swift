import Foundation
import Synchronization

/// Files that the disk lost.
extension Blobs {
    /// Files whose bytes the disk lost, and of which no whole copy has come since.
    public func damaged() throws -> [BlobHash] {
        try BlobFiles.names(folder.appendingPathComponent("damaged")).compactMap(BlobHash.init)
            .filter { !contains($0) }.sorted()
    }

    /// Checks a file's bytes against its hash and sets it aside where they differ.
    /// - Returns: whether it is whole.
    public func check(_ hash: BlobHash) throws -> Bool {
        do {
            if try BlobFiles.hash(place(hash)) == hash { return true }
        } catch StoreError.notFound {
            forget(hash)
            return false
        } catch is StoreError {
            // It is too long, or the disk does not give it.
        }
        try setAside(hash)
        return false
    }

    /// Keeps a damaged file out of the way, for whoever can still make out something of it.
    func setAside(_ hash: BlobHash) throws {
        let damaged = folder.appendingPathComponent("damaged")
        try BlobFiles.makeFolder(damaged)
        try BlobFiles.move(place(hash), to: damaged.appendingPathComponent(hash.description))
        forget(hash)
    }

    /// A file that was here is not any more.
    func forget(_ hash: BlobHash) {
        state.withLock { state in
            state.held?[hash] = nil
            state.changes += 1
        }
    }
}
