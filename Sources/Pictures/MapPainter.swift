import Participation

/// Draws the things of a resource map: areas below, then lines, then points, names on top.
struct MapPainter {
    let view: MapView
    /// How large a sign is: many of them are smaller, so that they do not hide each other.
    let size: Double
    private var names: MapNames

    init(view: MapView, count: Int) {
        self.view = view
        size = count <= 150 ? 30 : count <= 800 ? 22 : 12
        names = MapNames(view: view)
    }

    mutating func draw(_ items: [MapPicture.Item], on drawing: inout Drawing) {
        let sorted = items.filter(\.isFaint) + items.filter { !$0.isFaint }
        for item in sorted where item.shape.kind == .area { drawArea(item, on: &drawing) }
        for item in sorted where item.shape.kind == .line { drawLine(item, on: &drawing) }
        for item in sorted { drawSigns(item, on: &drawing) }
        let named = items.filter { !$0.isFaint && !$0.name.isEmpty }
        for item in named.prefix(MapNames.most) {
            let place = view.place(item.shape.anchor)
            names.draw(
                item.name, at: place, sign: signSize(item), bold: item.shape.kind == .area,
                on: &drawing)
        }
    }

    private func parts(_ item: MapPicture.Item) -> [[MapShape.Point]] {
        item.shape.parts.map { $0.map(view.place) }
    }

    private func drawArea(_ item: MapPicture.Item, on drawing: inout Drawing) {
        let (colour, faint) = (item.sign.paint, item.isFaint)
        guard item.layer == 0 else {
            let look = MapLayerLook.of(item.layer)
            return drawing.paths(
                parts(item), closed: true,
                .init(
                    fill: look.paint, stroke: look.paint, width: 3, opacity: 0.06,
                    dashes: look.dashes))
        }
        drawing.paths(
            parts(item), closed: true,
            .init(
                fill: colour, stroke: faint ? .line : colour, width: 2.5,
                opacity: faint ? 0.05 : item.isWished ? 0.08 : 0.22,
                dashes: item.isWished ? [12, 8] : []))
    }

    private func drawLine(_ item: MapPicture.Item, on drawing: inout Drawing) {
        let width = item.category == .water ? 8.0 : item.category == .infrastructure ? 6 : 4.5
        let colour = item.isFaint ? Colour.line : item.sign.paint
        if item.layer > 0 {
            let look = MapLayerLook.of(item.layer)
            drawing.paths(
                parts(item), closed: false,
                .init(stroke: look.paint, width: width + 5, dashes: look.dashes))
        }
        drawing.paths(parts(item), closed: false, .init(stroke: .card, width: width + 3))
        drawing.paths(
            parts(item), closed: false,
            .init(stroke: colour, width: width, dashes: item.isWished ? [14, 12] : []))
    }

    /// Where a thing was many times drawn, as points far from each other, each has its sign.
    private mutating func drawSigns(_ item: MapPicture.Item, on drawing: inout Drawing) {
        let places =
            item.shape.kind == .point ? Array(item.shape.parts.joined()) : [item.shape.anchor]
        for place in places.map(view.place) {
            let size = signSize(item)
            Self.drawSign(
                item.sign, at: place, size: size, isWished: item.isWished, isFaint: item.isFaint,
                look: item.layer > 0 ? MapLayerLook.of(item.layer) : nil, on: &drawing)
            if let condition = item.condition, !item.isFaint {
                let corner = (x: place.x + size * 0.52, y: place.y - size * 0.52)
                Self.drawMark(condition, at: corner, size: max(11, size * 0.62), on: &drawing)
                names.block(corner, size: max(11, size * 0.62) + 6)
            }
            names.block(place, size: size + 6)
        }
    }

    private func signSize(_ item: MapPicture.Item) -> Double {
        item.shape.kind == .point ? size : size * 0.75
    }

    /// A sign in its square; wished for is an empty square with dashes, another meeting's is round.
    static func drawSign(
        _ sign: MapSign, at place: MapShape.Point, size: Double, isWished: Bool,
        isFaint: Bool = false, look: MapLayerLook? = nil, on drawing: inout Drawing
    ) {
        let colour = isFaint ? Colour.line : sign.paint
        let (x, y) = (place.x - size / 2, place.y - size / 2)
        if let look {
            drawing.circle(
                x: place.x, y: place.y, radius: size * 0.56,
                .init(fill: .card, stroke: look.paint, width: size / 10, dashes: look.dashes))
        } else if isWished {
            drawing.rectangle(
                x: x, y: y, width: size, height: size, round: size / 5,
                .init(fill: .card, stroke: colour, width: size / 12, dashes: [size / 6, size / 9]))
        } else {
            drawing.rectangle(
                x: x - 1, y: y - 1, width: size + 2, height: size + 2, round: size / 5,
                .init(fill: colour, stroke: .card, width: 1.5))
        }
        let isLight = look == nil && !isWished
        drawing.sign(
            sign.data, x: place.x, y: place.y, size: size * 0.7,
            .init(fill: isLight ? .card : colour))
    }

    /// A condition's letter in a small round field; bad ones are red.
    static func drawMark(
        _ condition: MapCondition, at place: MapShape.Point, size: Double,
        on drawing: inout Drawing
    ) {
        let colour: Colour = condition.isBad ? .madder : .ink
        drawing.circle(
            x: place.x, y: place.y, radius: size / 2,
            .init(
                fill: condition.isBad ? .madderGround : .card, stroke: colour,
                width: max(1, size / 12)))
        drawing.text(
            condition.mark, x: place.x, y: place.y + size * 0.3, size: size * 0.86,
            anchor: .middle, bold: true, colour: colour)
    }
}

extension MapLayerLook {
    /// The look of a layer; beyond the last one they begin again.
    static func of(_ layer: Int) -> MapLayerLook { all[max(0, layer - 1) % all.count] }
}
