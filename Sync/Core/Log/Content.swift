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

/// Bounds on everything that comes from another laptop.
public enum SyncLimits {
    /// Bytes of one text in a field.
    public static let textBytes = 524_288
    /// Bytes of an entity's, field's or record's name.
    public static let nameBytes = 64
    /// Fields in one entry.
    public static let fieldsPerEntry = 256
    /// Bytes of one entry's payload.
    public static let payloadBytes = 1_048_576
    /// Entries that one signature may seal.
    public static let entriesPerSeal = 1000
}
