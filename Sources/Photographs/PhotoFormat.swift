/// The kinds of files that are taken as photographs, told by their bytes and never by a name.
public enum PhotoFormat: Sendable, Equatable {
    case jpeg, png, webp

    /// What a file is by its first bytes; nil for anything else.
    public init?(_ bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(12))
        if head.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if head.count == 12, head.starts(with: "RIFF".utf8),
            head[8...].elementsEqual("WEBP".utf8)
        {
            self = .webp
        } else {
            return nil
        }
    }

    /// Whether the bytes are a picture as iPhones keep them, which asks for another word.
    static func isHEIF(_ bytes: some Collection<UInt8>) -> Bool {
        let head = Array(bytes.prefix(12))
        guard head.count == 12, head[4..<8].elementsEqual("ftyp".utf8) else { return false }
        return ["heic", "heix", "hevc", "mif1", "msf1", "avif"].contains {
            head[8...].elementsEqual($0.utf8)
        }
    }

    /// Pixels a picture of the kind may have. A JPEG is made smaller while it is read; the others
    /// are held as a whole.
    public var mostPixels: Int { self == .jpeg ? 200_000_000 : 50_000_000 }
}
