import ArgumentParser
import Foundation
import Participation

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Keep the accounts of the people who may log in.",
        subcommands: [Add.self, List.self, Passwd.self, Disable.self, Token.self])

    struct Passphrase: ParsableArguments {
        @Option(help: "A file whose first line is the passphrase.")
        var passphraseFile: String

        func read() throws -> String {
            guard let text = try? String(contentsOfFile: passphraseFile, encoding: .utf8) else {
                throw CommandFailure(message: "There is no text to read at \(passphraseFile).")
            }
            return String(text.split(separator: "\n", omittingEmptySubsequences: false)[0])
                .trimmingCharacters(in: CharacterSet(charactersIn: "\r"))
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add an account.")

        @Argument(help: "The login.")
        var login: String

        @Option(help: "admin, facilitator, secretary, deputy, monitor or viewer.")
        var role: String

        @Option(help: "The person's name.")
        var name: String?

        @OptionGroup var passphrase: Passphrase
        @OptionGroup var data: DataOptions

        func validate() throws {
            guard AccountRole(rawValue: role) != nil else {
                let roles = AccountRole.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--role must be one of: \(roles)")
            }
        }

        func run() async throws {
            let body: JSON = .object([
                .init("login", .string(login)), .init("displayName", .string(name ?? login)),
                .init("role", .string(role)), .init("passphrase", .string(try passphrase.read())),
            ])
            _ = try await CoreClient.with(data.folder) {
                try await $0.post("/control/accounts", body)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let accounts = try await CoreClient.with(data.folder) {
                try await $0.get("/control/accounts")
            }
            guard case .array(let found) = accounts else { return }
            for account in found {
                let parts = ["login", "role", "displayName"].map { account[$0]?.text ?? "" }
                print(parts.joined(separator: "\t"))
            }
        }
    }

    struct Passwd: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a passphrase.")

        @Argument(help: "The login.")
        var login: String

        @OptionGroup var passphrase: Passphrase
        @OptionGroup var data: DataOptions

        func run() async throws {
            let body = JSON.object([.init("passphrase", .string(try passphrase.read()))])
            try await AccountCommand.post(login, "passphrase", body, data.folder)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shut an account.")

        @Argument(help: "The login.")
        var login: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            try await AccountCommand.post(login, "disable", .object([]), data.folder)
        }
    }

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a bearer token for the API and print it, once.")

        @Argument(help: "The login.")
        var login: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let answer = try await AccountCommand.post(login, "token", .object([]), data.folder)
            print(answer["token"]?.text ?? "")
        }
    }

    @discardableResult
    private static func post(
        _ login: String, _ action: String, _ body: JSON, _ folder: URL
    ) async throws -> JSON {
        let name = login.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? login
        return try await CoreClient.with(folder) {
            try await $0.post("/control/accounts/\(name)/\(action)", body)
        }
    }
}
