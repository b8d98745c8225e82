public import Participation

/// What a category looks like on the resource map: a sign and a colour, so that neither has to be
/// understood alone. Pages and pictures draw the same.
public struct MapSign: Sendable, Equatable {
    /// The sign as SVG path data in a square of 24 units, its holes by the even-odd rule.
    public let data: String
    let paint: Colour

    /// The colour as `#rrggbb`: dark enough for a white sign on it.
    public var colour: String { paint.hex }

    /// The sign of a category; a question mark where a record has none, or one of a newer version.
    public static func of(_ category: MapCategory?) -> MapSign {
        switch category {
        case .infrastructure: house
        case .water: drop
        case .arableLand: sprout
        case .agroZone: sunnyHill
        case .forest: spruce
        case .pasture: grass
        case .shop: bag
        case .service: flag
        case .specialUse: diamond
        case nil: unknown
        }
    }

    /// Roads stand for themselves where infrastructure is a line.
    public static let road = MapSign(
        data: "M8 2L3 22H10V17H14V22H21L16 2H14V6H10V2ZM10 9H14V14H10Z",
        paint: house.paint)

    static func of(_ category: MapCategory?, _ kind: MapShape.Kind) -> MapSign {
        category == .infrastructure && kind == .line ? road : of(category)
    }

    private static let house = MapSign(
        data: "M12 2L1.5 11.5H4.5V22H10V15H14V22H19.5V11.5H22.5Z", paint: Colour(hex: "#51565e"))
    private static let drop = MapSign(
        data: "M12 1C8.5 7 4.5 10.5 4.5 15.5A7.5 7.5 0 0 0 19.5 15.5C19.5 10.5 15.5 7 12 1Z",
        paint: Colour(hex: "#1b5f9e"))
    private static let sprout = MapSign(
        data: "M10.8 23V13.2C5 13.2 2 10 2 4C7.5 4 10.8 6.5 11.8 10.2"
            + "C12.8 6.5 16.5 3 22 3C22 9.5 18.5 12.8 13.2 13.2V23Z",
        paint: Colour(hex: "#8a5a12"))
    private static let sunnyHill = MapSign(
        data: "M1 21L8.5 8L12.5 14.5L15.5 10.5L23 21Z"
            + "M21.5 5.5A3 3 0 1 1 15.5 5.5A3 3 0 1 1 21.5 5.5Z",
        paint: Colour(hex: "#6a5f10"))
    private static let spruce = MapSign(
        data: "M12 1L6 8.5H9L4.5 14H8L3 19.5H10.5V23H13.5V19.5H21L16 14H19.5"
            + "L15 8.5H18Z",
        paint: Colour(hex: "#1a5035"))
    private static let grass = MapSign(
        data: "M4 21C5 14 4 9.5 1.5 6C6 8.5 8 12.5 8.6 17C8.8 10.5 9.8 5.5 12 2"
            + "C14.2 5.5 15.2 10.5 15.4 17C16 12.5 18 8.5 22.5 6C20 9.5 19 14 20 21Z",
        paint: Colour(hex: "#4a7418"))
    private static let bag = MapSign(
        data: "M6.5 8V7A5.5 5.5 0 0 1 17.5 7V8H21.5L20 22H4L2.5 8Z"
            + "M9 8H15V7A3 3 0 0 0 9 7Z",
        paint: Colour(hex: "#9a2f1c"))
    private static let flag = MapSign(
        data: "M11 1V9L2.5 13.5V22H9.5V16.5H14.5V22H21.5V13.5L13 9V7.5L19.5 4.5L13 1Z",
        paint: Colour(hex: "#5f2f86"))
    private static let diamond = MapSign(
        data: "M12 1L23 12L12 23L1 12ZM12 7.5A4.5 4.5 0 1 0 12 16.5A4.5 4.5 0 1 0 12 7.5Z",
        paint: Colour(hex: "#0f6064"))
    private static let unknown = MapSign(
        data: "M7 8.5A5 5 0 1 1 13.5 13.3V15.5H10.5V11H12A2.2 2.2 0 1 0 9.8 8.5Z"
            + "M10.5 18H13.5V21H10.5Z",
        paint: Colour(hex: "#444a52"))
}

extension MapCondition {
    /// The mark of a condition on the map: a letter every font has.
    public var mark: String {
        switch self {
        case .new: "+"
        case .underConstruction: "…"
        case .needsRepair: "!"
        case .old: "~"
        case .collapsing: "×"
        }
    }

    /// Whether something has to be done about it soon.
    public var isBad: Bool { self == .needsRepair || self == .collapsing }
}

/// How another meeting's map is told apart on this one: the outline of its things.
public struct MapLayerLook: Sendable, Equatable {
    /// The outline's colour as `#rrggbb`.
    public var colour: String { paint.hex }
    /// Its dashes; none is a whole line.
    public let dashes: [Double]
    let paint: Colour

    /// The looks, one for each meeting that can be laid over.
    public static let all = [
        MapLayerLook(dashes: [], paint: Colour(hex: "#8b1e18")),
        MapLayerLook(dashes: [9, 4], paint: Colour(hex: "#1f3a5f")),
        MapLayerLook(dashes: [2, 4], paint: Colour(hex: "#b97800")),
        MapLayerLook(dashes: [12, 4, 2, 4], paint: Colour(hex: "#1a5035")),
    ]
}
