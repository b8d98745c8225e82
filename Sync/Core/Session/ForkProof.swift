import Crypto

/// Proof that two copies of one laptop wrote under the same epoch: two different entries for one
/// place, both sealed by the laptop's key. Anyone can check it.
///
/// A seal stands only at the end of a commit or batch, so each side is the chain of headers from
/// the place in question to the next seal. In the shortest case that is one sealed header.
///
///     magic       1 byte, "K"     format   1 byte, 1
///     key         32 bytes, the laptop's Ed25519 key
///     sides       two, the one whose first header has the smaller hash first; each:
///       count     varint, 1...1000
///       headers   each varint length and the bytes of the header
///       seal      64 bytes, over the last header
public struct ForkProof: Sendable, Hashable {
    /// The log that forked.
    public let branch: Branch
    /// The first place of which two entries are shown.
    public let sequence: UInt64
    /// The laptop's key.
    public let key: RawKey
    /// The two sides.
    public let sides: [Side]

    /// A chain of headers, from the place in question to a sealed one.
    public struct Side: Sendable, Hashable {
        /// The bytes of the headers.
        public let headers: [[UInt8]]
        /// The seal of the last.
        public let signature: [UInt8]
    }

    static let magic = UInt8(ascii: "K")
    static let format: UInt8 = 1

    /// The hashes of the two entries.
    public var hashes: [Hash] { sides.compactMap { $0.headers.first.map { Hash(of: $0) } } }

    /// Makes a proof of two pieces of one log that begin at the same place and differ; nil where
    /// they do not, or where no seal follows.
    public init?(_ one: [LogEntry], _ other: [LogEntry], key: RawKey) {
        let pairs = zip(one, other)
        guard let place = pairs.enumerated().first(where: { $1.0.header != $1.1.header })?.offset,
            let left = Self.side(one[place...]), let right = Self.side(other[place...])
        else { return nil }
        self.init(key: key, sides: [left, right])
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 512)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.raw(key.words)
        for side in sides {
            writer.varint(side.headers.count)
            for header in side.headers { writer.sized(header) }
            writer.raw(side.signature)
        }
        return writer.bytes
    }

    /// Reads a proof and checks it.
    /// - Throws: ``EncodingError/notCanonical`` also for what proves nothing.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.frameBytes else { throw .tooLong }
        let (key, sides) = try ByteReader.read(bytes, Self.read)
        guard let proof = ForkProof(key: key, sides: sides), proof.sides == sides else {
            throw .notCanonical
        }
        self = proof
    }

    private init?(key: RawKey, sides: [Side]) {
        guard sides.count == 2, let left = Self.check(sides[0], key),
            let right = Self.check(sides[1], key), left.branch == right.branch,
            left.sequence == right.sequence, left.hash != right.hash
        else { return nil }
        self.key = key
        branch = left.branch
        sequence = left.sequence
        self.sides = left.hash < right.hash ? sides : sides.reversed()
    }

    private static func side(_ entries: ArraySlice<LogEntry>) -> Side? {
        guard let end = entries.firstIndex(where: { $0.signature != nil }),
            let signature = entries[end].signature
        else { return nil }
        return Side(headers: entries[...end].map(\.header.bytes), signature: signature)
    }

    /// Checks one side and names its first entry.
    private static func check(
        _ side: Side, _ key: RawKey
    ) -> (branch: Branch, sequence: UInt64, hash: Hash)? {
        guard let bytes = side.headers.first, let first = try? EntryHeader(bytes: bytes),
            side.headers.count <= SyncLimits.entriesPerSeal, first.sequence > 0,
            DeviceID(key) == first.branch.device,
            let signer = try? Curve25519.Signing.PublicKey(rawRepresentation: key.bytes)
        else { return nil }
        let start = Head(sequence: first.sequence - 1, hash: first.previous)
        var chain = ChainCheck(branch: first.branch, key: signer, after: start)
        for (index, header) in side.headers.enumerated() {
            let isLast = index == side.headers.count - 1
            let signature = isLast ? side.signature : nil
            guard (try? chain.take(header: header, payload: nil, signature: signature)) != nil
            else { return nil }
        }
        return (first.branch, first.sequence, Hash(of: bytes))
    }

    private static func read(
        _ reader: inout ByteReader
    ) throws(EncodingError) -> (RawKey, [Side]) {
        try reader.start(magic, format: format)
        let key = try reader.key()
        var sides: [Side] = []
        for _ in 0..<2 {
            var headers: [[UInt8]] = []
            for _ in 0..<(try reader.count(limit: SyncLimits.entriesPerSeal)) {
                headers.append(Array(try reader.sized(limit: SyncLimits.headerBytes)))
            }
            sides.append(Side(headers: headers, signature: try reader.array(Seal.byteCount)))
        }
        return (key, sides)
    }
}
