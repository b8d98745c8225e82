import Participation

/// Where a thing of the resource map is: points, lines or areas, read from its geometry.
public struct MapShape: Sendable {
    /// What it is made of.
    public enum Kind: Sendable { case point, line, area }

    typealias Point = (x: Double, y: Double)

    /// What it is made of.
    public let kind: Kind
    /// The points, the lines, or the rings of the areas.
    let parts: [[Point]]

    /// Reads a stored geometry (RFC 7946 §3.1); nil for what is none, whoever wrote it.
    public init?(_ geometry: String) {
        guard geometry.utf8.count <= Limits.geometryBytes,
            let json = try? JSONReader.read(geometry.utf8), let coordinates = json["coordinates"]
        else { return nil }
        switch json["type"]?.text {
        case "Point": (kind, parts) = (.point, [Self.point(coordinates).map { [$0] } ?? []])
        case "MultiPoint": (kind, parts) = (.point, [Self.points(coordinates)])
        case "LineString": (kind, parts) = (.line, [Self.points(coordinates)])
        case "MultiLineString": (kind, parts) = (.line, Self.lines(coordinates))
        case "Polygon": (kind, parts) = (.area, Self.lines(coordinates))
        case "MultiPolygon":
            (kind, parts) = (.area, Self.elements(coordinates).flatMap(Self.lines))
        default: return nil
        }
        guard parts.contains(where: { !$0.isEmpty }) else { return nil }
    }

    private static func elements(_ json: JSON) -> [JSON] {
        if case .array(let elements) = json { elements } else { [] }
    }

    private static func lines(_ json: JSON) -> [[Point]] { elements(json).map(points) }

    private static func points(_ json: JSON) -> [Point] { elements(json).compactMap(point) }

    private static func point(_ json: JSON) -> Point? {
        let pair = elements(json)
        guard pair.count >= 2, let x = number(pair[0]), let y = number(pair[1]) else { return nil }
        return (x, y)
    }

    private static func number(_ json: JSON) -> Double? {
        switch json {
        case .integer(let whole): abs(Double(whole)) <= 1e6 ? Double(whole) : nil
        case .number(let real): abs(real) <= 1e6 ? real : nil
        default: nil
        }
    }

    /// Where its sign and its name go: the point, the middle of the longest line, the middle of
    /// the largest area's outline, or of its box where that lies within.
    var anchor: Point {
        let part = parts.max { Self.length($0) < Self.length($1) } ?? []
        guard let first = part.first else { return (x: 0, y: 0) }
        switch kind {
        case .point: return first
        case .line: return Self.middle(part)
        case .area:
            let box = Self.box([part])
            let middle: Point = ((box.low.x + box.high.x) / 2, (box.low.y + box.high.y) / 2)
            let candidates: [Point] = [Self.centroid(part), middle]
            return candidates.first { Self.contains(part, $0) } ?? first
        }
    }

    /// How far it reaches: its upper left and its lower right corner.
    var box: Box { Self.box(parts) }

    typealias Box = (low: Point, high: Point)

    static func box(_ parts: [[Point]]) -> Box {
        var low = (x: Double.infinity, y: Double.infinity)
        var high = (x: -Double.infinity, y: -Double.infinity)
        for point in parts.joined() {
            low = (x: min(low.x, point.x), y: min(low.y, point.y))
            high = (x: max(high.x, point.x), y: max(high.y, point.y))
        }
        guard low.x.isFinite else { return (low: (x: 0, y: 0), high: (x: 0, y: 0)) }
        return (low: low, high: high)
    }

    private static func distance(_ one: Point, _ other: Point) -> Double {
        let (dx, dy) = (other.x - one.x, other.y - one.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    private static func length(_ part: [Point]) -> Double {
        var sum = 0.0
        for (start, end) in zip(part, part.dropFirst()) { sum += distance(start, end) }
        return sum
    }

    /// The point half way along a line.
    private static func middle(_ part: [Point]) -> Point {
        var left = length(part) / 2
        for (start, end) in zip(part, part.dropFirst()) {
            let step = distance(start, end)
            if step >= left, step > 0 {
                let share = left / step
                return (start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
            }
            left -= step
        }
        return part.last ?? (0, 0)
    }

    private static func centroid(_ ring: [Point]) -> Point {
        var (area, x, y) = (0.0, 0.0, 0.0)
        for (one, other) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
            let cross = one.x * other.y - other.x * one.y
            area += cross
            x += (one.x + other.x) * cross
            y += (one.y + other.y) * cross
        }
        return area == 0 ? (.infinity, .infinity) : (x / (3 * area), y / (3 * area))
    }

    private static func contains(_ ring: [Point], _ point: Point) -> Bool {
        var isInside = false
        for (one, other) in zip(ring, ring.dropFirst() + ring.prefix(1))
        where (one.y > point.y) != (other.y > point.y) {
            let x = one.x + (point.y - one.y) / (other.y - one.y) * (other.x - one.x)
            if point.x < x { isInside.toggle() }
        }
        return isInside
    }
}
