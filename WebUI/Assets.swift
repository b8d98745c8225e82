import Crypto
import Foundation
import NIOCore

/// Style sheets, scripts and pictures, held in memory; nothing else of the disk can be asked for.
struct Assets: Sendable {
    struct Asset: Sendable {
        let bytes: ByteBuffer
        let mediaType: String
        let tag: String
    }

    private let files: [String: Asset]

    static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]

    /// Scripts that Debian's packages bring, by the name they are asked for.
    static let vendored = [
        "sortable.js": "sortable/Sortable.min.js",
        "leaflet.js": "leaflet/leaflet.min.js", "leaflet.css": "leaflet/leaflet.css",
    ]

    init(folder: URL, vendor: URL) throws {
        var files: [String: Asset] = [:]
        let found = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        for file in found {
            files["/static/" + file.lastPathComponent] = try Self.asset(file)
        }
        for (name, path) in Self.vendored {
            let file = vendor.appendingPathComponent(path)
            if FileManager.default.fileExists(atPath: file.path) {
                files["/vendor/" + name] = try Self.asset(file)
            }
        }
        self.files = files
    }

    subscript(path: String) -> Asset? { files[path] }

    private static func asset(_ file: URL) throws -> Asset? {
        guard let mediaType = mediaTypes[file.pathExtension] else { return nil }
        let data = try Data(contentsOf: file)
        let tag = SHA256.hash(data: data).prefix(8).map { String($0, radix: 16) }.joined()
        return Asset(bytes: ByteBuffer(bytes: data), mediaType: mediaType, tag: "\"\(tag)\"")
    }
}
