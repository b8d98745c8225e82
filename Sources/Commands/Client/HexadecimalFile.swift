import Foundation
import SyncCore

/// Small files that go over the socket as hexadecimal digits: invitations and requests.
enum HexadecimalFile {
    private static let most = 32_768

    /// The digits of a file; nil where there is none, or one that is too large.
    static func read(_ path: String) -> String? {
        guard let bytes = FileManager.default.contents(atPath: path), bytes.count < most else {
            return nil
        }
        return Hexadecimal.text(bytes)
    }

    /// Writes what digits stand for, for the user alone to read.
    static func write(_ digits: String, to path: String) throws {
        guard let bytes = Hexadecimal.bytes(digits) else {
            throw CommandFailure(message: "The program gave an answer that is no file.")
        }
        let url = URL(fileURLWithPath: path)
        try Data(bytes).write(to: url, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: url.path)
    }
}
