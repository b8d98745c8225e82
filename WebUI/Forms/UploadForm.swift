import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation

/// A form with a file, as a page sends it.
struct UploadForm: Sendable {
    /// The fields that are no files.
    let fields: [String: String]
    /// Bytes of the file.
    let size: Int

    /// Reads a form whose one file is named `file`, which goes where `file` lies.
    /// - Throws: ``WebError/wrongMediaType(taken:)``, ``WebError/badRequest``,
    ///   ``WebError/tooLarge``, ``WebError/diskFull``.
    static func read(_ request: Request, into file: IncomingFile) async throws -> UploadForm {
        var fields: [String: String] = [:]
        try await pieces(request) { piece in
            switch piece {
            case .field(let name, let value): fields[name] = value
            case .file("file", _, let bytes): try file.write(bytes)
            case .file: throw WebError.badRequest
            }
        }
        return UploadForm(fields: fields, size: file.size)
    }

    /// Reads a form whose one file is small and is held.
    static func read(
        _ request: Request, limit: Int
    ) async throws -> (fields: [String: String], bytes: [UInt8]) {
        var (fields, held) = ([String: String](), [UInt8]())
        try await pieces(request) { piece in
            switch piece {
            case .field(let name, let value): fields[name] = value
            case .file("file", _, let bytes):
                held += bytes
                guard held.count <= limit else { throw WebError.tooLarge }
            case .file: throw WebError.badRequest
            }
        }
        return (fields, held)
    }

    private static func pieces(
        _ request: Request, _ take: (MultipartReader.Piece) throws -> Void
    ) async throws {
        let type = request.headers[.contentType] ?? ""
        guard var reader = MultipartReader(contentType: type, fieldLimit: Limits.formBytes) else {
            throw WebError.wrongMediaType(taken: "multipart/form-data")
        }
        for try await part in request.body {
            for piece in try reader.take(part.readableBytesView) { try take(piece) }
        }
        guard reader.isComplete else { throw WebError.badRequest }
    }
}
