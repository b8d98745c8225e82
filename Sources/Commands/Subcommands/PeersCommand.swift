import ArgumentParser
import Participation

struct PeersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peers", abstract: "Say which laptops are here and whether they hold the same."
    )

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let state = try await CoreClient.with(data.folder) { try await $0.get("/api/v1/peers") }
        print(json ? state.encoded : Self.text(state))
    }

    static func text(_ state: JSON) -> String {
        guard case .array(let peers)? = state["peers"], !peers.isEmpty else {
            return "This laptop belongs to no community."
        }
        return peers.map { peer in
            let place =
                peer["self"] == .bool(true)
                ? "this laptop"
                : peer["removed"] == .bool(true)
                    ? "removed"
                    : peer["here"] == .bool(true)
                        ? "here, \(peer["comparison"]?.text ?? "")"
                        : peer["reasonText"]?.text ?? peer["reason"]?.text ?? "not seen"
            return [
                peer["id"]?.text, peer["label"]?.text, peer["role"]?.text, place,
            ].compactMap(\.self).joined(separator: "  ")
        }.joined(separator: "\n")
    }
}

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Exchange with all laptops that are here, or with HOST.")

    @Argument(help: "An address, where the laptop is not found by itself.")
    var host: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var data: DataOptions

    func run() async throws {
        let host = host
        let started = try await CoreClient.with(data.folder) {
            try await $0.post("/api/v1/sync", host.map { ["address": .string($0)] } ?? [:])
        }
        guard case .array(let ids)? = started["started"] else { return }
        print(json ? started.encoded : "exchanging with \(ids.count)")
    }
}
