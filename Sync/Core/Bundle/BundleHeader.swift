/// What stands before the chunks in each file of a bundle, readable by anyone who finds it.
///
///     magic       8 bytes: 41 53 48 41 52 0D 0A 1A
///     format      1 byte, 1
///     community   32 bytes        bundle   16 random bytes
///     creator     32 bytes, the log key of the laptop that writes it
///     part        2 bytes, from 1
///     wraps       varint count, from 1 to 4096, then the wraps, ascending by device
public struct BundleHeader: Sendable, Hashable {
    /// Whose community.
    public let community: CommunityID
    /// Which bundle: the same in all its parts.
    public let bundle: Nonce
    /// The log key of the laptop that wrote it.
    public let creator: RawKey
    /// Which of its files, from 1.
    public let part: Int
    /// For whom, ascending by device.
    public let wraps: [BundleWrap]

    /// The line end and the end-of-file sign show when a program took it for text.
    private static let magic: [UInt8] = [0x41, 0x53, 0x48, 0x41, 0x52, 0x0D, 0x0A, 0x1A]
    private static let format: UInt8 = 1
    /// Bytes before the count of the wraps.
    static let fixedBytes = 91
    /// With so many bytes ``byteCount(beginning:)`` knows the length of a header.
    public static let beginningBytes = fixedBytes + 2

    /// Puts a header together. Of several wraps for one laptop the first is kept.
    /// Nil where there is no wrap or there are too many, or where no part has that number.
    public init?(
        community: CommunityID, bundle: Nonce, creator: RawKey, part: Int, wraps: [BundleWrap]
    ) {
        let byDevice = Dictionary(wraps.map { ($0.device, $0) }) { first, _ in first }
        guard (1...BundleLimits.wraps).contains(byDevice.count),
            (1...BundleLimits.parts).contains(part)
        else { return nil }
        self.community = community
        self.bundle = bundle
        self.creator = creator
        self.part = part
        self.wraps = byDevice.values.sorted { $0.device < $1.device }
    }

    /// The same header in another part of the bundle; nil where no part has that number.
    public func header(part: Int) -> BundleHeader? {
        BundleHeader(
            community: community, bundle: bundle, creator: creator, part: part, wraps: wraps)
    }

    /// The laptop that wrote it.
    public var device: DeviceID { DeviceID(creator) }

    /// The wrap for a laptop; nil where the bundle is not for it.
    public func wrap(for device: DeviceID) -> BundleWrap? {
        wraps.first { $0.device == device }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(
            capacity: Self.beginningBytes + BundleWrap.byteCount * wraps.count)
        writer.raw(Self.magic)
        writer.byte(Self.format)
        writer.raw(community.founding.words)
        writer.raw(bundle.bytes)
        writer.raw(creator.words)
        writer.byte(UInt8(truncatingIfNeeded: part >> 8))
        writer.byte(UInt8(truncatingIfNeeded: part))
        writer.varint(wraps.count)
        for wrap in wraps { wrap.write(to: &writer) }
        return writer.bytes
    }

    /// What the tag of each chunk and the seal cover.
    public var hash: Hash { Hash(of: bytes) }

    /// What the creator signs at the end of a part.
    public static func sealed(header: Hash, chunks: Hash) -> [UInt8] {
        Array("ashar/bundle/1".utf8) + header.bytes + chunks.bytes
    }
}

extension BundleHeader {
    /// Whether a file that begins so is a bundle of any version.
    public static func isBundle(beginning: some Collection<UInt8>) -> Bool {
        beginning.prefix(magic.count).elementsEqual(magic)
    }

    /// How long the header is of which these bytes are the beginning, at least
    /// ``beginningBytes`` of them.
    /// - Throws: ``EncodingError`` where it is none; ``EncodingError/unknownFormat(_:)`` for
    ///   that of a newer program.
    public static func byteCount(
        beginning: some Collection<UInt8>
    ) throws(EncodingError) -> Int {
        try ByteReader.read(beginning.prefix(beginningBytes)) { (reader) throws(EncodingError) in
            try start(&reader)
            _ = try reader.raw(fixedBytes - magic.count - 1)
            let count = try reader.count(limit: BundleLimits.wraps)
            let total = reader.offset + count * BundleWrap.byteCount
            _ = try reader.raw(beginningBytes - reader.offset)
            return total
        }
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= BundleLimits.headerBytes else { throw .tooLong }
        self = try ByteReader.read(bytes, Self.read)
    }

    private static func start(_ reader: inout ByteReader) throws(EncodingError) {
        guard try reader.raw(magic.count).elementsEqual(magic) else { throw .notCanonical }
        let found = try reader.byte()
        guard found == format else { throw .unknownFormat(found) }
    }

    private static func read(_ reader: inout ByteReader) throws(EncodingError) -> BundleHeader {
        try start(&reader)
        let community = CommunityID(founding: try reader.hash())
        let bundle = try Nonce(from: &reader)
        let creator = try reader.key()
        let part = Int(try reader.byte()) << 8 | Int(try reader.byte())
        var wraps: [BundleWrap] = []
        for _ in 0..<(try reader.count(limit: BundleLimits.wraps)) {
            let wrap = try BundleWrap(from: &reader)
            if let last = wraps.last, last.device >= wrap.device { throw .notCanonical }
            wraps.append(wrap)
        }
        let header = BundleHeader(
            community: community, bundle: bundle, creator: creator, part: part, wraps: wraps)
        guard let header else { throw .notCanonical }
        return header
    }
}
