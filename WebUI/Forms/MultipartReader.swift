import Foundation

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 §5.1.1) as it comes, without holding a file.
///
/// A body is parts between delimiters, a delimiter being CRLF, two dashes and the boundary; after
/// the last stand two more dashes. The CRLF before the first delimiter may be missing, so one is
/// put before the body. Of a part's headers only the name and the file name are read.
struct MultipartReader: Sendable {
    /// What bytes brought.
    enum Piece: Sendable, Equatable {
        /// A field that is no file.
        case field(name: String, value: String)
        /// A part of a file's bytes; a file that nobody chose has no name.
        case file(name: String, fileName: String, bytes: Data)
    }

    private enum State {
        case preamble
        case delimiter
        case headers
        case body(name: String, fileName: String?)
        case end
    }

    private static let mostHeaderBytes = 8192
    private static let mostParts = 32

    private let delimiter: [UInt8]
    private let fieldLimit: Int
    private var state = State.preamble
    private var bytes: [UInt8] = Array("\r\n".utf8)
    private var fieldBytes: [UInt8] = []
    private var parts = 0
    /// Bytes before the first delimiter and after the last, which mean nothing.
    private var outside = 0

    /// Begins with the header `Content-Type`; nil where it is of another kind or names no
    /// boundary of 1 to 70 characters. `fieldLimit` bounds the bytes of a field.
    init?(contentType: String, fieldLimit: Int) {
        let parts = contentType.split(separator: ";").map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts.first?.lowercased() == "multipart/form-data",
            let named = parts.first(where: { $0.lowercased().hasPrefix("boundary=") })
        else { return nil }
        var boundary = named.dropFirst("boundary=".count)
        if boundary.count > 1, boundary.hasPrefix("\""), boundary.hasSuffix("\"") {
            boundary = boundary.dropFirst().dropLast()
        }
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.fieldLimit = fieldLimit
    }

    /// Whether the last delimiter came.
    var isComplete: Bool { if case .end = state { true } else { false } }

    /// Takes more bytes.
    /// - Throws: ``WebError/badRequest`` for what is no such body, ``WebError/tooLarge``.
    mutating func take(_ more: some Sequence<UInt8>) throws -> [Piece] {
        bytes.append(contentsOf: more)
        var pieces: [Piece] = []
        while try step(&pieces) {}
        return pieces
    }

    /// Does one step; false where it needs more bytes.
    private mutating func step(_ pieces: inout [Piece]) throws -> Bool {
        switch state {
        case .preamble:
            guard let place = find(delimiter) else {
                try ignore(bytes.count - delimiter.count + 1)
                return false
            }
            drop(place + delimiter.count)
            state = .delimiter
        case .delimiter:
            guard bytes.count >= 2 else { return false }
            let isLast = bytes.starts(with: "--".utf8)
            guard isLast || bytes.starts(with: "\r\n".utf8) else { throw WebError.badRequest }
            parts += 1
            guard parts <= Self.mostParts else { throw WebError.tooLarge }
            // The CRLF stays: it is the end of an empty line of headers.
            if isLast { drop(2) }
            state = isLast ? .end : .headers
        case .headers: return try readHeaders()
        case .body(let name, let fileName): return try readBody(name, fileName, &pieces)
        case .end:
            try ignore(bytes.count)
            return false
        }
        return true
    }

    private mutating func readHeaders() throws -> Bool {
        guard let place = find(Array("\r\n\r\n".utf8)) else {
            guard bytes.count <= Self.mostHeaderBytes else { throw WebError.tooLarge }
            return false
        }
        guard let text = String(validating: bytes[..<place], as: UTF8.self) else {
            throw WebError.badRequest
        }
        let disposition = text.split(whereSeparator: \.isNewline).first {
            $0.lowercased().hasPrefix("content-disposition:")
        }
        guard let disposition, let name = Self.parameter("name", of: disposition) else {
            throw WebError.badRequest
        }
        let fileName = Self.parameter("filename", of: disposition)
        drop(place + 4)
        state = .body(name: name, fileName: fileName)
        fieldBytes = []
        return true
    }

    private mutating func readBody(
        _ name: String, _ fileName: String?, _ pieces: inout [Piece]
    ) throws -> Bool {
        let place = find(delimiter)
        let length = place ?? max(0, bytes.count - delimiter.count + 1)
        if let fileName {
            if length > 0 {
                let part = Data(bytes[..<length])
                pieces.append(.file(name: name, fileName: fileName, bytes: part))
            }
        } else {
            fieldBytes += bytes[..<length]
            guard fieldBytes.count <= fieldLimit else { throw WebError.tooLarge }
        }
        guard let place else {
            drop(length)
            return false
        }
        if fileName == nil {
            guard let value = String(validating: fieldBytes, as: UTF8.self) else {
                throw WebError.badRequest
            }
            pieces.append(.field(name: name, value: value))
        }
        drop(place + delimiter.count)
        state = .delimiter
        return true
    }

    /// `name="file"`, as browsers write it: quotes within are `%22` there.
    private static func parameter(_ name: String, of header: Substring) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let word = part.drop { $0 == " " }
            guard word.lowercased().hasPrefix("\(name)=\"") else { continue }
            return String(word.dropFirst(name.count + 2).prefix { $0 != "\"" })
        }
        return nil
    }

    private mutating func drop(_ count: Int) { bytes.removeFirst(count) }

    /// Drops bytes that mean nothing; there may not be many.
    private mutating func ignore(_ count: Int) throws {
        guard count > 0 else { return }
        outside += count
        guard outside <= Self.mostHeaderBytes else { throw WebError.tooLarge }
        drop(count)
    }

    private func find(_ pattern: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            let first = pattern[0]
            while place + pattern.count <= bytes.count {
                if bytes[place] == first,
                    bytes[place..<place + pattern.count].elementsEqual(pattern)
                {
                    return place
                }
                place += 1
            }
            return nil
        }
    }
}
