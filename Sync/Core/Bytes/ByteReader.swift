/// Reads canonical bytes strictly and without copying them: anything that ``ByteWriter`` would
/// not have written throws. It looks into the caller's bytes, so it lives within ``read(_:_:)``.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    /// The place of the next byte.
    private(set) var offset = 0

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// Reads all bytes as one value; what is left over throws.
    static func read<Value>(
        _ bytes: some Collection<UInt8>,
        _ body: (inout ByteReader) throws(EncodingError) -> Value
    ) throws(EncodingError) -> Value {
        let found = bytes.withContiguousStorageIfAvailable {
            run(UnsafeRawBufferPointer($0), body)
        }
        if let found { return try found.get() }
        return try Array(bytes).withUnsafeBytes { run($0, body) }.get()
    }

    private static func run<Value>(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (inout ByteReader) throws(EncodingError) -> Value
    ) -> Result<Value, EncodingError> {
        var reader = ByteReader(bytes)
        do throws(EncodingError) {
            let value = try body(&reader)
            guard reader.isAtEnd else { throw EncodingError.notCanonical }
            return .success(value)
        } catch {
            return .failure(error)
        }
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func byte() throws(EncodingError) -> UInt8 {
        guard offset < bytes.count else { throw .truncated }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// The next bytes, to be looked at within ``read(_:_:)`` only.
    mutating func raw(_ count: Int) throws(EncodingError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - offset else { throw .truncated }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// The next bytes as an array.
    mutating func array(_ count: Int) throws(EncodingError) -> [UInt8] { Array(try raw(count)) }

    mutating func fixed() throws(EncodingError) -> UInt64 { try raw(8).bigEndianWord(at: 0) }

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

    /// A varint that may not be over a limit.
    mutating func count(limit: Int) throws(EncodingError) -> Int {
        let count = try varint()
        guard count <= UInt64(limit) else { throw .tooLong }
        return Int(count)
    }

    /// The bytes of a text, not yet looked at.
    mutating func sized(limit: Int) throws(EncodingError) -> UnsafeRawBufferPointer {
        try raw(try count(limit: limit))
    }

    mutating func text(limit: Int) throws(EncodingError) -> String {
        try Self.text(try sized(limit: limit))
    }

    static func text(_ bytes: UnsafeRawBufferPointer) throws(EncodingError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .badText }
        return text
    }

    mutating func bytes32() throws(EncodingError) -> Bytes32 {
        Bytes32(try raw(Bytes32.count))
    }

    mutating func hash() throws(EncodingError) -> Hash { Hash(words: try bytes32()) }

    mutating func key() throws(EncodingError) -> RawKey { RawKey(words: try bytes32()) }

    mutating func device() throws(EncodingError) -> DeviceID {
        DeviceID(high: try fixed(), low: try fixed())
    }

    mutating func branch() throws(EncodingError) -> Branch {
        Branch(device: try device(), epoch: try fixed())
    }

    mutating func version() throws(EncodingError) -> Version {
        Version(stamp: Stamp(bits: try fixed()), branch: try branch())
    }
}
