import Foundation
import Glibc
import SyncCore

/// The files of a bundle while they are written: `….part` until the last of them is safely on the
/// stick. What did not come that far is removed, and only that.
final class BundleOutput {
    /// Bytes written so far, in all files.
    private(set) var bytes = 0
    private let name: BundleName
    /// The files that this export has begun, open and locked until all is done.
    private var descriptors: [Int32] = []
    /// Numbers of those that have their names.
    private var published: [Int] = []

    /// - Throws: ``BundleWriteFault/exists(name:)``.
    init(_ name: BundleName) throws(BundleWriteFault) {
        self.name = name
        try Self.checkFree(name.first)
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// The files, once they have their names.
    var files: [URL] { published.sorted().map { name.file(part: $0) } }

    /// Begins the next file.
    func begin() throws(BundleWriteFault) {
        let part = descriptors.count + 1
        guard part <= BundleLimits.parts else { throw .tooLarge }
        try Self.checkFree(name.file(part: part))
        let file = name.unfinished(part: part)
        let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let opened = open(file.path, flags, 0o600)
        guard opened >= 0 else {
            guard errno != ELOOP else { throw .exists(name: file.lastPathComponent) }
            throw Self.fault(errno)
        }
        // A power cut may have left such a file. Another export holds its own locked.
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_nlink == 1, flock(opened, LOCK_EX | LOCK_NB) == 0
        else {
            close(opened)
            throw .exists(name: file.lastPathComponent)
        }
        descriptors.append(opened)
        guard ftruncate(opened, 0) == 0 else { throw Self.fault(errno) }
    }

    /// Writes to the file begun last.
    func write(_ more: [UInt8]) throws(BundleWriteFault) {
        guard let descriptor = descriptors.last else { throw .mediumGone }
        var done = 0
        while done < more.count {
            let count = more.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, more.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Self.fault(errno) }
            done += count
        }
        bytes += more.count
    }

    /// Makes sure that the stick has the file begun last. After a failed fsync(2) nothing more is
    /// known of a file, so it is not tried again.
    func finish() throws(BundleWriteFault) {
        guard let descriptor = descriptors.last else { throw .mediumGone }
        guard fsync(descriptor) == 0 else { throw Self.fault(errno) }
    }

    /// Gives the files their names, the first file last: where it is, all are.
    func publish() throws(BundleWriteFault) {
        for part in stride(from: descriptors.count, through: 1, by: -1) {
            let file = name.file(part: part)
            try Self.checkFree(file)
            guard rename(name.unfinished(part: part).path, file.path) == 0 else {
                throw Self.fault(errno)
            }
            published.append(part)
        }
        let folder = open(name.folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.fault(errno) }
        defer { close(folder) }
        // EINVAL: a file system that keeps its folders itself.
        guard fsync(folder) == 0 || errno == EINVAL else { throw Self.fault(errno) }
    }

    /// Removes what this export wrote, as far as the stick lets it.
    func discard() {
        for (index, descriptor) in descriptors.enumerated() {
            let part = index + 1
            let isPublished = published.contains(part)
            unlink((isPublished ? name.file(part: part) : name.unfinished(part: part)).path)
            close(descriptor)
        }
        (descriptors, published) = ([], [])
    }

    private static func checkFree(_ file: URL) throws(BundleWriteFault) {
        guard BundleFile.kind(of: file) == .missing else {
            throw .exists(name: file.lastPathComponent)
        }
    }

    private static func fault(_ code: Int32) -> BundleWriteFault {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: .noRoom
        case EIO, ENODEV, ENXIO, ENOENT, ENOTDIR, ENOTCONN, EROFS, ESTALE: .mediumGone
        default: .unwritable(code: code)
        }
    }
}
