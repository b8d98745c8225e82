import ArgumentParser
import Foundation
import Participation
import Store
import WebUI

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve a municipality to look at, apart from any real data.")

    @Option(name: .customLong("data"), help: "The folder of the demo's data.")
    var path: String?

    @OptionGroup var ports: PortOptions

    @Flag(help: "Open the desk page in the browser.")
    var open = false

    static let login = Office.DemoLogin(login: "demo", passphrase: "ашар көйгөй добуш")

    func run() async throws {
        let folder = DataOptions.folder(path, named: "ashar-demo")
        do {
            let core = try await Core.open(
                folder, demo: Self.login,
                peering: .init(port: ports.peers, isDiscovering: false))
            try await DemoStore(core: core).fill()
            try await Server(core: core, ports: ports, opensBrowser: open).run()
        } catch StoreError.inUse(let pid) {
            throw CommandFailure(
                message: "The demo already runs, as process \(pid). Open its page in the browser.")
        }
    }
}

/// Puts the municipality to look at into a store that is empty; never touches one that is not.
struct DemoStore {
    private static let mark = "demo-account"

    let core: Core

    func fill() async throws {
        let store = core.store
        let counts = try await store.read { try $0.counts() }
        guard counts[.account, default: 0] == 0 else { return try await refuseRealData() }
        let folder = try LiveWorld.resources(of: "Commands").appendingPathComponent("Demo")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "jsonl" }
        for file in files.sorted(by: { $0.path < $1.path }) {
            let report = try await store.importFile(file, by: .program) { _ in }
            guard report.isTaken else {
                throw CommandFailure(
                    message: "The demo's own file \(file.lastPathComponent) is damaged.")
            }
        }
        try await core.office.makeAccount(
            id: Self.mark, login: DemoCommand.login.login, displayName: "Айгүл Токтосунова",
            role: .admin, passphrase: DemoCommand.login.passphrase)
    }

    /// The demo shows its login to everybody, so it never opens a store that has other people's.
    private func refuseRealData() async throws {
        let isDemo = try await core.store.read { reader in
            try RecordID(Self.mark).flatMap { try reader.record(.account, $0) } != nil
        }
        guard isDemo else {
            throw CommandFailure(
                message: """
                    \(core.folder.path) holds real data. The demo needs a folder of its own: leave \
                    --data out, or name an empty one.
                    """)
        }
    }
}
