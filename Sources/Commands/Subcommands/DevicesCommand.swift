import ArgumentParser
import Foundation
import Participation
import Store
import SyncTransport

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "The laptops of the community.",
        subcommands: [
            List.self, Remove.self, Readmit.self, Rename.self, Invite.self, Admit.self, Renew.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let state = try await CoreClient.with(data.folder) {
                try await $0.get("/api/v1/peers")
            }
            print(PeersCommand.text(state))
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a lost laptop: nothing it writes from now on counts.")

        @Argument(help: "Its name, 32 hexadecimal digits.")
        var id: String

        @OptionGroup var data: DataOptions

        func run() async throws { try await DevicesCommand.act("remove", id, [:], data) }
    }

    struct Readmit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Take a removed laptop back.")

        @Argument(help: "Its name, 32 hexadecimal digits.")
        var id: String

        @OptionGroup var data: DataOptions

        func run() async throws { try await DevicesCommand.act("readmit", id, [:], data) }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Call a laptop something else.")

        @Argument(help: "Its name, 32 hexadecimal digits.")
        var id: String

        @Argument(help: "What people call it.")
        var label: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await DevicesCommand.act("rename", id, ["label": .string(label)], data)
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a file that admits one laptop once, within seven days.")

        @Argument(help: "The file to write.")
        var file: String

        @Option(help: "office, clerk or reader.")
        var role = "clerk"

        @OptionGroup var data: DataOptions

        func run() async throws {
            let role = role
            let made = try await CoreClient.with(data.folder) {
                try await $0.post("/control/devices/invite", ["role": .string(role)])
            }
            try HexadecimalFile.write(made["file"]?.text ?? "", to: file)
            print("good until \(made["expires"]?.text ?? "")")
        }
    }

    struct Admit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Admit the laptop that made a request with one of our invitations.")

        @Argument(help: "The request, made there by: ashar pair --invitation … --request FILE")
        var file: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            guard let digits = HexadecimalFile.read(file) else {
                throw CommandFailure(message: "There is no request in \(file).")
            }
            _ = try await CoreClient.with(data.folder) {
                try await $0.post("/control/devices/admit", ["request": .string(digits)])
            }
            print("Admitted. Now write a bundle for it: ashar bundle export FILE")
        }
    }

    /// After a data folder was copied to another laptop: two laptops may not share their keys.
    struct Renew: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: """
                Give this laptop keys of its own, where its data folder was copied from another \
                one. It keeps its records and is added at the office anew.
                """)

        @OptionGroup var data: DataOptions

        func run() async throws {
            let folder = data.folder
            let store = folder.appendingPathComponent(Store.fileName)
            guard FileManager.default.fileExists(atPath: store.path) else {
                throw CommandFailure(message: "There are no records in \(folder.path).")
            }
            do {
                let kept = try Store.whileClosed(folder) {
                    try KeyFiles(folder: folder.appendingPathComponent("keys")).retire()
                }
                print("The keys from before are in \(kept.path).")
                print("Start the program and have this laptop added: ashar pair HOST")
            } catch StoreError.inUse {
                throw CommandFailure(message: "The program is running. Stop it, and try again.")
            } catch KeyFiles.Fault.none {
                throw CommandFailure(message: "This laptop has no keys yet; it gets new ones.")
            }
        }
    }

    private static func act(
        _ what: String, _ id: String, _ body: JSON, _ data: DataOptions
    ) async throws {
        guard id.utf8.count == 32, id.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit })
        else { throw ValidationError("a laptop's name has 32 hexadecimal digits") }
        _ = try await CoreClient.with(data.folder) {
            try await $0.post("/control/devices/\(id)/\(what)", body)
        }
    }
}
