/// The segments of a JPEG file that stand before the picture itself (ITU-T T.81 §B.1.1): a marker
/// of two bytes, the first FF, then a length of two bytes that counts itself.
struct JPEGSegments: Sequence, IteratorProtocol {
    struct Segment {
        /// The second byte of the marker.
        let marker: UInt8
        /// Where its content is.
        let range: Range<Int>
    }

    private static let startOfScan: UInt8 = 0xDA
    private let bytes: [UInt8]
    private var place = 2

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next segment, up to and with the one that begins the picture; nil behind it, and where
    /// there is none.
    mutating func next() -> Segment? {
        while place + 1 < bytes.count, bytes[place] == 0xFF, bytes[place + 1] == 0xFF {
            place += 1
        }
        guard place + 4 <= bytes.count, bytes[place] == 0xFF else { return nil }
        let marker = bytes[place + 1]
        let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
        guard length >= 2, length <= bytes.count - place - 2 else { return nil }
        let range = place + 4..<place + 2 + length
        place = marker == Self.startOfScan ? bytes.count : range.upperBound
        return Segment(marker: marker, range: range)
    }

    /// Whether the marker that ends a picture comes after its beginning: in the picture's own
    /// bytes no FF is followed by it. Without it, the file broke off.
    static func isWhole(_ bytes: [UInt8]) -> Bool {
        guard let scan = JPEGSegments(bytes).first(where: { $0.marker == startOfScan }) else {
            return false
        }
        return bytes.withUnsafeBufferPointer { bytes in
            var place = bytes.count - 2
            while place >= scan.range.upperBound {
                if bytes[place] == 0xFF, bytes[place + 1] == 0xD9 { return true }
                place -= 1
            }
            return false
        }
    }
}
