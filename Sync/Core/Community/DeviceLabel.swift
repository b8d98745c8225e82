/// What people call a laptop, such as the room it stands in: at most 64 bytes of UTF-8, no
/// control characters (U+0000 to U+001F, U+007F to U+009F), so that it prints on one line.
public struct DeviceLabel: Sendable, Hashable, CustomStringConvertible {
    /// The text; may be empty.
    public let text: String

    /// No words.
    public static let none = DeviceLabel(unchecked: "")

    private init(unchecked text: String) { self.text = text }

    /// Checks a text; nil where it is too long or holds control characters.
    public init?(_ text: String) {
        guard text.utf8.count <= SyncLimits.labelBytes else { return nil }
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        guard isPlain else { return nil }
        self.text = text
    }

    init(from reader: inout ByteReader) throws(EncodingError) {
        guard let label = DeviceLabel(try reader.text(limit: SyncLimits.labelBytes)) else {
            throw .badText
        }
        self = label
    }

    /// The text.
    public var description: String { text }
}
