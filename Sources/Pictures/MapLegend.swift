import Participation

/// Says beside the map what its signs mean: only those that are on it.
struct MapLegend {
    let words: MapPicture.Words
    private var y = MapPicture.legend.y + 22

    init(words: MapPicture.Words) { self.words = words }

    mutating func draw(_ items: [MapPicture.Item], on drawing: inout Drawing) {
        let x = MapPicture.legend.x
        drawing.text(words.legend, x: x, y: y, size: 22, bold: true)
        y += 34
        let counts = Dictionary(grouping: items, by: \.category).mapValues(\.count)
        let present: [MapCategory?] = MapCategory.allCases + (counts[nil] == nil ? [] : [nil])
        for category in present where counts[category] != nil || items.isEmpty {
            let place = (x: x + 16, y: y)
            MapPainter.drawSign(
                MapSign.of(category), at: place, size: 30, isWished: false, on: &drawing)
            line(words.category(category), counts[category], on: &drawing)
        }
        if items.contains(where: \.isWished) {
            MapPainter.drawSign(
                MapSign.of(.service), at: (x + 16, y), size: 30, isWished: true, on: &drawing)
            line(words.wished, items.count(where: \.isWished), on: &drawing)
        }
        let conditions = Dictionary(grouping: items, by: \.condition).mapValues(\.count)
        y += 10
        for condition in MapCondition.allCases where conditions[condition] != nil {
            MapPainter.drawMark(condition, at: (x + 16, y), size: 22, on: &drawing)
            line(words.conditions[condition] ?? "", conditions[condition], on: &drawing)
        }
        y += 10
        for (index, name) in words.layers.enumerated() {
            let look = MapLayerLook.of(index + 1)
            drawing.circle(
                x: x + 16, y: y, radius: 14,
                .init(fill: .card, stroke: look.paint, width: 3, dashes: look.dashes))
            line(name, nil, on: &drawing)
        }
        for note in words.notes { paragraph(note, on: &drawing) }
    }

    /// One line of the legend beside its sign, with how many there are.
    private mutating func line(_ text: String, _ count: Int?, on drawing: inout Drawing) {
        let room = MapPicture.legend.width
        let lines = Lettering.lines(text, size: 17, width: room - 72, most: 3)
        if lines.count > 2 { y += 10 }
        let start = y + 6 - Double(lines.count - 1) * 11
        for (index, line) in lines.enumerated() {
            drawing.text(
                line, x: MapPicture.legend.x + 42, y: start + Double(index) * 22, size: 17)
        }
        if let count {
            drawing.text(
                String(count), x: MapPicture.legend.x + room, y: y + 6, size: 18, anchor: .end,
                bold: true, colour: .soft)
        }
        y += lines.count > 2 ? 54 : 42
    }

    private mutating func paragraph(_ text: String, on drawing: inout Drawing) {
        y += 6
        for line in Lettering.lines(text, size: 16, width: MapPicture.legend.width, most: 6) {
            drawing.text(line, x: MapPicture.legend.x, y: y, size: 16, colour: .soft)
            y += 20
        }
    }
}
