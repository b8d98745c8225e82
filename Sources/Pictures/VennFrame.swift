public import Participation

/// The part of the plane that a diagram is seen in: all its circles with some room around, and
/// never less than a sheet, so that a few circles do not fill the wall.
public struct VennFrame: Sendable {
    /// The left edge.
    public let x: Double
    /// The upper edge.
    public let y: Double
    /// From left to right.
    public let width: Double
    /// Downwards.
    public let height: Double

    private static let sheet = (width: 1000.0, height: 620.0)
    private static let room = 36.0

    /// The frame of circles and their labels.
    public init(_ circles: [VennCircle], _ labels: [VennLabel] = []) {
        let boxes =
            labels.map(\.box)
            + circles.map {
                Box(x: $0.x, y: $0.y, width: 2 * $0.radius, height: 2 * $0.radius)
            }
        let left = (boxes.map(\.left).min() ?? 0) - Self.room
        let right = (boxes.map(\.right).max() ?? 0) + Self.room
        let top = (boxes.map(\.top).min() ?? 0) - Self.room
        let bottom = (boxes.map(\.bottom).max() ?? 0) + Self.room
        width = max(Self.sheet.width, right - left).rounded(.up)
        height = max(Self.sheet.height, bottom - top).rounded(.up)
        x = ((left + right - width) / 2).rounded()
        y = ((top + bottom - height) / 2).rounded()
    }
}
