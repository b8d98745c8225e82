/// Puts the pieces together again as chunk after chunk is decrypted, and holds no more of them
/// than one piece. It also keeps their order.
public struct BundlePieceReader: Sendable {
    private enum Stage {
        case manifest
        case frames(isMoreToCome: Bool)
        case photos
        case ended
    }

    private var stage = Stage.manifest
    private var buffer: [UInt8] = []
    /// How much of the buffer was read.
    private var offset = 0
    private var isBeyondEnd = false

    /// Begins before the first chunk.
    public init() {}

    /// Takes the next chunk. Before it, ``next()`` must have answered nil.
    public mutating func append(_ chunk: [UInt8]) {
        if case .ended = stage { isBeyondEnd = true }
        buffer.removeFirst(offset)
        offset = 0
        buffer += chunk
    }

    /// The next whole piece; nil where another chunk is needed, and after the end.
    /// - Throws: ``EncodingError`` for a piece that is none, or out of order.
    public mutating func next() throws(EncodingError) -> BundlePiece? {
        if case .ended = stage { return nil }
        guard buffer.count - offset >= BundlePiece.overhead else { return nil }
        guard let kind = BundlePiece.Kind(rawValue: buffer[offset]) else { throw .notCanonical }
        let length = buffer[offset + 1..<offset + BundlePiece.overhead].reduce(0) {
            $0 << 8 | Int($1)
        }
        guard length <= kind.limit else { throw .tooLong }
        let start = offset + BundlePiece.overhead
        guard buffer.count - start >= length else { return nil }
        let piece = try BundlePiece(kind, Array(buffer[start..<start + length]))
        offset = start + length
        stage = try stage(after: piece)
        return piece
    }

    /// Checks after the last chunk that the end was there and that only zeros follow.
    /// - Throws: ``EncodingError/truncated``, ``EncodingError/notCanonical``.
    public func finish() throws(EncodingError) {
        guard case .ended = stage else { throw .truncated }
        guard !isBeyondEnd, buffer[offset...].allSatisfy({ $0 == 0 }) else {
            throw .notCanonical
        }
    }

    private func stage(after piece: BundlePiece) throws(EncodingError) -> Stage {
        switch (stage, piece) {
        case (.manifest, .manifest): return .frames(isMoreToCome: false)
        case (.frames, .frame(let frame)) where !frame.runs.isEmpty:
            return frame.hasMore ? .frames(isMoreToCome: true) : .photos
        case (.frames(isMoreToCome: false), .photo), (.photos, .photo): return .photos
        case (.frames(isMoreToCome: false), .end), (.photos, .end): return .ended
        default: throw .notCanonical
        }
    }
}
