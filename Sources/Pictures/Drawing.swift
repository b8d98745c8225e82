/// A picture in SVG 1.1 (https://www.w3.org/TR/SVG11/), written shape by shape, the later over the
/// earlier. It brings its own ground, its own colours and nothing from elsewhere, so that a page, a
/// document and a projector show the same. Lengths are in the drawing's own units.
public struct Drawing: Sendable {
    /// Its extent.
    public let width: Double
    /// Downwards.
    public let height: Double
    private var shapes: [String] = []

    /// Further attributes of a shape: what a page needs to find it again.
    public typealias Hooks = [(name: String, value: String)]

    /// An empty sheet on a ground.
    public init(width: Double, height: Double) {
        (self.width, self.height) = (width, height)
        rectangle(x: 0, y: 0, width: width, height: height, .init(fill: .card))
    }

    /// No sheet: shapes that a page puts into a picture of its own.
    init() { (width, height) = (0, 0) }

    /// How the inside and the edge of a shape are painted.
    public struct Paint: Sendable {
        let fill: Colour?
        let stroke: Colour?
        let width: Double
        let opacity: Double
        let dashes: [Double]
        let name: String?

        /// `width` is that of the edge, `opacity` 0 to 1 that of the inside; by its name a page's
        /// style shows that a shape is held.
        public init(
            fill: Colour? = nil, stroke: Colour? = nil, width: Double = 1, opacity: Double = 1,
            dashes: [Double] = [], name: String? = nil
        ) {
            (self.fill, self.stroke, self.width) = (fill, stroke, width)
            (self.opacity, self.dashes, self.name) = (opacity, dashes, name)
        }

        fileprivate var attributes: [(String, String)] {
            var found = name.map { [("class", $0)] } ?? []
            found.append(("fill", fill?.hex ?? "none"))
            if fill != nil, opacity < 1 { found.append(("fill-opacity", Drawing.text(opacity))) }
            if let stroke {
                found += [("stroke", stroke.hex), ("stroke-width", Drawing.text(width))]
                if !dashes.isEmpty {
                    let list = dashes.map(Drawing.text).joined(separator: " ")
                    found.append(("stroke-dasharray", list))
                }
            }
            return found
        }
    }

    /// A rectangle whose corners may be round.
    public mutating func rectangle(
        x: Double, y: Double, width: Double, height: Double, round: Double = 0, _ paint: Paint
    ) {
        add(
            "rect",
            [
                ("x", Self.text(x)), ("y", Self.text(y)), ("width", Self.text(max(0, width))),
                ("height", Self.text(max(0, height))),
            ] + (round > 0 ? [("rx", Self.text(round))] : []) + paint.attributes)
    }

    /// A circle around a point.
    public mutating func circle(x: Double, y: Double, radius: Double, _ paint: Paint) {
        add(
            "circle",
            [("cx", Self.text(x)), ("cy", Self.text(y)), ("r", Self.text(max(0, radius)))]
                + paint.attributes)
    }

    /// A line through points, or the area within them.
    public mutating func path(_ points: [(x: Double, y: Double)], closed: Bool, _ paint: Paint) {
        guard let first = points.first else { return }
        var data = "M\(Self.text(first.x)) \(Self.text(first.y))"
        for point in points.dropFirst() {
            data += "L\(Self.text(point.x)) \(Self.text(point.y))"
        }
        add(
            "path",
            [
                ("d", closed ? data + "Z" : data), ("stroke-linejoin", "round"),
                ("stroke-linecap", "round"),
            ] + paint.attributes)
    }

    /// Lines through points, or the areas within them, as one shape: an area within another is a
    /// hole in it.
    public mutating func paths(
        _ parts: [[(x: Double, y: Double)]], closed: Bool, _ paint: Paint
    ) {
        let data = parts.filter { !$0.isEmpty }.map { points in
            points.enumerated().map {
                "\($0.offset == 0 ? "M" : "L")\(Self.text($0.element.x)) "
                    + Self.text($0.element.y)
            }.joined() + (closed ? "Z" : "")
        }
        guard !data.isEmpty else { return }
        add(
            "path",
            [
                ("d", data.joined()), ("fill-rule", "evenodd"), ("stroke-linejoin", "round"),
                ("stroke-linecap", "round"),
            ] + paint.attributes)
    }

    /// A sign that was drawn in a square of 24 units, put into a square around a point.
    public mutating func sign(
        _ data: String, x: Double, y: Double, size: Double, _ paint: Paint
    ) {
        let place = "translate(\(Self.text(x - size / 2)) \(Self.text(y - size / 2)))"
        add(
            "path",
            [
                ("d", data), ("fill-rule", "evenodd"),
                ("transform", "\(place) scale(\(Self.text(size / 24)))"),
            ] + paint.attributes)
    }

