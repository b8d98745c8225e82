import Crypto
import Foundation
import Glibc
import Participation

/// Plain work with files for ``Blobs``: whole writes, flushed, with errors that say what happened
/// to the person.
enum BlobFiles {
    private static let chunk = 262_144

    /// Makes a folder for the user alone, where it is missing, and flushes the one it is in.
    static func makeFolder(_ folder: URL) throws {
        if mkdir(folder.path, 0o700) == 0 {
            try flush(folder.deletingLastPathComponent())
        } else if errno != EEXIST {
            throw fault()
        }
    }

    /// Makes a file that is not there yet, writes to it, and flushes it. Where that fails, the
    /// file is gone.
    static func make(_ file: URL, _ write: (_ descriptor: Int32) throws -> Void) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault() }
        do {
            defer { close(descriptor) }
            try write(descriptor)
            guard fsync(descriptor) == 0 else { throw fault() }
        } catch {
            unlink(file.path)
            throw error
        }
    }

    /// Puts a flushed file where it belongs, in one step.
    static func move(_ file: URL, to place: URL) throws {
        guard rename(file.path, place.path) == 0 else { throw fault() }
        try flush(place.deletingLastPathComponent())
    }

    /// Writes all of some bytes, from a place of the file on.
    static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int) throws {
        try bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let part = UnsafeRawBufferPointer(rebasing: buffer[done...])
                let count = pwrite(descriptor, part.baseAddress, part.count, off_t(offset + done))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw fault() }
                done += count
            }
        }
    }

    /// Reads a file from `start`, at most `length` bytes; fewer at its end.
    static func read(_ file: URL, from start: Int = 0, length: Int) throws -> [UInt8] {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        return try read(descriptor, from: start, length: length)
    }

    /// Reads a file piece by piece, never more than `limit` bytes in all.
    /// - Throws: ``StoreError/blob(_:)`` with ``BlobFault/size`` for a longer one.
    static func readPieces(
        _ file: URL, limit: Int, _ take: (_ piece: [UInt8], _ offset: Int) throws -> Void
    ) throws {
        let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        var offset = 0
        while true {
            let piece = try read(descriptor, from: offset, length: chunk)
            if piece.isEmpty { return }
            guard piece.count <= limit - offset else { throw StoreError.blob(.size) }
            try take(piece, offset)
            offset += piece.count
        }
    }

    /// The hash of a file of at most ``Limits/blobBytes``.
    static func hash(_ file: URL) throws -> BlobHash {
        var hash = SHA256()
        try readPieces(file, limit: Limits.blobBytes) { piece, _ in hash.update(data: piece) }
        guard let found = BlobHash(bytes: Array(hash.finalize())) else {
            throw StoreError.damaged("SHA-256")
        }
        return found
    }

    /// A plain file's size; nil where there is none.
    static func size(_ file: URL) -> Int? {
        var found = stat()
        guard lstat(file.path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(found.st_size)
    }

    /// The names in a folder; none where it is not there.
    static func names(_ folder: URL) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            guard access(folder.path, F_OK) != 0, errno == ENOENT else {
                throw StoreError.damaged("blobs")
            }
            return []
        }
    }

    /// Bytes that the user may still write on the disk of a folder; nil where the system does
    /// not tell.
    static func freeBytes(_ folder: URL) -> Int? {
        var found = statvfs()
        guard statvfs(folder.path, &found) == 0 else { return nil }
        let (bytes, overflows) = Int(clamping: found.f_bavail)
            .multipliedReportingOverflow(by: Int(clamping: found.f_frsize))
        return overflows ? .max : bytes
    }

    /// What the last call of the system that failed comes to.
    static func fault() -> StoreError {
        switch errno {
        case ENOSPC, EDQUOT: .diskFull
        case ENOENT: .notFound
        case let number: .damaged("blobs \(number)")
        }
    }

    private static func read(_ descriptor: Int32, from start: Int, length: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            while count < length {
                let room = UnsafeMutableRawBufferPointer(buffer)[count...]
                let done = pread(
                    descriptor, UnsafeMutableRawBufferPointer(rebasing: room).baseAddress,
                    length - count, off_t(start + count))
                if done < 0, errno == EINTR { continue }
                guard done >= 0 else { throw fault() }
                if done == 0 { return }
                count += done
            }
        }
    }

    private static func flush(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault() }
        defer { close(descriptor) }
        // Some file systems of sticks cannot flush a folder; then the rename has to do.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw fault() }
    }
}
