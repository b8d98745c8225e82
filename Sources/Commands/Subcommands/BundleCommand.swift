import ArgumentParser
import Foundation
import Participation

struct BundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Records on sticks, for laptops that do not meet.",
        subcommands: [Export.self, Import.self, Inspect.self])

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a bundle that the community's laptops can read.")

        @Argument(help: "The file to write, NAME.ashar, or a folder such as a stick's.")
        var file: String

        @Option(
            name: .customLong("for"),
            help: "Only what this laptop lacks, as far as we know: 32 hexadecimal digits.")
        var device: String?

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var data: DataOptions

        func validate() throws {
            var isFolder: ObjCBool = false
            let isThere = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
            guard file.hasSuffix(".ashar") || (isThere && isFolder.boolValue) else {
                throw ValidationError("\(file) is no folder and does not end in .ashar")
            }
        }

        func run() async throws {
            var body: [JSON.Member] = [.init("path", .string(BundleCommand.path(file)))]
            if let device { body.append(.init("for", .string(device))) }
            let receipt = try await CoreClient.with(data.folder) { [body] in
                try await $0.work("/control/bundle/export", .object(body))
            }
            print(json ? receipt.encoded : BundleCommand.text(receipt))
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a bundle: all of it or nothing.")

        @Argument(help: "The first file of the bundle.")
        var file: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var data: DataOptions

        func run() async throws {
            let path = BundleCommand.path(file)
            let receipt = try await CoreClient.with(data.folder) {
                try await $0.work("/control/bundle/import", ["path": .string(path)])
            }
            print(json ? receipt.encoded : BundleCommand.text(receipt))
        }
    }

    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a bundle and say what is in it, without taking anything.")

        @Argument(help: "The first file of the bundle.")
        var file: String

        @Flag(help: "Print JSON.")
        var json = false

        @OptionGroup var data: DataOptions

        func run() async throws {
            let path = BundleCommand.path(file)
            let summary = try await CoreClient.with(data.folder) {
                try await $0.post("/control/bundle/inspect", ["path": .string(path)])
            }
            print(json ? summary.encoded : BundleCommand.text(summary))
        }
    }

    /// The whole path: the program that runs may have started in another folder.
    private static func path(_ file: String) -> String {
        URL(fileURLWithPath: file).standardizedFileURL.path
    }

    private static func text(_ answer: JSON) -> String {
        func line(_ name: String, _ member: String) -> String? {
            switch answer[member] {
            case .string(let text)?: "\(name): \(text)"
            case .integer(let number)?: "\(name): \(number)"
            default: nil
            }
        }
        var lines = [
            line("written by", "label"), line("device", "maker"), line("written at", "made"),
            line("entries", "entries"), line("new here", "newEntries"),
            line("photos", "photos"), line("bytes", "bytes"),
            line("digest before", "digestBefore"), line("digest", "digest"),
        ]
        if case .array(let files)? = answer["files"] {
            lines += files.map { file in
                ["file:", file["name"]?.text, file["check"]?.text]
                    .compactMap(\.self).joined(separator: " ")
            }
        }
        if case .array(let logs)? = answer["logs"] {
            lines += logs.map { log in
                guard case .integer(let entries)? = log["entries"],
                    case .integer(let news)? = log["newEntries"]
                else { return nil }
                let leftOut = log["leftOut"] == .bool(true) ? ", some left out" : ""
                return "log of \(log["label"]?.text ?? ""): \(entries), new \(news)\(leftOut)"
            }
        }
        return lines.compactMap(\.self).joined(separator: "\n")
    }
}