    /// Opens a part of the sheet over whose edges nothing is drawn; places in it stay those of
    /// the sheet.
    public mutating func openWindow(x: Double, y: Double, width: Double, height: Double) {
        let box = [x, y, max(0, width), max(0, height)].map(Self.text)
        let place = zip(["x", "y", "width", "height"], box).map { ($0, $1) }
        let attributes = place + [("viewBox", box.joined(separator: " "))]
        shapes.append("<svg\(Self.attributes(attributes))>")
    }

    /// Closes the part that was opened last.
    public mutating func closeWindow() { shapes.append("</svg>") }

    /// Opens a group whose shapes are drawn around a point of the sheet, larger or smaller.
    public mutating func openGroup(
        x: Double, y: Double, scale: Double = 1, _ hooks: Hooks = []
    ) {
        let place = "translate(\(Self.text(x)) \(Self.text(y)))"
        let size = scale == 1 ? "" : " scale(\(Self.text(scale)))"
        shapes.append("<g\(Self.attributes(hooks + [("transform", place + size)]))>")
    }

    /// Closes the group that was opened last.
    public mutating func closeGroup() { shapes.append("</g>") }

    /// A slice of a round bread around the origin: from one angle to another, in turns clockwise
    /// from the top. A whole bread is two halves, because an arc cannot end where it begins; an
    /// empty slice is drawn too, for a page that lets it grow.
    public mutating func slice(
        radius: Double, from: Double, to: Double, _ paint: Paint, _ hooks: Hooks = []
    ) {
        let r = Self.text(radius)
        func point(_ turns: Double) -> String {
            let point = Turn.point(turns)
            return "\(Self.text(radius * point.x)) \(Self.text(radius * point.y))"
        }
        let outline: String
        switch to - from {
        case ...0: outline = ""
        case 1...: outline = "M0 -\(r)A\(r) \(r) 0 1 1 0 \(r)A\(r) \(r) 0 1 1 0 -\(r)Z"
        case let part:
            let isLarge = part > 0.5 ? "1" : "0"
            outline = "M0 0L\(point(from))A\(r) \(r) 0 \(isLarge) 1 \(point(to))Z"
        }
        add(
            "path",
            hooks + [("d", outline), ("stroke-linejoin", "round")] + paint.attributes)
    }

    /// Where a text stands at its point.
    public enum Anchor: String, Sendable { case start, middle, end }

    /// One line of text; `y` is its base line, `size` the height of its letters' body. A halo
    /// keeps it readable on whatever is below.
    public mutating func text(
        _ words: String, x: Double, y: Double, size: Double, anchor: Anchor = .start,
        bold: Bool = false, colour: Colour = .ink, halo: Colour? = nil, _ hooks: Hooks = []
    ) {
        let attributes =
            hooks + [
                ("x", Self.text(x)), ("y", Self.text(y)), ("font-size", Self.text(size)),
                ("text-anchor", anchor.rawValue), ("fill", colour.hex),
            ] + (bold ? [("font-weight", "700")] : [])
            + (halo.map {
                [
                    ("stroke", $0.hex), ("stroke-width", Self.text(size / 4)),
                    ("stroke-linejoin", "round"), ("paint-order", "stroke"),
                ]
            } ?? [])
        shapes.append(
            "<text\(Self.attributes(attributes))>\(Markup.escaped(words))</text>")
    }

    /// The shapes alone, as SVG inside a picture of a page.
    var markup: String { shapes.joined() }

    /// The finished picture; `title` is what a screen reader says, `description` the words that
    /// stand for it.
    public func svg(title: String, description: String = "") -> String {
        let about = description.isEmpty ? "" : "<desc>\(Markup.escaped(description))</desc>"
        let size =
            "viewBox=\"0 0 \(Self.text(width)) \(Self.text(height))\" "
            + "width=\"\(Self.text(width))\" height=\"\(Self.text(height))\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" \(size) role="img" \
            font-family="Noto Sans, PT Sans, DejaVu Sans, sans-serif">\
            <title>\(Markup.escaped(title))</title>\(about)\(markup)</svg>
            """
    }

    private mutating func add(_ element: String, _ attributes: [(String, String)]) {
        shapes.append("<\(element)\(Self.attributes(attributes))/>")
    }

    private static func attributes(_ list: [(String, String)]) -> String {
        list.map { " \($0.0)=\"\(Markup.escaped($0.1))\"" }.joined()
    }

    /// A number with two decimals at most, always with a point.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "0" }
        let hundredths = (min(max(number, -1e9), 1e9) * 100).rounded()
        let whole = Int(hundredths)
        guard whole % 100 != 0 else { return String(whole / 100) }
        let digits = String(100 + abs(whole) % 100).dropFirst()
        let fraction = digits.hasSuffix("0") ? digits.dropLast() : digits
        return "\(whole < 0 ? "-" : "")\(abs(whole) / 100).\(fraction)"
    }
}
