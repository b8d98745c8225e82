public import Foundation
import Glibc

/// Looks for bundles on a stick, which may have been made to do harm: names are looked at only so
/// far, links are not followed, nothing is opened.
public enum BundleFolder {
    static let entryLimit = 10_000
    static let fileLimit = 100

    /// The first files of bundles in a folder itself, by name. Of a folder with more than 10,000
    /// entries only that many are looked at, and at most 100 bundles are named.
    /// - Throws: ``BundleFault/unreadable`` where there is no such folder.
    public static func bundles(in folder: URL) throws(BundleFault) -> [URL] {
        guard let stream = opendir(folder.path) else { throw .unreadable }
        defer { closedir(stream) }
        var found: [URL] = []
        for _ in 0..<entryLimit {
            guard found.count < fileLimit, let entry = readdir(stream) else { break }
            let file = folder.appendingPathComponent(name(of: entry), isDirectory: false)
            guard BundleName(file) != nil, BundleFile.kind(of: file) == .plain else { continue }
            found.append(file)
        }
        return found.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
        let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
