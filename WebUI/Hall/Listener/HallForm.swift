import Foundation
import HTTPTypes
import Hummingbird

/// The fields of a phone's form.
struct HallForm: Sendable {
    private let values: [(name: String, value: String)]

    /// Reads the body (URL Standard, urlencoded).
    init(_ request: Request) async throws {
        let kind = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
        guard kind.lowercased() == "application/x-www-form-urlencoded" else {
            throw HallError.badRequest
        }
        var request = request
        let body = try await request.collectBody(upTo: HallShield.formBytes)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw HallError.badRequest
        }
        values = try text.split(separator: "&").prefix(200).map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (try Self.decoded(parts[0]), try Self.decoded(parts.count == 2 ? parts[1] : ""))
        }
    }

    /// The first value of a name.
    subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// All values of a name, in their order.
    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    private static func decoded(_ text: Substring) throws -> String {
        let spaced = text.replacingOccurrences(of: "+", with: " ")
        guard let decoded = spaced.removingPercentEncoding else { throw HallError.badRequest }
        return decoded
    }
}
