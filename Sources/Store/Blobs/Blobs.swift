public import Foundation
import Participation
import Synchronization

/// The files that attachments name, such as photographs, kept under `blobs` by the SHA-256 of
/// their bytes.
///
///     blobs/3f/3f0a…      a file; its name is its hash, so it never changes
///     blobs/new/1         one being written; a leftover of a killed program is removed
///     blobs/partial/3f0a… one that arrives in pieces, and goes on after a start
///     blobs/damaged/3f0a… one whose bytes no longer had its hash, until a whole one comes
///
/// A file is flushed before it gets its name, and the folder after, so a name always stands for
/// whole bytes, unless the disk loses them; then they are set aside and may be fetched again.
/// Nothing here removes a file: a record that names it may be deleted, come back, or not have
/// arrived. Calls block while the disk works: ``Store/withBlobs(_:)`` does them off the threads
/// that serve people.
public final class Blobs: Sendable {
    let folder: URL
    let freeFloor: Int
    let freeBytes: @Sendable (URL) -> Int?
    let state = Mutex(State())
    /// Held while pieces are put together, so that two peers do not write one file.
    let pieces = Mutex(())

    struct State {
        /// Sizes of the files; nil before the folder was looked at.
        var held: [BlobHash: Int]?
        var changes = 0
        var lastNew = 0
    }

    static let folderName = "blobs"
    /// Room that photographs leave on the disk for records, which matter more.
    public static let usualFreeFloor = 268_435_456

    /// The files of a folder, which need not be there yet. Only one process may use it.
    init(
        folder: URL, freeFloor: Int = usualFreeFloor,
        freeBytes: @escaping @Sendable (URL) -> Int? = BlobFiles.freeBytes
    ) {
        self.folder = folder
        self.freeFloor = freeFloor
        self.freeBytes = freeBytes
        Self.removeLeftovers(folder.appendingPathComponent("new"))
    }

    /// Whether a file is here.
    public func contains(_ hash: BlobHash) -> Bool { size(of: hash) != nil }

    /// A file's bytes; nil where it is not here.
    public func size(of hash: BlobHash) -> Int? { sizes()[hash] }

    /// The files that are here, in byte order.
    public var held: [BlobHash] { sizes().keys.sorted() }

    /// A number that grows whenever a file comes or is set aside.
    public var changes: Int { state.withLock { $0.changes } }

    /// A whole file; it is checked against its hash, and set aside where it is damaged.
    /// - Throws: ``StoreError/notFound`` where it is not here, or no longer.
    public func read(_ hash: BlobHash) throws -> [UInt8] {
        let bytes = try readUnchecked(hash, 0, (size(of: hash) ?? 0) + 1)
        guard BlobHash(of: bytes) == hash else {
            // One byte more than it had is asked for, so a longer file is damaged too.
            try setAside(hash)
            throw StoreError.notFound
        }
        return bytes
    }

    /// A part of a file, fewer bytes at its end. Who begins at its beginning gets nothing of a
    /// damaged one.
    /// - Throws: ``StoreError/notFound`` where it is not here, or no longer.
    public func read(_ hash: BlobHash, range: Range<Int>) throws -> [UInt8] {
        guard range.lowerBound > 0 else {
            return Array(try read(hash).prefix(max(0, range.upperBound)))
        }
        let length = min(range.count, Limits.blobBytes)
        guard range.lowerBound <= Limits.blobBytes else { return [] }
        return try readUnchecked(hash, range.lowerBound, length)
    }

    /// Takes bytes in; when this returns they are on the disk.
    /// - Throws: ``StoreError/blob(_:)``, ``StoreError/diskFull``, ``StoreError/damaged(_:)``.
    @discardableResult
    public func add(_ bytes: [UInt8]) throws -> BlobHash {
        guard (1...Limits.blobBytes).contains(bytes.count) else { throw StoreError.blob(.size) }
        let hash = BlobHash(of: bytes)
        if isWhole(hash) { return hash }
        try checkRoom(for: bytes.count)
        let file = try newFile()
        try BlobFiles.make(file) { try BlobFiles.write(bytes, to: $0, at: 0) }
        try keep(file, as: hash, size: bytes.count)
        return hash
    }

    /// Takes in a copy of a file, which is read piece by piece and may be damaged.
    /// - Throws: as ``add(_:)``; also where it does not have the hash that is expected of it.
    public func add(file: URL, as hash: BlobHash) throws {
        if isWhole(hash) { return }
        guard let size = BlobFiles.size(file) else { throw StoreError.notFound }
        guard (1...Limits.blobBytes).contains(size) else { throw StoreError.blob(.size) }
        try checkRoom(for: size)
        let copy = try newFile()
        try BlobFiles.make(copy) { descriptor in
            try BlobFiles.readPieces(file, limit: Limits.blobBytes) { piece, offset in
                try BlobFiles.write(piece, to: descriptor, at: offset)
            }
        }
        guard try BlobFiles.hash(copy) == hash else {
            try? FileManager.default.removeItem(at: copy)
            throw StoreError.blob(.otherHash)
        }
        try keep(copy, as: hash, size: BlobFiles.size(copy) ?? size)
    }
}
