import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Visit {
    private static let chunkBytes = 262_144

    /// A file to be saved, sent as it is read. Its name is one the program made: Latin letters,
    /// digits, dots and dashes; others are left out of it.
    static func file(_ url: URL, name: String) throws -> Response {
        guard let handle = try? FileHandle(forReadingFrom: url) else { throw WebError.notFound }
        let plain = name.filter {
            $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0))
        }
        let size = (try? handle.seekToEnd()) ?? 0
        try handle.seek(toOffset: 0)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename=\"\(plain)\"",
            ],
            body: ResponseBody(contentLength: Int(clamping: size)) { writer in
                defer { try? handle.close() }
                var left = size
                while left > 0 {
                    let length = Int(min(left, UInt64(chunkBytes)))
                    // A stick that was pulled ends the answer before its length: the browser
                    // tells the person that the file is not whole.
                    guard let data = try handle.read(upToCount: length), !data.isEmpty else {
                        throw WebError.notFound
                    }
                    left -= UInt64(data.count)
                    try await writer.write(ByteBuffer(bytes: data))
                }
                try await writer.finish(nil)
            })
    }
}
