import Foundation
import Participation

/// Reads a file line by line in bounded memory; a line over the limit is named, not loaded.
struct LineReader {
    /// A line without its end, or the word that it was too long.
    enum Line {
        case text(ArraySlice<UInt8>)
        case tooLong
    }

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Bytes of the file that were used up.
    private(set) var offset = 0

    init(_ file: URL) throws { handle = try FileHandle(forReadingFrom: file) }

    mutating func next() throws -> Line? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                return take(to: end, skipping: 1)
            }
            searched = buffer.endIndex
            if isAtEnd { return start < buffer.endIndex ? take(to: buffer.endIndex) : nil }
            if buffer.endIndex - start > Limits.importLineBytes { return try skipLine() }
            try fill(&searched)
        }
    }

    private mutating func take(to end: Int, skipping skipped: Int = 0) -> Line {
        var line = buffer[start..<end]
        offset += end - start + skipped
        start = end + skipped
        guard line.count <= Limits.importLineBytes else { return .tooLong }
        if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
        return .text(line)
    }

    private mutating func skipLine() throws -> Line {
        repeat {
            offset += buffer.endIndex - start
            start = buffer.endIndex
            var searched = start
            try fill(&searched)
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                offset += end - start + 1
                start = end + 1
                return .tooLong
            }
        } while !isAtEnd
        offset += buffer.endIndex - start
        start = buffer.endIndex
        return .tooLong
    }

    private mutating func fill(_ searched: inout Int) throws {
        if start > 0 {
            buffer.removeSubrange(..<start)
            searched -= start
            start = 0
        }
        let more = try handle.read(upToCount: 1 << 18) ?? Data()
        isAtEnd = more.isEmpty
        buffer += more
    }
}
