import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store

extension Visit {
    /// The body as JSON.
    func json() async throws -> JSON {
        try request.require(mediaType: "application/json")
        var request = request
        let body = try await request.collectBody(upTo: Limits.requestBytes)
        do {
            return try JSONReader.read(body.readableBytesView)
        } catch {
            let column = (error as? JSONError).map { String($0.offset + 1) } ?? "1"
            throw WebError.refused([InputProblem(.badJSON, ["column": column])])
        }
    }

    /// An answer in JSON.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: json.encoded)))
    }
}

extension Response {
    /// The same answer with the name of the commit it made, which can be taken back.
    func naming(_ commit: CommitID?) -> Response {
        guard let commit else { return self }
        var response = self
        response.headers[OutermostMiddleware.name("X-Ashar-Commit")] = commit.description
        return response
    }
}
