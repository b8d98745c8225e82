/// A circle of a Venn diagram: an institution where it lies and how large it is drawn. Lengths are
/// in the diagram's own units, `y` grows downwards.
public struct VennCircle: Sendable, Equatable {
    /// The institution.
    public let id: RecordID
    /// Its importance, which is its size.
    public var size: Importance
    /// The middle.
    public var x: Double
    /// The middle, downwards.
    public var y: Double

    /// A circle around a point.
    public init(id: RecordID, size: Importance, x: Double, y: Double) {
        (self.id, self.size, self.x, self.y) = (id, size, x, y)
    }

    /// Half its width.
    public var radius: Double { size.radius }

    /// How far the middles of two circles are apart.
    public func distance(to other: VennCircle) -> Double {
        let (dx, dy) = (x - other.x, y - other.y)
        return (dx * dx + dy * dy).squareRoot()
    }

    /// What two circles are to each other, read from where they lie. Circles of one size are never
    /// inside one another, however exactly they lie on top of each other: nobody could say which
    /// one decides.
    public func relation(to other: VennCircle) -> Relation {
        let (distance, sum) = (distance(to: other), radius + other.radius)
        if distance - sum > VennSpace.tolerance { return .apart }
        if distance - sum >= -VennSpace.tolerance { return .touching }
        let difference = abs(radius - other.radius)
        return size != other.size && distance <= difference + VennSpace.tolerance
            ? .inside : .overlapping
    }
}

extension Importance {
    /// The radius of an institution's circle in diagram units: the only place that says it.
    public var radius: Double {
        switch self {
        case .small: 48
        case .medium: 70
        case .large: 100
        }
    }
}

/// The plane the circles lie in.
public enum VennSpace {
    /// Circles whose edges are this near touch: as exact as a hand on a screen.
    public static let tolerance = 6.0
    /// Within this, a circle that is let go jumps to the other's edge.
    public static let snap = 16.0
    /// The clear room that the program leaves between circles that it sets apart.
    public static let gap = 26.0
    /// How far from the middle a circle may lie.
    public static let edge = 5000.0
    /// The circles a diagram may have.
    public static let most = 300

    /// A place kept within the plane; nil for what is no number.
    public static func within(_ place: Double) -> Double? {
        guard place.isFinite else { return nil }
        return (min(max(place, -edge), edge) * 10).rounded() / 10
    }
}
