import ArgumentParser
import Foundation
import Participation
import WebUI

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring in records, one JSON object a line: all of them or none.")

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        let path = URL(fileURLWithPath: file).standardizedFileURL.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path)
        else {
            throw CommandFailure(message: "There is no file to read at \(path).")
        }
        let result = try await CoreClient.with(data.folder) {
            try await $0.work("/control/import", .object([.init("path", .string(path))]))
        }
        guard result["imported"] == .bool(true) else { throw Self.refusal(result) }
        print(result["summary"]?.text ?? "")
    }

    /// Every bad line with its number, its field and the reason in the user's language.
    private static func refusal(_ result: JSON) -> CommandFailure {
        var lines = [result["title"]?.text, result["detail"]?.text].compactMap(\.self)
        if case .array(let errors)? = result["errors"] {
            lines += errors.map { error in
                let place = [error["place"]?.text, error["field"]?.text].compactMap(\.self)
                return "\(place.joined(separator: ", ")): \(error["message"]?.text ?? "")"
            }
        }
        return CommandFailure(message: lines.joined(separator: "\n"))
    }
}
