/// How the camera was held, as EXIF writes it (CIPA DC-008 §4.6.4, tag 274).
public enum Orientation: Int, Sendable, CaseIterable {
    case upright = 1
    case mirrored, upsideDown, flipped, transposed, right, transversed, left

    /// Whether width and height change places.
    var isOnItsSide: Bool { rawValue >= 5 }

    /// Where the pixel at a place of the upright picture is in the one that was taken, which has
    /// the given size.
    func source(_ x: Int, _ y: Int, in taken: PhotoSize) -> (x: Int, y: Int) {
        let (right, bottom) = (taken.width - 1, taken.height - 1)
        return switch self {
        case .upright: (x, y)
        case .mirrored: (right - x, y)
        case .upsideDown: (right - x, bottom - y)
        case .flipped: (x, bottom - y)
        case .transposed: (y, x)
        case .right: (y, bottom - x)
        case .transversed: (right - y, bottom - x)
        case .left: (right - y, x)
        }
    }
}
