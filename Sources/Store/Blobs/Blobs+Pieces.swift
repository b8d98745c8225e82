import Foundation
import Glibc
import Participation
import Synchronization

/// Files that arrive in pieces.
extension Blobs {
    /// How many bytes of a file have arrived in pieces; 0 where none have.
    public func partialSize(of hash: BlobHash) -> Int { BlobFiles.size(partial(hash)) ?? 0 }

    /// Adds a piece to what has arrived. What was added since the program was started may be
    /// lost in a power cut, and is fetched again then.
    /// - Parameters:
    ///   - offset: where the piece begins; it has to be where the one before ended.
    ///   - total: the bytes of the whole file.
    /// - Returns: how many bytes have arrived now.
    /// - Throws: ``StoreError/blob(_:)``, ``StoreError/diskFull``, ``StoreError/damaged(_:)``.
    @discardableResult
    public func append(
        _ piece: [UInt8], of hash: BlobHash, at offset: Int, total: Int
    ) throws -> Int {
        guard (1...Limits.blobBytes).contains(total), (0...total).contains(offset),
            piece.count <= total - offset
        else { throw StoreError.blob(.size) }
        return try pieces.withLock { _ in
            let held = partialSize(of: hash)
            guard offset == held else { throw StoreError.blob(.place(held: held)) }
            try checkRoom(for: total - held)
            let file = partial(hash)
            try BlobFiles.makeFolder(folder)
            try BlobFiles.makeFolder(file.deletingLastPathComponent())
            let descriptor = open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else { throw BlobFiles.fault() }
            defer { close(descriptor) }
            do {
                try BlobFiles.write(piece, to: descriptor, at: offset)
            } catch {
                // Half a piece would stand in the way of the whole one.
                ftruncate(descriptor, off_t(held))
                throw error
            }
            return offset + piece.count
        }
    }

    /// Takes in a file of which every piece has arrived.
    /// - Throws: ``StoreError/blob(_:)`` where the bytes do not have the hash: they are thrown
    ///   away then; ``StoreError/notFound`` where none have arrived.
    public func finish(_ hash: BlobHash) throws {
        try pieces.withLock { _ in
            let file = partial(hash)
            guard let size = BlobFiles.size(file) else { throw StoreError.notFound }
            guard try BlobFiles.hash(file) == hash else {
                try? FileManager.default.removeItem(at: file)
                throw StoreError.blob(.otherHash)
            }
            let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw BlobFiles.fault() }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else { throw BlobFiles.fault() }
            try keep(file, as: hash, size: size)
        }
    }

    /// Throws away what has arrived of a file.
    public func discardPartial(_ hash: BlobHash) {
        pieces.withLock { _ in try? FileManager.default.removeItem(at: partial(hash)) }
    }
}
