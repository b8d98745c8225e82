/// What became of a frame that was pushed. The request of a push is the frame itself.
///
///     magic       1 byte, "B"     format   1 byte, 1
///     heads       a list of heads: what the answering laptop holds now
///     refused     varint count, at most 4096, then each: device 16 bytes, epoch 8 bytes, code
///                 1 byte, place 8 bytes; ascending by device and epoch
public struct PushAnswer: Sendable, Equatable {
    /// What the answering laptop holds now.
    public let heads: Heads
    /// What it did not take, ascending by log, each log once.
    public let refused: [RefusedRun]

    static let magic = UInt8(ascii: "B")
    static let format: UInt8 = 1

    /// Makes an answer; of several refusals of one log the first is told.
    public init(heads: Heads, refused: [RefusedRun]) {
        self.heads = heads
        let byBranch = Dictionary(refused.map { ($0.branch, $0) }) { first, _ in first }
        self.refused = byBranch.values.sorted { $0.branch < $1.branch }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16 + 64 * heads.count + 33 * refused.count)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        heads.write(to: &writer)
        writer.varint(refused.count)
        for run in refused {
            writer.branch(run.branch)
            run.reason.write(to: &writer)
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.listsBytes else { throw .tooLong }
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> PushAnswer {
        try reader.start(magic, format: format)
        let heads = try Heads(from: &reader)
        var refused: [RefusedRun] = []
        for _ in 0..<(try reader.count(limit: SyncLimits.branches)) {
            let branch = try reader.branch()
            if let last = refused.last, last.branch >= branch { throw .notCanonical }
            refused.append(
                RefusedRun(branch: branch, reason: try RefusedRun.Reason(from: &reader)))
        }
        return PushAnswer(heads: heads, refused: refused)
    }
}
