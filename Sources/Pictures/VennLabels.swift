public import Participation

/// The name of a circle: its lines, and where they stand.
public struct VennLabel: Sendable {
    /// The words, line by line.
    public let lines: [String]
    /// The middle of the text.
    public let x: Double
    /// The base line of the first line.
    public let y: Double
    /// The height of the letters' body.
    public let size: Double

    let box: Box

    /// The distance of base lines.
    public var step: Double { size * 1.15 }
}

/// A rectangle that text takes.
struct Box {
    var left, top, right, bottom: Double

    init(x: Double, y: Double, width: Double, height: Double) {
        (left, right) = (x - width / 2, x + width / 2)
        (top, bottom) = (y - height / 2, y + height / 2)
    }

    func overlaps(_ other: Box) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    /// Whether a circle's area reaches into it.
    func meets(_ circle: VennCircle) -> Bool {
        let dx = circle.x - min(max(circle.x, left), right)
        let dy = circle.y - min(max(circle.y, top), bottom)
        return dx * dx + dy * dy < circle.radius * circle.radius
    }
}

/// Finds room for the names of circles: inside where they fit, else beside; never over another
/// name where that can be helped. Small circles choose first, since they have the least room.
public enum VennLabels {
    private static let sizes = [20.0, 17, 15, 13]
    private static let beside = 17.0

    /// A label for each circle, in the order of the circles.
    public static func place(_ circles: [VennCircle], names: [RecordID: String]) -> [VennLabel] {
        var labels: [RecordID: VennLabel] = [:]
        var taken: [Box] = []
        // In a crowd nobody reads names; three hundred are still placed in no time.
        let isCrowd = circles.count > 80
        for circle in circles.sorted(by: { ($0.radius, $0.id) < ($1.radius, $1.id) }) {
            let others = circles.filter { $0.id != circle.id }
            let all = candidates(circle, names[circle.id] ?? "", isCrowd: isCrowd)
            let best = all.map { ($0.label, $0.cost + cost($0.label, others, taken)) }
                .min { $0.1 < $1.1 }
            guard let best else { continue }
            labels[circle.id] = best.0
            taken.append(best.0.box)
        }
        return circles.compactMap { labels[$0.id] }
    }

    private static func cost(
        _ label: VennLabel, _ others: [VennCircle], _ taken: [Box]
    ) -> Double {
        Double(taken.count { $0.overlaps(label.box) }) * 12
            + Double(others.count { label.box.meets($0) }) * 3
    }

    private static func candidates(
        _ circle: VennCircle, _ name: String, isCrowd: Bool
    ) -> [(label: VennLabel, cost: Double)] {
        var found: [(VennLabel, Double)] = []
        let shifts: [(Double, Double)] =
            isCrowd
            ? [(0, 0)]
            : [(0, 0), (0, -0.5), (0, 0.5), (-0.42, 0), (0.42, 0), (0, -0.3), (0, 0.3)]
        for (index, shift) in shifts.enumerated() {
            if let label = inside(circle, name, shift) {
                found.append((label, (index == 0 ? 0 : 0.8) + (20 - label.size) * 0.25))
            }
        }
        if !isCrowd || found.isEmpty { found += outside(circle, name) }
        return found
    }

    /// The name at the largest size at which no word of it is broken; `shift` moves it from the
    /// middle, in radii.
    private static func inside(
        _ circle: VennCircle, _ name: String, _ shift: (x: Double, y: Double)
    ) -> VennLabel? {
        let radius = circle.radius - 5
        for size in sizes {
            for count in 1...4 {
                let height = Double(count) * size * 1.15
                let reach = abs(shift.y) * circle.radius + height / 2
                guard reach < radius else { continue }
                let chord = (radius * radius - reach * reach).squareRoot()
                let width = 2 * (chord - abs(shift.x) * circle.radius)
                guard width > size * 2 else { continue }
                let lines = Lettering.lines(name, size: size, width: width, most: count)
                guard isWhole(lines, name) else { continue }
                return label(
                    lines, size, x: circle.x + shift.x * circle.radius,
                    y: circle.y + shift.y * circle.radius)
            }
        }
        return nil
    }

    private static func outside(
        _ circle: VennCircle, _ name: String
    ) -> [(VennLabel, Double)] {
        let lines = Lettering.lines(name, size: beside, width: 170, most: 3)
        let width = lines.map { Lettering.width($0, size: beside) }.max() ?? 0
        let height = Double(lines.count) * beside * 1.15
        let (across, down) = (circle.radius + width / 2 + 8, circle.radius + height / 2 + 4)
        return [(0, down), (0, -down), (across, 0), (-across, 0)].enumerated().map { index, by in
            (
                label(lines, beside, x: circle.x + by.0, y: circle.y + by.1),
                3 + Double(index) * 0.1
            )
        }
    }

    private static func isWhole(_ lines: [String], _ name: String) -> Bool {
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return lines.joined(separator: " ") == words
    }

    private static func label(
        _ lines: [String], _ size: Double, x: Double, y: Double
    ) -> VennLabel {
        let width = lines.map { Lettering.width($0, size: size) }.max() ?? 0
        let height = Double(lines.count) * size * 1.15
        return VennLabel(
            lines: lines, x: x, y: y - height / 2 + size * 0.9, size: size,
            box: Box(x: x, y: y, width: width, height: height))
    }
}
