import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Photographs
import Store

/// A photograph as a picture for whoever is logged in.
enum PhotoFile {
    static func show(_ visit: Visit) async throws -> Response {
        guard visit.access.mayRead(.attachment) else { throw WebError.forbidden }
        let id = try visit.id()
        let hash = try await visit.read { reader in
            guard let record = try reader.record(.attachment, id) else {
                throw try reader.absence(.attachment, id)
            }
            return record[Schema.attachment.sha256].flatMap { BlobHash($0) }
        }
        guard let hash else { throw WebError.photoAway }
        let headers = headers(hash)
        if visit.request.headers[.ifNoneMatch] == headers[.eTag] {
            return Response(status: .notModified, headers: headers)
        }
        // What another laptop sent under a right hash may still be something else.
        guard let bytes = try await bytes(hash, visit.store), PhotoFormat(bytes) == .jpeg else {
            throw WebError.photoAway
        }
        return Response(
            status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func bytes(_ hash: BlobHash, _ store: Store) async throws -> [UInt8]? {
        do {
            return try await store.withBlobs { try $0.read(hash) }
        } catch StoreError.notFound {
            return nil
        }
    }

    /// A browser may keep it for who is logged in now; the next one asks again.
    private static func headers(_ hash: BlobHash) -> HTTPFields {
        [
            .contentType: "image/jpeg", .eTag: "\"\(hash)\"",
            .contentDisposition: "inline; filename=\"photo.jpg\"",
            .cacheControl: "private, max-age=31536000, immutable", .vary: "Cookie",
        ]
    }
}
