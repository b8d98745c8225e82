import HTTPTypes
import Hummingbird
import NIOCore
import Participation

/// The fields of a submitted form or of an address's query.
struct FormData: Sendable {
    private let values: [String: [String]]

    /// Reads `application/x-www-form-urlencoded` text.
    init(_ text: some StringProtocol) throws {
        var values: [String: [String]] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Percent.decoded(parts[0], plusIsSpace: true),
                let value = Percent.decoded(parts.count == 2 ? parts[1] : "", plusIsSpace: true)
            else { throw WebError.badRequest }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// Reads the body of a form, within the limit.
    static func read(_ request: Request) async throws -> FormData {
        try request.require(mediaType: "application/x-www-form-urlencoded")
        var request = request
        let body = try await request.collectBody(upTo: Limits.formBytes)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw WebError.badRequest
        }
        return try FormData(text)
    }

    /// Reads the query of an address.
    static func query(_ request: Request) throws -> FormData {
        try FormData(request.uri.query ?? "")
    }

    var names: [String] { values.keys.sorted() }

    /// The first value of a name; nil where the form has no such field.
    subscript(name: String) -> String? { values[name]?.first }

    /// All values of a name.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// An id; nil where it is missing or no id.
    func id(_ name: String) -> RecordID? { self[name].flatMap { RecordID($0) } }
}

extension Request {
    /// Sees to it that the body is of the one kind that is taken; parameters such as a character
    /// set do not matter, and `application/json-patch+json` is not `application/json`.
    func require(mediaType: String) throws {
        let words = (headers[.contentType] ?? "").prefix { $0 != ";" }
            .split { $0 == " " || $0 == "\t" }
        guard words.count == 1, words[0].lowercased() == mediaType else {
            throw WebError.wrongMediaType(taken: mediaType)
        }
    }
}
