import ArgumentParser
import Foundation
import Participation

struct CommunityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "community", abstract: "The laptops that share this municipality's records.",
        subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Found the community on this laptop, which becomes its office.")

        @Option(help: "What people call this laptop.")
        var label = LaptopName.usual

        @OptionGroup var data: DataOptions

        func run() async throws {
            let label = label
            let state = try await CoreClient.with(data.folder) {
                try await $0.post("/control/community", .object([.init("label", .string(label))]))
            }
            print("community: \(state["community"]?.text ?? "")")
        }
    }
}

/// What a laptop is called where nobody said.
enum LaptopName {
    static var usual: String { String(ProcessInfo.processInfo.hostName.prefix(30)) }
}
