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
}
