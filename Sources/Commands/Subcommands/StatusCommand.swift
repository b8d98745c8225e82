import ArgumentParser
import Participation

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how this laptop is.")

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let status = try await CoreClient.with(data.folder) {
            try await $0.get("/api/v1/status")
        }
        print(json ? status.encoded : Self.text(status))
    }

    private static func text(_ status: JSON) -> String {
        func line(_ name: String, _ value: JSON?) -> String? {
            switch value {
            case .string(let text)?: "\(name): \(text)"
            case .integer(let number)?: "\(name): \(number)"
            case .bool(let flag)?: "\(name): \(flag ? "yes" : "no")"
            default: nil
            }
        }
        return [
            line("version", status["version"]), line("device", status["device"]),
            line("digest", status["digestShort"]),
            line("clock", status["clock"]?["now"]),
            line("clock trusted", status["clock"]?["trusted"]),
            line("folder was put back", status["continuity"]?["rolledBack"]),
            line("folder was moved or copied", status["continuity"]?["moved"]),
            line("restored from a backup", status["continuity"]?["restored"]),
            line("records", status["storage"]?["records"]),
            line("log entries", status["storage"]?["entries"]),
            line("bytes", status["storage"]?["bytes"]),
            line("free bytes", status["storage"]?["freeBytes"]),
        ].compactMap(\.self).joined(separator: "\n")
    }
}
