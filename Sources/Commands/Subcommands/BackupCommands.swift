import ArgumentParser
import Foundation
import Participation
import Store
import SyncTransport

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy all records and photographs into a new folder, without keys and passwords.")

    @Argument(help: "The folder, which is made.")
    var folder: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        let place = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        guard files.isEmpty else {
            throw CommandFailure(message: "\(place.path) is not empty. Name a new folder.")
        }
        let result = try await CoreClient.with(data.folder) {
            try await $0.work("/control/backup", .object([.init("path", .string(place.path))]))
        }
        print(result["digestShort"]?.text ?? "")
        if case .integer(let missing)? = result["photographsMissing"], missing > 0 {
            Terminal.error(
                """
                Photographs that are not in the backup, because they are not on this laptop: \
                \(missing).
                """)
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put the records of a backup in place of those that are here.")

    @Argument(help: "The folder with the backup.")
    var folder: String

    @OptionGroup var data: DataOptions

    func run() async throws {
        let backup = URL(fileURLWithPath: folder, isDirectory: true).standardizedFileURL
        let place = data.folder
        umask(0o077)
        do {
            let keys = try KeyFiles(folder: place.appendingPathComponent("keys"))
            let report = try Store.restore(
                backup, into: place,
                environment: LiveWorld.storeEnvironment(keys, folder: place))
            if let kept = report.kept { print("The records from before are in \(kept.path).") }
            if report.damagedBlobs > 0 {
                Terminal.error(
                    """
                    Photographs that are damaged in the backup and were left out: \
                    \(report.damagedBlobs). They come again from a laptop that has them.
                    """)
            }
        } catch StoreError.notFound {
            throw CommandFailure(message: "There is no backup in \(backup.path).")
        } catch StoreError.inUse {
            throw CommandFailure(
                message: "The program is running. Stop it, and restore the backup then.")
        } catch StoreError.damaged {
            throw CommandFailure(
                message: "The backup in \(backup.path) is damaged. Nothing was changed.")
        } catch StoreError.newerVersion {
            throw CommandFailure(
                message: "The backup was made by a newer version of the program. Install it.")
        } catch StoreError.diskFull {
            throw CommandFailure(message: "The disk is full. Free some room and try again.")
        }
    }
}
