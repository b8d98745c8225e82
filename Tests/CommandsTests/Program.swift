import Foundation
import Synchronization

/// The built program, run as a process of its own.
struct Program {
    /// Beside the tests, where the build puts it.
    static let file = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("ashar")

    struct Output {
        let status: Int32
        let text: String
        let errors: String
    }

    let data: URL

    /// Runs a command to its end.
    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Output {
        try run(arguments, environment: environment)
    }

    /// The same with arguments in a list.
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Output {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = Self.file
        process.arguments = arguments + (takesData(arguments) ? ["--data", data.path] : [])
        process.environment = self.environment.merging(
            environment.merging(["LC_ALL": "en_US.UTF-8"]) { first, _ in first }
        ) { $1 }
        process.standardOutput = output
        process.standardError = errors
        try Self.spawning.withLock { _ in try process.run() }
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let words = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Output(
            status: process.terminationStatus, text: String(decoding: text, as: UTF8.self),
            errors: String(decoding: words, as: UTF8.self))
    }

    /// Starts a command and leaves it running.
    func start(_ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = Self.file
        process.arguments = arguments + ["--data", data.path]
        process.environment = environment
        process.standardOutput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: errors)
        try Self.spawning.withLock { _ in try process.run() }
        return process
    }

    /// Foundation's `Process.run` was seen to crash where several run at the same instant.
    private static let spawning = Mutex(())

    /// What is remembered outside the data folder stays within the test.
    private var environment: [String: String] {
        let state = data.deletingLastPathComponent().appendingPathComponent("state").path
        return ProcessInfo.processInfo.environment.merging(["XDG_STATE_HOME": state]) { $1 }
    }

    /// What the process that was started last says of errors.
    var errors: URL { data.deletingLastPathComponent().appendingPathComponent("errors") }

    private func takesData(_ arguments: [String]) -> Bool {
        !["version", "--help", "nonsense"].contains(arguments.first)
    }

    /// A folder that is gone after the work.
    static func with<Result>(_ work: (Program) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(Program(data: folder.appendingPathComponent("data")))
    }

    /// A file beside the data folder.
    func file(_ name: String, _ text: String) throws -> String {
        let file = data.deletingLastPathComponent().appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
