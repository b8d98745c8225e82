/// Asks for what one lacks.
///
///     magic       1 byte, "P"     format   1 byte, 1
///     flags       1 byte: 1 the answer shall begin with the other's heads
///     heads       a list of heads: what one holds
///     skipped     varint count, at most 4096, then branches: device 16 bytes, epoch 8 bytes;
///                 ascending: logs not to be sent, because they were refused
public struct PullRequest: Sendable, Hashable {
    /// What the asking laptop holds.
    public let heads: Heads
    /// Logs it does not take, ascending.
    public let skipped: [Branch]
    /// Whether it wants to know what the other holds.
    public let wantsHeads: Bool

    static let magic = UInt8(ascii: "P")
    static let format: UInt8 = 1

    /// Makes a request.
    public init(heads: Heads, skipping skipped: Set<Branch> = [], wantsHeads: Bool) {
        self.heads = heads
        self.skipped = skipped.sorted().suffix(SyncLimits.branches)
        self.wantsHeads = wantsHeads
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16 + 64 * heads.count + 24 * skipped.count)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.byte(wantsHeads ? 1 : 0)
        heads.write(to: &writer)
        writer.varint(skipped.count)
        for branch in skipped { writer.branch(branch) }
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.listsBytes else { throw .tooLong }
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> PullRequest {
        try reader.start(magic, format: format)
        let flags = try reader.byte()
        guard flags <= 1 else { throw .notCanonical }
        let heads = try Heads(from: &reader)
        var skipped: Set<Branch> = []
        var last: Branch?
        for _ in 0..<(try reader.count(limit: SyncLimits.branches)) {
            let branch = try reader.branch()
            if let last, last >= branch { throw .notCanonical }
            last = branch
            skipped.insert(branch)
        }
        return PullRequest(heads: heads, skipping: skipped, wantsHeads: flags == 1)
    }
}

/// Gives what the asking laptop lacks, as far as it fits into one frame.
///
///     magic       1 byte, "A"     format   1 byte, 1
///     flags       1 byte: 1 heads follow
///     heads       a list of heads, if flagged: what the answering laptop holds
///     frame       a frame
public struct PullAnswer: Sendable, Equatable {
    /// What the answering laptop holds, where that was asked.
    public let heads: Heads?
    /// What the other lacks; without runs where it lacks nothing.
    public let frame: Frame

    static let magic = UInt8(ascii: "A")
    static let format: UInt8 = 1

    /// Makes an answer.
    public init(heads: Heads?, frame: Frame) {
        self.heads = heads
        self.frame = frame
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 4096)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.byte(heads == nil ? 0 : 1)
        heads?.write(to: &writer)
        frame.write(to: &writer)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: [UInt8]) throws(EncodingError) {
        guard bytes.count <= SyncLimits.answerBytes else { throw .tooLong }
        self = try ByteReader.read(bytes) { (reader) throws(EncodingError) in
            try reader.start(Self.magic, format: Self.format)
            let flags = try reader.byte()
            guard flags <= 1 else { throw EncodingError.notCanonical }
            let heads = flags == 1 ? try Heads(from: &reader) : nil
            let start = reader.offset
            let frame = try Frame(from: &reader, of: bytes)
            guard reader.offset - start <= SyncLimits.frameBytes else {
                throw EncodingError.tooLong
            }
            return PullAnswer(heads: heads, frame: frame)
        }
    }
}
