import ArgumentParser
import Foundation

/// The data folder: `--data`, else `$ASHAR_DATA`, else `$XDG_DATA_HOME/ashar`.
struct DataOptions: ParsableArguments {
    @Option(name: .customLong("data"), help: "The data folder.")
    var path: String?

    var folder: URL { Self.folder(path, named: "ashar") }

    static func folder(_ path: String?, named name: String) -> URL {
        let environment = ProcessInfo.processInfo.environment
        if let path { return URL(fileURLWithPath: path, isDirectory: true) }
        if name == "ashar", let path = environment["ASHAR_DATA"], !path.isEmpty {
            return URL(fileURLWithPath: path, isDirectory: true)
        }
        let home = environment["HOME"] ?? NSHomeDirectory()
        let base = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
        return URL(fileURLWithPath: base ?? home + "/.local/share", isDirectory: true)
            .appendingPathComponent(name, isDirectory: true)
    }
}

/// The ports of the listeners.
struct PortOptions: ParsableArguments {
    @Option(name: .customLong("port-base"), help: "The desk's port; the others follow it.")
    var base = PortOptions.usualBase

    static let usualBase = 7800

    var desk: Int { base }
    var network: Int { base + 43 }
    var peers: Int { base + 44 }
    var hall: Int { base + 80 }

    func validate() throws {
        guard (1...65_000).contains(base) else {
            throw ValidationError("--port-base must be from 1 to 65000")
        }
    }
}

/// Folders to be used like sticks, such as a card that is mounted elsewhere.
struct StickOptions: ParsableArguments {
    @Option(
        name: .customLong("stick"),
        help: "A folder to be offered like a stick; may be given several times.")
    var paths: [String] = []

    var folders: [URL] { paths.map { URL(fileURLWithPath: $0, isDirectory: true) } }
}
