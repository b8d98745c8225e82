import Foundation
import Glibc
import SyncCore

/// A file of a bundle that is open for reading: a plain file, never a link, of a bounded size.
/// It stays the same file whatever happens to its name.
final class BundleFile {
    /// What stands under a name.
    enum Kind {
        case missing
        case plain
        case other
    }

    let size: Int
    private let descriptor: Int32

    /// Opens a file; nil where there is none.
    /// - Throws: ``BundleFault/unreadable``.
    init?(_ file: URL) throws(BundleFault) {
        // Without O_NONBLOCK a pipe of that name would hold the import for ever.
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        let descriptor = open(file.path, flags)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_size <= BundleLimits.partBytes
        else {
            close(descriptor)
            throw .unreadable
        }
        self.descriptor = descriptor
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// What stands under a name, without following links.
    static func kind(of file: URL) -> Kind {
        var status = stat()
        guard lstat(file.path, &status) == 0 else { return errno == ENOENT ? .missing : .other }
        return status.st_mode & S_IFMT == S_IFREG ? .plain : .other
    }

    /// Forgets what the machine keeps of the file, so that it is read from the stick itself.
    func dropCache() { _ = posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) }

    /// Exactly so many bytes from a place on.
    /// - Throws: ``BundleFault/truncated``, ``BundleFault/unreadable``.
    func bytes(_ count: Int, at offset: Int) throws(BundleFault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, count - done, offset + done)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw .unreadable }
            guard read > 0 else { throw .truncated }
            done += read
        }
        return bytes
    }
}
