/// The two things the program wants of a photograph's EXIF before all of it goes: how the camera
/// was held, and when. EXIF is a TIFF file (TIFF 6.0 §2) inside the photograph: a header that says
/// the order of bytes and where the first directory is; a directory is a count, entries of twelve
/// bytes (tag, type, count, value or its place).
///
/// Nothing here trusts a count or a place: what does not fit is not there.
struct Exif: Sendable, Equatable {
    private(set) var orientation = Orientation.upright
    /// `YYYY-MM-DDTHH:MM:SS` by the camera's clock, which knows no time zone.
    private(set) var takenAt: String?

    private static let mostEntries = 512
    private enum Tag {
        static let orientation = 0x0112
        static let exifDirectory = 0x8769
        static let takenAt = 0x9003
    }

    /// What is known of a picture without EXIF.
    init() {}

    /// Reads a TIFF file.
    init(tiff bytes: ArraySlice<UInt8>) {
        guard let tiff = TIFF(bytes), let first = tiff.long(at: 4) else { return }
        for entry in tiff.entries(at: first).prefix(Self.mostEntries) {
            switch entry.tag {
            case Tag.orientation:
                orientation = tiff.short(at: entry.place + 8).flatMap(Orientation.init) ?? .upright
            case Tag.exifDirectory:
                guard let inner = tiff.long(at: entry.place + 8) else { continue }
                for entry in tiff.entries(at: inner).prefix(Self.mostEntries)
                where entry.tag == Tag.takenAt {
                    takenAt = tiff.long(at: entry.place + 8).flatMap { tiff.moment(at: $0) }
                }
            default: continue
            }
        }
    }

    /// Reads the EXIF of a photograph, as far as there is any.
    init(_ photo: [UInt8], _ format: PhotoFormat) {
        let tiff =
            switch format {
            case .jpeg: Self.inJPEG(photo)
            case .png: Self.inPNG(photo)
            case .webp: Self.inWebP(photo)
            }
        self = tiff.map(Exif.init(tiff:)) ?? Exif()
    }

    /// JPEG: a segment APP1 that begins with `Exif` and two zeros, before the picture itself.
    private static func inJPEG(_ photo: [UInt8]) -> ArraySlice<UInt8>? {
        for segment in JPEGSegments(photo) where segment.marker == 0xE1 {
            let bytes = photo[segment.range]
            if bytes.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0]) { return bytes.dropFirst(6) }
        }
        return nil
    }

    /// PNG: the chunk `eXIf` (PNG, third edition, §11.3.4.5).
    private static func inPNG(_ photo: [UInt8]) -> ArraySlice<UInt8>? {
        var place = 8
        while place + 8 <= photo.count {
            let length = photo[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= photo.count - place - 8 else { return nil }
            if photo[place + 4..<place + 8].elementsEqual("eXIf".utf8) {
                return photo[place + 8..<place + 8 + length]
            }
            place += 12 + length
        }
        return nil
    }

    /// WebP: the chunk `EXIF` of the RIFF file (RFC 9649 §2.7.1.5); some writers put JPEG's six
    /// bytes before it.
    private static func inWebP(_ photo: [UInt8]) -> ArraySlice<UInt8>? {
        var place = 12
        while place + 8 <= photo.count {
            let length = photo[place + 4..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
            guard length <= photo.count - place - 8 else { return nil }
            if photo[place..<place + 4].elementsEqual("EXIF".utf8) {
                let bytes = photo[place + 8..<place + 8 + length]
                let isPrefixed = bytes.starts(with: [0x45, 0x78, 0x69, 0x66, 0, 0])
                return isPrefixed ? bytes.dropFirst(6) : bytes
            }
            place += 8 + length + length % 2
        }
        return nil
    }
}

/// Bytes read in the order that they themselves name.
private struct TIFF {
    private let bytes: ArraySlice<UInt8>
    private let isLittle: Bool

    init?(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        if bytes.starts(with: [0x49, 0x49, 42, 0]) {
            isLittle = true
        } else if bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
            isLittle = false
        } else {
            return nil
        }
    }

    func short(at place: Int) -> Int? { number(at: place, 2) }
    func long(at place: Int) -> Int? { number(at: place, 4) }

    /// Entries of a directory, those that are there.
    func entries(at place: Int) -> [(tag: Int, place: Int)] {
        guard let count = short(at: place) else { return [] }
        return (0..<count).lazy.map { place + 2 + 12 * $0 }.prefix { part($0, 12) != nil }
            .compactMap { place in short(at: place).map { (tag: $0, place: place) } }
    }

    /// `YYYY:MM:DD HH:MM:SS`, with dashes and a T as the program writes moments.
    func moment(at place: Int) -> String? {
        guard let bytes = part(place, 19) else { return nil }
        let pattern = "0000:00:00 00:00:00".utf8
        let fits = zip(bytes, pattern).allSatisfy { byte, wanted in
            wanted == 0x30 ? (0x30...0x39).contains(byte) : byte == wanted
        }
        guard fits else { return nil }
        let text = Array(bytes)
        let day = String(decoding: text[..<10], as: UTF8.self).replacing(":", with: "-")
        return day + "T" + String(decoding: text[11...], as: UTF8.self)
    }

    private func number(at place: Int, _ count: Int) -> Int? {
        guard let bytes = part(place, count) else { return nil }
        return (isLittle ? Array(bytes.reversed()) : Array(bytes)).reduce(0) { $0 << 8 | Int($1) }
    }

    private func part(_ place: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard place >= 0, place <= bytes.count, count <= bytes.count - place else { return nil }
        let start = bytes.startIndex + place
        return bytes[start..<start + count]
    }
}
