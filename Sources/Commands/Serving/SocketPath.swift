import Crypto
import Foundation

/// Where the command line finds a running program: a Unix socket in the data folder. The system
/// takes 107 bytes of path at most; a longer one is moved to the run-time folder under a hash.
enum SocketPath {
    private static let longest = 100

    static func of(_ folder: URL) -> String {
        let path = folder.standardizedFileURL.appendingPathComponent("ashar.sock").path
        guard path.utf8.count > longest else { return path }
        let hash = SHA256.hash(data: Array(path.utf8)).prefix(8)
            .map { String($0, radix: 16) }.joined()
        let base = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] ?? "/tmp"
        return "\(base)/ashar-\(getuid())-\(hash).sock"
    }

    /// Whether somebody listens there. A program that was killed leaves its socket's file behind;
    /// an HTTP client would go on trying it for seconds.
    static func isAlive(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { place in
            for (index, byte) in bytes.prefix(place.count - 1).enumerated() { place[index] = byte }
        }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
