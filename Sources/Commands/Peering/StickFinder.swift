import Foundation
import SyncCore

/// Finds sticks and cards: what is mounted where desktops mount them, and folders that the user
/// named.
struct StickFinder: Sendable {
    /// A place for bundles.
    struct Place: Sendable, Equatable {
        let folder: URL

        /// What people see in their file manager.
        var label: String { folder.lastPathComponent }
        /// What the pages call it.
        var id: String { Self.name(folder) }

        /// A short name for a path, the same each time.
        static func name(_ file: URL) -> String {
            Hexadecimal.text(Hash(of: Array(file.standardizedFileURL.path.utf8)).bytes.prefix(12))
        }
    }

    /// Where desktops and people mount sticks.
    private static let roots = ["/media", "/run/media", "/mnt"]
    /// File systems of other machines, which can hold up whoever asks them, and of no machine.
    private static let passedOver: Set<Substring> = [
        "nfs", "nfs4", "cifs", "smb3", "9p", "autofs", "fuse.sshfs", "overlay", "proc", "sysfs",
    ]
    private static let most = 16
    /// Folders between a root and a stick: that of the person who plugged it in, and its own.
    private static let depth = 2

    /// Folders that the user named, beside what is mounted.
    let folders: [URL]
    /// The system's list of what is mounted, as `/proc/self/mounts` writes it.
    let mounts: @Sendable () -> String

    /// The laptop's own sticks.
    static func live(_ folders: [URL]) -> StickFinder {
        StickFinder(folders: folders) {
            (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
        }
    }

    /// What is there now, the folders that were named first.
    func places() -> [Place] {
        let mounted = mounts().split(separator: "\n").compactMap(Self.mounted)
        var found: [Place] = []
        for folder in folders + mounted.map({ URL(fileURLWithPath: $0, isDirectory: true) }) {
            let place = Place(folder: folder)
            if !found.contains(where: { $0.id == place.id }) { found.append(place) }
        }
        return Array(found.prefix(Self.most))
    }

    /// The folder of a line `device folder type options 0 0`, where it may be a stick.
    private static func mounted(_ line: Substring) -> String? {
        let parts = line.split(separator: " ")
        guard parts.count > 2, !passedOver.contains(parts[2]) else { return nil }
        let path = plain(parts[1])
        let isStick = roots.contains { root in
            guard path == root || path.hasPrefix(root + "/") else { return false }
            return path.dropFirst(root.count).split(separator: "/").count <= depth
        }
        return isStick ? path : nil
    }

    /// Blanks, tabs, line ends and backslashes stand as three octal digits.
    private static func plain(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let first = rest.first {
            let digits = rest.dropFirst().prefix(3)
            if first == UInt8(ascii: "\\"), digits.count == 3,
                let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            {
                bytes.append(byte)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
