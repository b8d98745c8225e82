import Foundation
import Glibc
import SyncCore

/// By what a laptop is told from the one its disk was copied from. Only hashes leave this place:
/// the numbers themselves are nobody's business.
enum Hardware {
    /// The marks that can be read, by their names.
    static func marks(of folder: URL) -> [String: String] {
        let found = [
            "machine": text("/etc/machine-id"),
            "board": text("/sys/class/dmi/id/product_uuid"),
            "disk": fileSystem(of: folder),
            "network": networkAddress(),
        ]
        return found.compactMapValues(\.self).reduce(into: [:]) { marks, mark in
            let hash = Hash(of: Array("ashar/hardware/1 \(mark.key) \(mark.value)".utf8))
            marks[mark.key] = Hexadecimal.text(hash.bytes.prefix(16))
        }
    }

    private static func text(_ path: String) -> String? {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The UUID of the file system that a folder is on.
    private static func fileSystem(of folder: URL) -> String? {
        var here = stat()
        guard stat(folder.path, &here) == 0 else { return nil }
        let place = "/dev/disk/by-uuid"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return names.sorted().first { name in
            var device = stat()
            return stat("\(place)/\(name)", &device) == 0 && device.st_rdev == here.st_dev
        }
    }

    /// The address of the first network adapter that is built in or plugged in.
    private static func networkAddress() -> String? {
        let place = "/sys/class/net"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return names.sorted().lazy
            .filter { FileManager.default.fileExists(atPath: "\(place)/\($0)/device") }
            .compactMap { text("\(place)/\($0)/address") }.first
    }
}
