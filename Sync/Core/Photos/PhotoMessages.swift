/// Photos go after the records, by the hash that an attachment names them by, in pieces: each side
/// asks for what it lacks, and is given what the other sees it lack. Whoever holds part of one says
/// where the next piece begins, so that nothing is sent twice.
public enum PhotoLimits {
    /// Bytes of one piece.
    public static let pieceBytes = 262_144
    /// Photos in one list of what is lacking.
    public static let lacking = 1000
    /// Bytes of a list of what is lacking.
    public static let lackingBytes = 8 + lacking * 40
    /// Bytes of a message with a piece.
    public static let messageBytes = 64 + pieceBytes
}

/// A photo that a laptop's records name and that it has not whole.
public struct LackingPhoto: Sendable, Hashable {
    /// The SHA-256 of its bytes.
    public let photo: Hash
    /// How many of its first bytes have arrived.
    public let held: Int

    /// Names a photo.
    public init(photo: Hash, held: Int) { (self.photo, self.held) = (photo, held) }
}

/// What a laptop lacks; the answer to a request without a body.
///
///     magic       1 byte, "K"     format   1 byte, 1
///     photos      varint count, at most 1000, then each: hash 32 bytes, varint bytes held, at
///                 most 8 MiB; those wanted first before
public struct PhotosLacking: Sendable, Equatable {
    /// Those wanted first before.
    public let photos: [LackingPhoto]

    static let magic = UInt8(ascii: "K")
    static let format: UInt8 = 1

    /// Takes as many as a message holds.
    public init(_ photos: some Sequence<LackingPhoto>) {
        self.photos = Array(photos.prefix(PhotoLimits.lacking))
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 8 + 40 * photos.count)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.varint(photos.count)
        for one in photos {
            writer.raw(one.photo.words)
            writer.varint(one.held)
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= PhotoLimits.lackingBytes else { throw .tooLong }
        photos = try ByteReader.read(bytes) { reader throws(EncodingError) in
            try reader.start(Self.magic, format: Self.format)
            var photos: [LackingPhoto] = []
            for _ in 0..<(try reader.count(limit: PhotoLimits.lacking)) {
                let photo = try reader.hash()
                let held = try reader.count(limit: BundleLimits.photoBytes)
                photos.append(LackingPhoto(photo: photo, held: held))
            }
            return photos
        }
    }
}

/// Asks for the piece of a photo that begins at a place.
///
///     magic       1 byte, "G"     format   1 byte, 1
///     photo       32 bytes        place    varint, at most 8 MiB
public struct PhotoRequest: Sendable, Hashable {
    /// The SHA-256 of its bytes.
    public let photo: Hash
    /// Where the piece begins.
    public let place: Int

    static let magic = UInt8(ascii: "G")
    static let format: UInt8 = 1

    /// Asks for a piece.
    public init(photo: Hash, place: Int) { (self.photo, self.place) = (photo, place) }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 48)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.raw(photo.words)
        writer.varint(place)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.read(bytes) { reader throws(EncodingError) in
            try reader.start(Self.magic, format: Self.format)
            return PhotoRequest(
                photo: try reader.hash(),
                place: try reader.count(limit: BundleLimits.photoBytes))
        }
    }
}

/// A piece of a photo: the answer to a ``PhotoRequest``, or what is given unasked.
///
///     magic       1 byte, "O"     format   1 byte, 1
///     photo       32 bytes        total    varint bytes of the whole, at most 8 MiB; 0 where it is
///                                          not here, and then there is nothing else
///     place       varint, less than total
///     piece       varint length, from 1 to 262,144, not beyond the total; then so many bytes
public struct PhotoPiece: Sendable, Equatable {
    /// The SHA-256 of the whole photo.
    public let photo: Hash
    /// The bytes of the whole photo; 0 where it is not here.
    public let total: Int
    /// Where the piece begins.
    public let place: Int
    /// Its bytes.
    public let piece: [UInt8]

    static let magic = UInt8(ascii: "O")
    static let format: UInt8 = 1

    /// A piece; one that would lie outside the photo or be too long is no piece.
    public init?(photo: Hash, total: Int, place: Int, piece: [UInt8]) {
        guard (1...BundleLimits.photoBytes).contains(total), (0..<total).contains(place),
            (1...PhotoLimits.pieceBytes).contains(piece.count), piece.count <= total - place
        else { return nil }
        self.init(photo, total, place, piece)
    }

    /// Says that a photo is not here.
    public static func none(of photo: Hash) -> PhotoPiece { PhotoPiece(photo, 0, 0, []) }

    private init(_ photo: Hash, _ total: Int, _ place: Int, _ piece: [UInt8]) {
        (self.photo, self.total, self.place, self.piece) = (photo, total, place, piece)
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 64 + piece.count)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.raw(photo.words)
        writer.varint(total)
        if total > 0 {
            writer.varint(place)
            writer.sized(piece)
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        guard bytes.count <= PhotoLimits.messageBytes else { throw .tooLong }
        self = try ByteReader.read(bytes) { reader throws(EncodingError) in
            try reader.start(Self.magic, format: Self.format)
            let photo = try reader.hash()
            let total = try reader.count(limit: BundleLimits.photoBytes)
            guard total > 0 else { return .none(of: photo) }
            let place = try reader.count(limit: BundleLimits.photoBytes)
            let piece = Array(try reader.sized(limit: PhotoLimits.pieceBytes))
            let read = PhotoPiece(photo: photo, total: total, place: place, piece: piece)
            guard let read else { throw .notCanonical }
            return read
        }
    }
}

/// What became of a piece that was given.
///
///     magic       1 byte, "R"     format   1 byte, 1
///     state       1 byte: 0 go on at the place    1 whole    2 not wanted
///     place       varint bytes that have arrived
public struct PhotoReceipt: Sendable, Hashable {
    /// What the giver does next.
    public enum State: UInt8, Sendable {
        /// Gives the piece that begins at the place.
        case goOn = 0
        /// Nothing: it is all there.
        case whole = 1
        /// Nothing: no record here names it, or its bytes were not what its hash says.
        case notWanted = 2
    }

    /// What the giver does next.
    public let state: State
    /// How many bytes have arrived.
    public let place: Int

    static let magic = UInt8(ascii: "R")
    static let format: UInt8 = 1

    /// Says what became of a piece.
    public init(_ state: State, place: Int) { (self.state, self.place) = (state, place) }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        var writer = ByteWriter(capacity: 16)
        writer.byte(Self.magic)
        writer.byte(Self.format)
        writer.byte(state.rawValue)
        writer.varint(place)
        return writer.bytes
    }

    /// Reads canonical bytes.
    /// - Throws: ``EncodingError`` for anything else.
    public init(bytes: some Collection<UInt8>) throws(EncodingError) {
        self = try ByteReader.read(bytes) { reader throws(EncodingError) in
            try reader.start(Self.magic, format: Self.format)
            guard let state = State(rawValue: try reader.byte()) else { throw .notCanonical }
            return PhotoReceipt(state, place: try reader.count(limit: BundleLimits.photoBytes))
        }
    }
}
