/// What a field can hold in the log. `SyncCore` knows neither stages nor votes.
public enum Content: Sendable, Hashable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: writer.byte(0)
        case .flag(false): writer.byte(1)
        case .flag(true): writer.byte(2)
        case .integer(let number):
            writer.byte(3)
            writer.varint(UInt64(bitPattern: number << 1 ^ number >> 63))
        case .number(let number):
            writer.byte(4)
            writer.fixed(number.bitPattern)
        case .text(let text):
            writer.byte(5)
            writer.text(text)
        }
    }

    /// The canonical bytes of the value alone.
    public var bytes: [UInt8] {
        var writer = ByteWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Whether both have the same canonical bytes: two spellings of one letter differ, as they do
    /// in the digest.
    public func isIdentical(to other: Content) -> Bool { bytes == other.bytes }

    /// Byte order of the canonical bytes.
    func precedes(_ other: Content) -> Bool { bytes.lexicographicallyPrecedes(other.bytes) }

    /// Reads the canonical bytes of a value alone.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.read(bytes) { (reader) throws(EncodingError) in
            try Content(from: &reader)
        }
    }

    init(from reader: inout ByteReader) throws(EncodingError) {
        switch try reader.byte() {
        case 0: self = .null
        case 1: self = .flag(false)
        case 2: self = .flag(true)
        case 3:
            let zigzag = try reader.varint()
            self = .integer(Int64(bitPattern: zigzag >> 1) ^ -Int64(bitPattern: zigzag & 1))
        case 4:
            let number = Double(bitPattern: try reader.fixed())
            guard number.isFinite else { throw .notCanonical }
            self = .number(number)
        case 5: self = .text(try reader.text(limit: SyncLimits.textBytes))
        case let tag: throw .unknownFormat(tag)
        }
    }
}
