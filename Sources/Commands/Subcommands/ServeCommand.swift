import ArgumentParser
import Store

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the program on this laptop.")

    @OptionGroup var data: DataOptions
    @OptionGroup var ports: PortOptions
    @OptionGroup var sticks: StickOptions

    @Flag(help: "Do not look for other laptops; only typed addresses are tried.")
    var noDiscovery = false

    @Flag(help: "Open the desk page in the browser.")
    var open = false

    func run() async throws {
        do {
            let core = try await Core.open(
                data.folder,
                peering: .init(port: ports.peers, isDiscovering: !noDiscovery),
                sticks: sticks.folders)
            try await Server(core: core, ports: ports, opensBrowser: open).run()
        } catch StoreError.inUse(let pid) {
            throw CommandFailure(
                message: """
                    The program already runs on this data, as process \(pid). Open its page in the \
                    browser, or stop it first.
                    """)
        }
    }
}
