import Participation

/// The Tokoch: a round bread whose slices are what people believe the budget goes to, and beside
/// it the real budget, where its lines were matched. Slices have numbers, so that nobody needs the
/// colours.
public enum TokochPicture {
    /// A slice with its share in hundredths of a percent.
    public struct Slice: Sendable {
        let name: String
        let share: Int
        let real: Int?

        /// `real` is the true share, where it is known.
        public init(name: String, share: Int, real: Int?) {
            (self.name, self.share, self.real) = (name, max(0, share), real.map { max(0, $0) })
        }
    }

    /// The words around the breads.
    public struct Words: Sendable {
        let title: String
        let none: String
        let believed: String
        let real: String
        let truth: String
        let rest: String
        let balance: String?
        let percent: @Sendable (Int) -> String

        /// `real` is the heading of the second bread, `truth` that of its shares, `rest` what
        /// belongs to no slice, `balance` the sentence on what is missing or too much, `percent`
        /// writes hundredths.
        public init(
            title: String, none: String, believed: String, real: String, truth: String,
            rest: String,
            balance: String?, percent: @escaping @Sendable (Int) -> String
        ) {
            (self.title, self.none, self.believed) = (title, none, believed)
            (self.real, self.truth, self.rest, self.balance) = (real, truth, rest, balance)
            self.percent = percent
        }
    }

    private static let radius = 210.0
    private static let inner = radius / BreadFigure.crust * BreadFigure.radius
    private static let top = 110.0
    private static let rowHeight = 46.0

    /// The whole picture. The second bread is there where any slice has a real share; `rest` is
    /// what of the real budget belongs to none of them.
    public static func draw(_ slices: [Slice], rest: Int, _ words: Words) -> String {
        let hasReal = slices.contains { $0.real != nil }
        let breads = hasReal ? 2.0 : 1.0
        let tableX = 60 + breads * (2 * radius + 60)
        let width = tableX + 520
        let rows = Double(max(1, slices.count + (hasReal ? 1 : 0)))
        let height = max(top + 2 * radius + 110, top + 40 + rows * rowHeight + 40)
        var drawing = Drawing(width: width, height: height)
        drawing.text(words.title, x: 40, y: 52, size: 30, bold: true)
        let middle = top + radius + 44
        bread(
            slices.map(\.share), x: 40 + radius, y: middle, heading: words.believed, on: &drawing)
        if hasReal {
            bread(
                slices.map { $0.real ?? 0 }, rest: rest, x: 100 + 3 * radius, y: middle,
                heading: words.real, on: &drawing)
        }
        if let balance = words.balance {
            let lines = Lettering.lines(balance, size: 19, width: 2 * radius + 30, most: 2)
            for (index, line) in lines.enumerated() {
                drawing.text(
                    line, x: 40 + radius, y: middle + radius + 36 + Double(index) * 24, size: 19,
                    anchor: .middle, colour: .madder)
            }
        }
        if slices.isEmpty {
            drawing.text(words.none, x: tableX, y: top + 60, size: 24, colour: .soft)
        }
        table(slices, rest: hasReal ? rest : nil, x: tableX, words, on: &drawing)
        let said = slices.enumerated().map { index, slice in
            "\(index + 1). \(slice.name): \(words.percent(slice.share))"
                + (slice.real.map { " / \(words.percent($0))" } ?? "")
        }
        return drawing.svg(title: words.title, description: said.joined(separator: "; "))
    }

    private static func bread(
        _ shares: [Int], rest: Int = 0, x: Double, y: Double, heading: String,
        on drawing: inout Drawing
    ) {
        drawing.text(heading, x: x, y: top, size: 22, anchor: .middle, bold: true)
        let figure = BreadFigure(
            shares.enumerated().map { (String($0.offset), $0.element) }, rest: rest)
        drawing.openGroup(x: x, y: y, scale: inner / BreadFigure.radius)
        figure.draw(on: &drawing)
        drawing.closeGroup()
    }

    private static func table(
        _ slices: [Slice], rest: Int?, x: Double, _ words: Words, on drawing: inout Drawing
    ) {
        let hasReal = rest != nil
        for (index, slice) in slices.enumerated() {
            let y = top + 30 + Double(index) * rowHeight
            drawing.rectangle(
                x: x, y: y - 22, width: 38, height: 32, round: 4,
                .init(fill: Palette.slice(index), stroke: .ink, width: 1.5))
            drawing.text(
                String(index + 1), x: x + 19, y: y + 1, size: 19, anchor: .middle, bold: true)
            let lines = Lettering.lines(slice.name, size: 19, width: hasReal ? 250 : 340, most: 2)
            for (number, line) in lines.enumerated() {
                let rise = lines.count == 2 ? -10.0 : 0
                drawing.text(line, x: x + 52, y: y + rise + Double(number) * 21, size: 19)
            }
            drawing.text(
                words.percent(slice.share), x: x + (hasReal ? 390 : 480), y: y, size: 21,
                anchor: .end, bold: true)
            if hasReal {
                drawing.text(
                    slice.real.map(words.percent) ?? "–", x: x + 490, y: y, size: 21,
                    anchor: .end, bold: true, colour: .indigo)
            }
        }
        guard let rest else { return }
        let y = top + 30 + Double(slices.count) * rowHeight
        drawing.rectangle(
            x: x, y: y - 22, width: 38, height: 32, round: 4,
            .init(fill: .sunk, stroke: .ink, width: 1.5))
        drawing.text(words.rest, x: x + 52, y: y, size: 19, colour: .soft)
        drawing.text(
            words.percent(rest), x: x + 490, y: y, size: 21, anchor: .end, bold: true,
            colour: .indigo)
        drawing.text(words.believed, x: x + 390, y: top - 8, size: 15, anchor: .end, colour: .soft)
        drawing.text(words.truth, x: x + 490, y: top - 8, size: 15, anchor: .end, colour: .soft)
    }
}
