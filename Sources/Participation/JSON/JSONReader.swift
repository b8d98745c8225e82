/// Reads one JSON text strictly (RFC 8259): no comments, no doubled names, no lone surrogates,
/// valid UTF-8, a bound on nesting. Works on bytes, allocates only what it returns.
public struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var depth = 0

    /// Reads the whole text as one value.
    /// - Throws: ``JSONError`` with the byte where reading stopped.
    public static func read(_ bytes: some Sequence<UInt8>) throws -> JSON {
        let whole = ContiguousArray(bytes)
        return try whole.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(bytes: buffer)
            let value = try reader.value()
            reader.skipSpace()
            guard reader.offset == buffer.count else { throw reader.error(.trailing) }
            return value
        }
    }

    private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func value() throws -> JSON {
        skipSpace()
        guard let next = peek else { throw error(.unexpectedEnd) }
        switch next {
        case UInt8(ascii: "{"): return try nested { try $0.object() }
        case UInt8(ascii: "["): return try nested { try $0.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func nested(_ read: (inout Self) throws -> JSON) throws -> JSON {
        depth += 1
        guard depth <= Limits.jsonDepth else { throw error(.tooDeep) }
        offset += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func object() throws -> JSON {
        var members: [JSON.Member] = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let start = offset
            guard peek == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try string()
            guard !members.contains(where: { $0.name == name }) else {
                throw JSONError(offset: start, reason: .duplicateName)
            }
            skipSpace()
            guard take(":") else { throw unexpected() }
            members.append(.init(name, try value()))
            skipSpace()
        } while take(",")
        guard take("}") else { throw unexpected() }
        return .object(members)
    }

    private mutating func array() throws -> JSON {
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(",")
        guard take("]") else { throw unexpected() }
        return .array(elements)
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
        let length = word.utf8CodeUnitCount
        for index in 0..<length {
            guard offset < bytes.count else { throw error(.unexpectedEnd) }
            guard bytes[offset] == word.utf8Start[index] else { throw error(.unexpectedByte) }
            offset += 1
        }
        return value
    }

    private mutating func number() throws -> JSON {
        let start = offset
        _ = take("-")
        if !take("0") { try digits() }
        var isWhole = true
        if take(".") {
            isWhole = false
            try digits()
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            try digits()
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let number = Double(text), number.isFinite else {
            throw JSONError(offset: start, reason: .badNumber)
        }
        return .number(number)
    }

    private mutating func digits() throws {
        let start = offset
        while let byte = peek, (0x30...0x39).contains(byte) { offset += 1 }
        guard offset > start else { throw error(.badNumber) }
    }

    private mutating func string() throws -> String {
        offset += 1
        let start = offset
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw error(.unexpectedByte) }
            offset += 1
        }
        guard peek != nil else { throw error(.unexpectedEnd) }
        var text = try checked(bytes[start..<offset], at: start)
        while !take("\"") {
            text += try escapeOrRun()
        }
        return text
    }

    private mutating func escapeOrRun() throws -> String {
        if take("\\") { return String(try escape()) }
        let start = offset
        while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
            guard byte >= 0x20 else { throw error(.unexpectedByte) }
            offset += 1
        }
        guard peek != nil else { throw error(.unexpectedEnd) }
        return try checked(bytes[start..<offset], at: start)
    }

    private mutating func escape() throws -> Unicode.Scalar {
        guard let byte = peek else { throw error(.unexpectedEnd) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return .init(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw error(.badEscape)
        }
    }

    /// `\uXXXX`, or the two of them that make one scalar beyond the basic plane.
    private mutating func unicode() throws -> Unicode.Scalar {
        let high = try fourDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard (0xD800...0xDBFF).contains(high), take("\\"), take("u") else {
            throw error(.badEscape)
        }
        let low = try fourDigits()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw error(.badEscape) }
        return scalar
    }

    private mutating func fourDigits() throws -> UInt32 {
        guard offset + 4 <= bytes.count else { throw error(.unexpectedEnd) }
        var number: UInt32 = 0
        for byte in bytes[offset..<offset + 4] {
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: number = number << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: number = number << 4 | UInt32(byte - 0x61 + 10)
            default: throw error(.badEscape)
            }
        }
        offset += 4
        return number
    }

    private func checked(_ run: Slice<UnsafeBufferPointer<UInt8>>, at start: Int) throws -> String {
        guard let text = String(validating: run, as: UTF8.self) else {
            throw JSONError(offset: start, reason: .badUTF8)
        }
        return text
    }

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            offset += 1
        }
    }

    private func unexpected() -> JSONError {
        error(peek == nil ? .unexpectedEnd : .unexpectedByte)
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: min(offset, bytes.count), reason: reason)
    }
}
