public import ArgumentParser
import Foundation

/// The command line (design.md §8): one subcommand a file.
public struct AsharCommand: AsyncParsableCommand {
    /// Names the program and its subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "ashar",
        abstract: "Citizen participation in a village municipality, on laptops without internet.",
        subcommands: [
            CommunityCommand.self, PairCommand.self, DevicesCommand.self, PeersCommand.self,
            SyncCommand.self, BundleCommand.self,
            ServeCommand.self, DemoCommand.self, ImportCommand.self, ExportCommand.self,
            RankingCommand.self, BackupCommand.self, RestoreCommand.self, StatusCommand.self,
            VerifyCommand.self, RebuildCommand.self,
            AccountCommand.self, LogCommand.self, VersionCommand.self, ReducePhotoCommand.self,
        ])

    /// Needed by the parser.
    public init() {}

    /// Runs what the arguments ask for and ends the process: 0 done, 1 refused or failed, 2 wrong
    /// usage.
    public static func runAndExit() async -> Never {
        Foundation.exit(await run(Array(CommandLine.arguments.dropFirst())))
    }

    static func run(_ arguments: [String]) async -> Int32 {
        do {
            var command = try parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            return 0
        } catch let failure as CommandFailure {
            Terminal.error(failure.message)
            return 1
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        let code = exitCode(for: error)
        guard code != .success else {
            print(fullMessage(for: error))
            return 0
        }
        Terminal.error(fullMessage(for: error))
        return code == .validationFailure ? 2 : 1
    }
}

/// Why a command did not do what it was asked for; the message says what to do.
struct CommandFailure: Error, Equatable {
    let message: String
}
