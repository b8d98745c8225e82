import ArgumentParser
import Foundation
import Participation

/// The ceremony of two numbers at the terminal, on either side, or an invitation file.
struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair",
        abstract: "Join a community at HOST, or wait at the office for a laptop to come.")

    @Argument(help: "The office's address; without it this laptop is the office and waits.")
    var host: String?

    @Option(help: "An invitation file, which asks nothing.")
    var invitation: String?

    @Option(
        help: """
            With an invitation, where no network reaches the office: the file to write, which the \
            office takes by: ashar devices admit FILE
            """)
    var request: String?

    @Option(help: "What people call this laptop; at the office, the other one.")
    var label: String?

    @Option(help: "The role the office gives: office, clerk or reader.")
    var role = "clerk"

    @OptionGroup var data: DataOptions

    func run() async throws {
        let command = self
        try await CoreClient.with(data.folder) { client in
            if let file = command.invitation {
                try await command.use(file, client)
            } else if let host = command.host {
                let body: JSON = [
                    "address": .string(host), "label": .string(command.label ?? LaptopName.usual),
                ]
                _ = try await client.post("/control/pair/join", body)
                try await command.hold(client)
            } else {
                _ = try await client.post("/control/pair/open", [:])
                print("Waiting for the other laptop: ashar pair <this laptop's address>")
                try await command.hold(client)
            }
        }
    }

    func validate() throws {
        guard request == nil || invitation != nil else {
            throw ValidationError("--request needs --invitation")
        }
    }

    private func use(_ path: String, _ client: CoreClient) async throws {
        guard let digits = HexadecimalFile.read(path) else {
            throw CommandFailure(message: "There is no invitation in \(path).")
        }
        var body: [JSON.Member] = [
            .init("invitation", .string(digits)),
            .init("label", .string(label ?? LaptopName.usual)),
        ]
        if let request {
            let made = try await client.post("/control/pair/request", .object(body))
            try HexadecimalFile.write(made["file"]?.text ?? "", to: request)
            print("Carry \(request) to the office, and take the bundle that comes from there.")
            return
        }
        if let host { body.append(.init("address", .string(host))) }
        _ = try await client.post("/control/pair/join", .object(body))
        print("This laptop belongs to the community now.")
    }

    /// Shows our number, asks for the other's, and says how it ended.
    private func hold(_ client: CoreClient) async throws {
        var isShown = false
        while true {
            let state = try await client.get("/control/pair")
            switch state["stage"]?.text {
            case "numbers":
                if !isShown { print("Type on the other laptop: \(state["shown"]?.text ?? "")") }
                isShown = true
                if state["typed"] == .bool(false) { try await ask(client) }
            case "admitting" where state["side"]?.text == "office":
                _ = try await client.post(
                    "/control/pair/admit",
                    [
                        "label": .string(label ?? state["label"]?.text ?? "laptop"),
                        "role": .string(role),
                    ])
            case "done":
                print("done")
                _ = try await client.post("/control/pair/end", [:])
                return
            case "ended":
                _ = try await client.post("/control/pair/end", [:])
                throw CommandFailure(message: state["text"]?.text ?? "It was not done.")
            case "none": throw CommandFailure(message: "The pairing was given up.")
            default: break
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func ask(_ client: CoreClient) async throws {
        Terminal.write(Array("The number that the other laptop shows: ".utf8))
        guard let number = readLine() else {
            throw CommandFailure(message: "No number was typed.")
        }
        do {
            _ = try await client.post("/control/pair/type", ["number": .string(number)])
        } catch let failure as CommandFailure {
            print(failure.message)
        }
    }
}
