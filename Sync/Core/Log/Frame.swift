/// Runs of several logs, sent in one piece and taken in one transaction; at most
/// ``SyncLimits/frameBytes``.
///
///     magic       1 byte, "F"     format   1 byte, 1
///     flags       1 byte: 1 more frames follow
///     count       varint, at most 4096
///     runs        each log at most once; the log that admits a laptop before that laptop's
public struct Frame: Sendable, Equatable {
    /// The runs.
    public let runs: [Run]
    /// Whether the sender has more to send.
    public let hasMore: Bool

    static let magic = UInt8(ascii: "F")
    static let format: UInt8 = 1
    /// Bytes of a frame besides its runs, at most.
    static let fixedBytes = 5

    /// Puts runs together.
    public init(runs: [Run], hasMore: Bool) {
        self.runs = runs
        self.hasMore = hasMore
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 4096)
        write(to: &writer)
        return writer.bytes
    }

    /// Reads canonical bytes. What the entries say is not looked at; ``Run/verified()`` checks
    /// hashes and seals.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: [UInt8]) throws(EncodingError) {
        guard bytes.count <= SyncLimits.frameBytes else { throw .tooLong }
        self = try ByteReader.read(bytes) { (reader) throws(EncodingError) in
            try Frame(from: &reader, of: bytes)
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.byte(hasMore ? 1 : 0)
        writer.varint(runs.count)
        for run in runs { run.write(to: &writer) }
    }

    init(from reader: inout ByteReader, of bytes: [UInt8]) throws(EncodingError) {
        try reader.start(Self.magic, format: Self.format)
        let flags = try reader.byte()
        guard flags <= 1 else { throw .notCanonical }
        hasMore = flags == 1
        var runs: [Run] = []
        var seen: Set<Branch> = []
        var room = SyncLimits.entriesPerFrame
        for _ in 0..<(try reader.count(limit: SyncLimits.branches)) {
            let run = try Run(from: &reader, of: bytes, limit: room)
            guard seen.insert(run.branch).inserted else { throw .notCanonical }
            room -= run.entries.count
            runs.append(run)
        }
        self.runs = runs
    }
}

extension ByteReader {
    /// The two bytes with which every message starts.
    mutating func start(_ magic: UInt8, format: UInt8) throws(EncodingError) {
        guard try byte() == magic else { throw .notCanonical }
        let found = try byte()
        guard found == format else { throw .unknownFormat(found) }
    }
}
