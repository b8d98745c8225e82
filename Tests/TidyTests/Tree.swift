import Foundation

/// The checkout's own files, as the tidy tests read them.
enum Tree {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct File {
        let path: String
        let text: String

        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    /// Files below these folders with one of these endings, hidden folders left out.
    static func files(_ folders: [String], _ endings: Set<String>) throws -> [File] {
        try folders.flatMap { folder -> [File] in
            let base = root.appendingPathComponent(folder)
            let found = FileManager.default.enumerator(
                at: base, includingPropertiesForKeys: nil, options: .skipsHiddenFiles)
            return try (found?.compactMap { $0 as? URL } ?? [])
                .filter { endings.contains($0.pathExtension) }
                .map { file in
                    File(
                        path: String(file.path.dropFirst(root.path.count + 1)),
                        text: try String(contentsOf: file, encoding: .utf8))
                }
        }.sorted { $0.path < $1.path }
    }

    static let code = ["Sources", "Sync", "WebUI"]

    static func swift() throws -> [File] { try files(code + ["Tests"], ["swift"]) }
}
