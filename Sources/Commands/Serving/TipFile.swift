import Foundation
import Glibc
import Store
import SyncCore

/// Where it is remembered how far this laptop has come in its log: outside the data folder, so
/// that a folder that was put back to an older state gives itself away.
struct TipFile {
    private let file: URL
    private let temporary: URL

    /// One file for each data folder, in `$XDG_STATE_HOME/ashar`.
    init(of folder: URL) throws {
        let environment = ProcessInfo.processInfo.environment
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        let place = URL(fileURLWithPath: base ?? home + "/.local/state", isDirectory: true)
            .appendingPathComponent("ashar", isDirectory: true)
        try FileManager.default.createDirectory(
            at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = folder.resolvingSymlinksInPath().standardizedFileURL.path
        let name = Hexadecimal.text(Hash(of: Array(path.utf8)).bytes.prefix(8))
        file = place.appendingPathComponent("\(name).tip")
        temporary = place.appendingPathComponent(".\(name).new")
    }

    func read() -> Tip? {
        (try? String(contentsOf: file, encoding: .utf8)).flatMap { Tip($0) }
    }

    /// Whole or not at all, and not flushed: a tip that is late does no harm, and a commit waits
    /// for the disk once already.
    func write(_ tip: Tip) {
        let bytes = Array(tip.text.utf8)
        let descriptor = open(
            temporary.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { return }
        let isWhole = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
        close(descriptor)
        if isWhole { rename(temporary.path, file.path) }
    }
}
