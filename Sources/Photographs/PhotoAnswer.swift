import CImageCodecs

/// What the process that reduces one photograph says: one line, and behind it the JPEG.
///
///     photo 2048 1365 2026-07-19T08:05:59     or `-` where the camera did not say when
///     refused damaged
public enum PhotoAnswer {
    /// The most bytes of an answer.
    public static let mostBytes = PhotoLimits.keptBytes + 256

    /// Takes from this process what it does not need for one photograph.
    /// - Returns: whether all of that holds; nothing that came from outside may be looked at
    ///   otherwise.
    public static func confine() -> Bool {
        ashar_confine(UInt(PhotoLimits.cpuSeconds), UInt(PhotoLimits.memoryBytes)) == 0
    }

    /// Reduces a file and writes down what came of it.
    public static func bytes(for file: [UInt8]) -> [UInt8] {
        do {
            let photo = try PhotoReducer.reduce(file)
            let (size, moment) = (photo.size, photo.takenAt ?? "-")
            return Array("photo \(size.width) \(size.height) \(moment)\n".utf8) + photo.bytes
        } catch {
            let refusal = error as? PhotoRefusal ?? .damaged
            return Array("refused \(refusal.rawValue)\n".utf8)
        }
    }

    /// Reads an answer.
    /// - Throws: the ``PhotoRefusal`` it tells of; ``PhotoRefusal/damaged`` for what is no answer.
    public static func read(_ bytes: [UInt8]) throws -> ReducedPhoto {
        guard let end = bytes.prefix(256).firstIndex(of: UInt8(ascii: "\n")) else {
            throw PhotoRefusal.damaged
        }
        let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
        if words.count == 2, words[0] == "refused" {
            throw PhotoRefusal(rawValue: String(words[1])) ?? .damaged
        }
        let photo = Array(bytes[(end + 1)...])
        guard words.count == 4, words[0] == "photo", let width = Int(words[1]),
            let height = Int(words[2]), let size = PhotoSize(width, height),
            size.longerSide <= PhotoLimits.longerSide, PhotoFormat(photo) == .jpeg
        else { throw PhotoRefusal.damaged }
        return ReducedPhoto(
            bytes: photo, size: size, takenAt: words[3] == "-" ? nil : String(words[3]))
    }
}
