/// A piece of the stream that the chunks of a bundle hold.
///
///     kind        1 byte
///     length      4 bytes
///     content     so many bytes
///
/// In this order: one `M`, the frames `F`, the photos `O`, one `E`, zeros to the end of the chunk.
public enum BundlePiece: Sendable, Equatable {
    /// `M`: what the bundle says about itself.
    case manifest(BundleManifest)
    /// `F`: a frame; the last of them has no more to come.
    case frame(Frame)
    /// `O`: a photo.
    case photo(BundlePhoto)
    /// `E`: the end.
    case end

    enum Kind: UInt8 {
        case manifest = 0x4D
        case frame = 0x46
        case photo = 0x4F
        case end = 0x45

        /// Bytes of the content, at most.
        var limit: Int {
            switch self {
            case .manifest: BundleLimits.manifestBytes
            case .frame: SyncLimits.frameBytes
            case .photo: Bytes32.count + BundleLimits.photoBytes
            case .end: 0
            }
        }
    }

    /// Bytes before the content.
    static let overhead = 5

    private var kind: Kind {
        switch self {
        case .manifest: .manifest
        case .frame: .frame
        case .photo: .photo
        case .end: .end
        }
    }

    private var content: [UInt8] {
        switch self {
        case .manifest(let manifest): manifest.bytes
        case .frame(let frame): frame.bytes
        case .photo(let photo): photo.hash.bytes + photo.bytes
        case .end: []
        }
    }

    /// The canonical bytes.
    /// - Throws: ``EncodingError/tooLong`` for what no reader would take.
    public func encoded() throws(EncodingError) -> [UInt8] {
        let content = content
        guard content.count <= kind.limit else { throw .tooLong }
        var writer = ByteWriter(capacity: Self.overhead + content.count)
        writer.byte(kind.rawValue)
        for shift in [24, 16, 8, 0] {
            writer.byte(UInt8(truncatingIfNeeded: content.count >> shift))
        }
        writer.raw(content)
        return writer.bytes
    }

    init(_ kind: Kind, _ content: [UInt8]) throws(EncodingError) {
        switch kind {
        case .manifest: self = .manifest(try BundleManifest(bytes: content))
        case .frame: self = .frame(try Frame(bytes: content))
        case .photo: self = .photo(try BundlePhoto(content: content))
        case .end: self = .end
        }
    }
}

/// A photo in a bundle, known by the hash of its bytes.
public struct BundlePhoto: Sendable, Hashable {
    /// The SHA-256 of the bytes, as its author says.
    public let hash: Hash
    /// The file: JPEG, PNG or WebP.
    public let bytes: [UInt8]

    /// Takes a photo.
    public init(bytes: [UInt8]) {
        hash = Hash(of: bytes)
        self.bytes = bytes
    }

    /// Whether the bytes are those that the hash names.
    public var isIntact: Bool { Hash(of: bytes) == hash }

    init(content: [UInt8]) throws(EncodingError) {
        guard let hash = Hash(bytes: content.prefix(Bytes32.count)) else { throw .truncated }
        self.hash = hash
        bytes = Array(content.dropFirst(Bytes32.count))
    }
}
