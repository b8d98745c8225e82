public import Participation

/// The resource map of a meeting as a sheet of A3: what people drew, with signs, names and a
/// legend. Without the photograph of the paper map: what is drawn stands for itself.
public enum MapPicture {
    /// A thing on the map. Any of its fields may be missing.
    public struct Item: Sendable {
        let category: MapCategory?
        let shape: MapShape
        let name: String
        let condition: MapCondition?
        let isWished: Bool
        let isFaint: Bool
        let layer: Int

        /// `isFaint` steps back behind what is asked for, `isNameless` keeps its name; `layer` is 0 for the meeting's own map,
        /// 1 and more for those of other meetings laid over it.
        public init(
            _ record: Record, _ shape: MapShape, isFaint: Bool = false, isNameless: Bool = false,
            layer: Int = 0
        ) {
            category = record[Schema.mapFeature.category]
            self.shape = shape
            name = isNameless ? "" : record[Schema.mapFeature.name] ?? ""
            condition = record[Schema.mapFeature.condition]
            isWished = record.has(Schema.mapFeature.wished)
            self.isFaint = isFaint
            self.layer = layer
        }

        var sign: MapSign { MapSign.of(category, shape.kind) }
    }

    /// What is written beside the map, in the language of the page.
    public struct Words: Sendable {
        let title: String
        let subtitle: String
        let categories: [MapCategory: String]
        let conditions: [MapCondition: String]
        let unknown: String
        let wished: String
        let legend: String
        let layers: [String]
        let scale: String
        let notes: [String]

        /// `layers` names the other meetings in their order, `scale` the length of the scale bar,
        /// `notes` what the reader has to know besides.
        public init(
            title: String, subtitle: String, categories: [MapCategory: String],
            conditions: [MapCondition: String], unknown: String, wished: String, legend: String,
            layers: [String], scale: String, notes: [String]
        ) {
            (self.title, self.subtitle) = (title, subtitle)
            (self.categories, self.conditions) = (categories, conditions)
            (self.unknown, self.wished, self.legend) = (unknown, wished, legend)
            (self.layers, self.scale, self.notes) = (layers, scale, notes)
        }

        func category(_ category: MapCategory?) -> String {
            category.flatMap { categories[$0] } ?? unknown
        }
    }

    /// Map units that the scale bar is long.
    public static let scaleUnits = 100.0

    // A3 lying, a quarter of a millimetre a unit.
    static let width = 1680.0
    static let height = 1188.0
    static let map = (x: 40.0, y: 118.0, width: 1320.0, height: 1000.0)
    static let legend = (x: 1386.0, y: 118.0, width: 256.0)

    /// `items` in the order in which they were drawn.
    public static func draw(_ items: [Item], words: Words) -> String {
        var drawing = Drawing(width: width, height: height)
        let title = Lettering.lines(words.title, size: 34, width: 1600, most: 1, bold: true)
        drawing.text(title.first ?? "", x: 40, y: 62, size: 34, bold: true)
        let subtitle = Lettering.lines(words.subtitle, size: 20, width: 1600, most: 1)
        drawing.text(subtitle.first ?? "", x: 40, y: 96, size: 20, colour: .soft)
        let view = MapView(items.map(\.shape))
        drawing.rectangle(
            x: view.x, y: view.y, width: view.width, height: view.height, round: 6,
            .init(fill: .paper))
        drawing.openWindow(x: view.x, y: view.y, width: view.width, height: view.height)
        var painter = MapPainter(view: view, count: items.count)
        painter.draw(items, on: &drawing)
        drawing.closeWindow()
        drawing.rectangle(
            x: view.x, y: view.y, width: view.width, height: view.height, round: 6,
            .init(stroke: .line, width: 2))
        var key = MapLegend(words: words)
        key.draw(items, on: &drawing)
        drawScale(view, words.scale, on: &drawing)
        return drawing.svg(
            title: words.title, description: description(items, words))
    }

    /// A bar in map units: nobody measured the village, so it has no metres.
    private static func drawScale(_ view: MapView, _ words: String, on drawing: inout Drawing) {
        let (x, y) = (view.x, view.y + view.height + 34)
        let length = min(scaleUnits * view.scale, view.width)
        drawing.path(
            [(x, y - 7), (x, y), (x + length, y), (x + length, y - 7)], closed: false,
            .init(stroke: .ink, width: 2))
        let room = max(0, view.width - length - 20)
        for line in Lettering.lines(words, size: 17, width: room, most: 1) {
            drawing.text(line, x: x + length + 16, y: y + 2, size: 17, colour: .soft)
        }
    }

    /// The map in words: how many things of each category there are.
    private static func description(_ items: [Item], _ words: Words) -> String {
        let counts = Dictionary(grouping: items, by: \.category).mapValues(\.count)
        let categories: [MapCategory?] = MapCategory.allCases + [nil]
        return categories.compactMap { category in
            counts[category].map { "\(words.category(category)): \($0)" }
        }.joined(separator: "; ")
    }
}

/// How map units become units of the sheet: all that was drawn is seen, as long as it is not too
/// far away; what is farther is cut off at the edge.
struct MapView {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
    let scale: Double
    private let left: Double
    private let top: Double

    private static let margin = 25.0

    init(_ shapes: [MapShape]) {
        let (wide, high) = (MapPlane.width, MapPlane.height)
        var (left, top, right, bottom) = (0.0, 0.0, wide, high)
        for shape in shapes {
            let (low, far) = shape.box
            if low.x < left { left = max(low.x - Self.margin, -wide) }
            if low.y < top { top = max(low.y - Self.margin, -high) }
            if far.x > right { right = min(far.x + Self.margin, 2 * wide) }
            if far.y > bottom { bottom = min(far.y + Self.margin, 2 * high) }
        }
        let room = MapPicture.map
        scale = min(room.width / (right - left), room.height / (bottom - top))
        width = (right - left) * scale
        height = (bottom - top) * scale
        (x, y) = (room.x, room.y)
        (self.left, self.top) = (left, top)
    }

    func place(_ point: MapShape.Point) -> MapShape.Point {
        (x + (point.x - left) * scale, y + (point.y - top) * scale)
    }
}
