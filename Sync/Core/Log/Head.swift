/// A place in a log: how many entries there are up to it, and the hash of the last of them.
public struct Head: Sendable, Hashable {
    /// The place of the entry, from 1; 0 before the first.
    public let sequence: UInt64
    /// The hash of its header; ``Hash/zero`` before the first.
    public let hash: Hash

    /// Before the first entry.
    public static let none = Head(sequence: 0, hash: .zero)
    /// The last place a log can have: what an SQLite integer holds.
    public static let latest = UInt64(Int64.max)

    /// Names a place.
    public init(sequence: UInt64, hash: Hash) {
        self.sequence = sequence
        self.hash = hash
    }
}

/// Up to where a laptop holds each log: the version vector (Parker et al., "Detection of mutual
/// inconsistency in distributed systems", 1983), with hashes that make forks show.
///
///     count       varint, at most 4096
///     heads       each device 16 bytes, epoch 8 bytes, seq 8 bytes from 1, hash 32 bytes;
///                 ascending by device and epoch
public struct Heads: Sendable, Hashable {
    private var places: [Branch: Head]

    /// Puts heads together; a log without entries is left out.
    public init(_ places: [Branch: Head] = [:]) {
        self.places = places.filter { $0.value.sequence > 0 }
    }

    /// The head of a log; ``Head/none`` where nothing of it is held. Setting that forgets it.
    public subscript(branch: Branch) -> Head {
        get { places[branch] ?? .none }
        set { places[branch] = newValue.sequence == 0 ? nil : newValue }
    }

    /// The logs, ascending.
    public var branches: [Branch] { places.keys.sorted() }
    /// How many logs there are.
    public var count: Int { places.count }

    /// How many entries there are in `other` beyond these heads.
    public func entriesMissing(of other: Heads) -> UInt64 {
        other.places.reduce(0) { sum, place in
            let have = self[place.key].sequence
            guard place.value.sequence > have else { return sum }
            return sum.addingReportingOverflow(place.value.sequence - have).partialValue
        }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 3 + 64 * places.count)
        write(to: &writer)
        return writer.bytes
    }

    /// The SHA-256 of the canonical bytes: two laptops of the same heads hold the same entries.
    public var hash: Hash { Hash(of: bytes) }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= SyncLimits.headsBytes else { throw .tooLong }
        self = try ByteReader.read(bytes) { (reader) throws(EncodingError) in
            try Heads(from: &reader)
        }
    }

    func write(to writer: inout ByteWriter) {
        writer.varint(places.count)
        for (branch, head) in places.sorted(by: { $0.key < $1.key }) {
            writer.branch(branch)
            writer.fixed(head.sequence)
            writer.raw(head.hash.words)
        }
    }

    init(from reader: inout ByteReader) throws(EncodingError) {
        let count = try reader.count(limit: SyncLimits.branches)
        places = [:]
        var last: Branch?
        for _ in 0..<count {
            let branch = try reader.branch()
            if let last, last >= branch { throw .notCanonical }
            last = branch
            let sequence = try reader.fixed()
            guard sequence > 0 else { throw .notCanonical }
            guard sequence <= Head.latest else { throw .tooLong }
            places[branch] = Head(sequence: sequence, hash: try reader.hash())
        }
    }
}
