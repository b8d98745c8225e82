import HTTPTypes
import Hummingbird
import Participation
import Store

/// Photographs for programs, and for the scripts of pages.
enum PhotosAPI {
    static let path = "/api/v1/photos"

    static func add(to desk: Desk) {
        desk.post(RouterPath(path), create)
        desk.get(RouterPath(path + "/:id"), PhotoFile.show)
    }

    /// Whether a request to an address brings a photograph, which may take its time.
    static func takesPhoto(_ address: some StringProtocol) -> Bool {
        address == path || address.hasPrefix("/events/") && address.hasSuffix("/photos")
    }

    /// Takes a form with `file`, `owner`, `caption`, `id`; or the photograph alone, and `owner`
    /// in the address: a caption may name people, and addresses are kept in many places.
    private static func create(_ visit: Visit) async throws -> Response {
        let intake = try PhotoIntake(visit)
        defer { intake.file.remove() }
        let about: PhotoIntake.About
        let type = (visit.request.headers[.contentType] ?? "").lowercased()
        if type.hasPrefix("multipart/form-data") {
            about = try await intake.readForm(owner: "")
        } else {
            let types = ["image/jpeg", "image/png", "image/webp", "application/octet-stream"]
            guard types.contains(type) else {
                throw WebError.wrongMediaType(
                    taken: (["multipart/form-data"] + types).joined(separator: ", "))
            }
            let query = try visit.query()
            about = PhotoIntake.About(
                ["id": query["id"] ?? ""], owner: query[Schema.attachment.owner.name] ?? "")
            try await intake.readBody()
        }
        let receipt = try await intake.keep(about)
        guard let id = receipt.records.first,
            let record = try await visit.read({ try $0.record(.attachment, id) })
        else { throw WebError.internalFault }
        var response = Visit.json(record.json(visit.access), status: .created)
        response.headers[.location] = "\(path)/\(id)"
        return response.naming(receipt.commit)
    }
}
