import Foundation
import Participation
import Store

/// What makes an account: checked the same way on the pages, in the API and at the command line.
struct AccountInput: Sendable {
    let login: String
    let displayName: String
    let role: String
    let passphrase: String

    static let longestLogin = 64

    init(login: String, displayName: String, role: String, passphrase: String) {
        self.login = login.trimmingCharacters(in: .whitespaces)
        self.displayName = displayName
        self.role = role
        self.passphrase = passphrase
    }

    /// All that is wrong, by field.
    var problems: [InputProblem] { checked.problems + Self.weakness(of: passphrase) }

    /// The edit that makes the account.
    /// - Throws: ``WebError/refused(_:)`` with every problem.
    func edit(_ id: RecordID, _ passphrases: Passphrases) async throws -> Edit {
        guard problems.isEmpty else { throw WebError.refused(problems) }
        var fields = checked.input.fields
        let verifier = Value.text(try await passphrases.verifier(passphrase))
        fields.updateValue(verifier, forKey: Schema.account.secret.name)
        return .make(RecordInput(.account, id: id, fields: fields))
    }

    /// The edit that gives an account another passphrase.
    /// - Throws: ``WebError/refused(_:)`` where it is too short.
    static func newPassphrase(
        _ passphrase: String, of id: RecordID, _ passphrases: Passphrases
    ) async throws -> Edit {
        let problems = weakness(of: passphrase)
        guard problems.isEmpty else { throw WebError.refused(problems) }
        let verifier = Value.text(try await passphrases.verifier(passphrase))
        return .change(
            RecordInput(.account, id: id, fields: [Schema.account.secret.name: verifier]))
    }

    /// What is wrong with a passphrase: nothing but its length is asked for.
    static func weakness(of passphrase: String) -> [InputProblem] {
        guard passphrase.count < Passphrases.shortest else { return [] }
        let limit = ["limit": String(Passphrases.shortest)]
        return [InputProblem(.weakPassphrase, field: "passphrase", limit)]
    }

    /// Latin letters, digits, dots, dashes and underscores: to be typed on any keyboard.
    static func isLogin(_ text: String) -> Bool {
        (1...longestLogin).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
    }

    private var checked: (input: RecordInput, problems: [InputProblem]) {
        let members: [JSON.Member] = [
            .init(Schema.account.displayName.name, .string(displayName)),
            .init(Schema.account.login.name, .string(login)),
            .init(Schema.account.role.name, .string(role)),
        ]
        var (input, problems) = RecordInput.parse(members, as: .account)
        if !login.isEmpty, !Self.isLogin(login) {
            let name = Schema.account.login.name
            problems.removeAll { $0.field == name }
            problems.append(InputProblem(.badId, field: name))
        }
        return (input, problems)
    }
}
