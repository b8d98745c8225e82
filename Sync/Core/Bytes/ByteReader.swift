/// Reads canonical bytes strictly: anything that ``ByteWriter`` would not have written throws.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var offset: Int

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = ArraySlice(bytes)
        offset = self.bytes.startIndex
    }

    var isAtEnd: Bool { offset == bytes.endIndex }

    mutating func byte() throws(EncodingError) -> UInt8 {
        guard offset < bytes.endIndex else { throw .truncated }
        defer { offset += 1 }
        return bytes[offset]
    }

    mutating func raw(_ count: Int) throws(EncodingError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.endIndex - offset else { throw .truncated }
        defer { offset += count }
        return bytes[offset..<offset + count]
    }

    mutating func fixed() throws(EncodingError) -> UInt64 {
        try raw(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func varint() throws(EncodingError) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            let next = try byte()
            let bits = UInt64(next & 0x7F)
            guard shift < 63 || bits <= 1 else { throw .notCanonical }
            number |= bits << shift
            if next & 0x80 == 0 {
                guard next != 0 || shift == 0 else { throw .notCanonical }
                return number
            }
        }
        throw .notCanonical
    }

    mutating func text(limit: Int) throws(EncodingError) -> String {
        let length = try varint()
        guard length <= UInt64(limit) else { throw .tooLong }
        guard let text = String(validating: try raw(Int(length)), as: UTF8.self) else {
            throw .badText
        }
        return text
    }

    mutating func end() throws(EncodingError) {
        guard isAtEnd else { throw .notCanonical }
    }
}

/// Why bytes are no entry of ours.
public enum EncodingError: Error, Sendable, Equatable {
    /// They end too early.
    case truncated
    /// They could have been written shorter, in another order, or go on after the end.
    case notCanonical
    /// A length is over its limit.
    case tooLong
    /// A text is no valid UTF-8.
    case badText
    /// Their format is of a version this program does not know.
    case unknownFormat(UInt8)
}
