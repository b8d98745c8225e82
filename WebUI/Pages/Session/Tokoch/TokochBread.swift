import Participation
import Pictures

/// A round bread as the page shows it: the figure that the picture shows, and handles at the edges
/// of its slices.
struct TokochBread: Sendable {
    let label: String
    /// SVG.
    let figure: String
    let handles: [Handle]

    /// The edge between a slice and the next; where something is missing, the last one's too.
    struct Handle: Sendable {
        let slice: String
        let next: String
        let x: String
        let y: String
        let label: String
        let value: String
        let most: String
        let text: String
    }

    /// The bread that people divide.
    init(_ sheet: TokochSheet, isHandled: Bool, _ texts: Texts) {
        label = texts["tokoch.believed"]
        figure =
            BreadFigure(zip(sheet.slices, sheet.shares).map { ($0.id.text, $1) }).markup
        handles = isHandled ? Self.handles(sheet, texts) : []
    }

    /// The bread of the real budget.
    init(_ reality: TokochReality, _ sheet: TokochSheet, label: String) {
        self.label = label
        let shares = zip(sheet.slices, reality.shares).map { ($0.id.text, $1 ?? 0) }
        figure = BreadFigure(shares, rest: reality.rest).markup
        handles = []
    }

    private static func handles(_ sheet: TokochSheet, _ texts: Texts) -> [Handle] {
        var end = 0
        var found: [Handle] = []
        for (index, slice) in sheet.slices.enumerated() {
            end = min(TokochShares.whole, end + sheet.shares[index])
            let isLast = index == sheet.slices.count - 1
            let room = isLast ? max(0, sheet.missing) : sheet.shares[index + 1]
            guard !isLast || sheet.missing > 0 else { break }
            let next = isLast ? nil : sheet.slices[index + 1]
            let place = point(end)
            found.append(
                Handle(
                    slice: slice.id.text, next: next?.id.text ?? "", x: place.x, y: place.y,
                    label: texts(
                        next == nil ? "tokoch.handle.last" : "tokoch.handle.between",
                        ["a": slice.title, "b": next?.title ?? ""]),
                    value: VennDrawing.text(TokochShares.percent(sheet.shares[index])),
                    most: VennDrawing.text(TokochShares.percent(sheet.shares[index] + room)),
                    text: texts.share(sheet.shares[index])))
        }
        return found
    }

    private static func point(_ hundredths: Int) -> (x: String, y: String) {
        let point = Turn.point(Double(hundredths) / Double(TokochShares.whole))
        let radius = BreadFigure.radius
        return (coordinate(radius * point.x), coordinate(radius * point.y))
    }

    private static func coordinate(_ number: Double) -> String {
        JSON.number((number * 100).rounded() / 100).encoded
    }
}

extension Texts {
    /// Hundredths of a percent as people write them.
    func share(_ hundredths: Int) -> String {
        decimal(TokochShares.percent(hundredths)) + "\u{00A0}%"
    }

    /// A share of the real budget: nobody divides a budget in hundredths of a percent.
    func roundedShare(_ hundredths: Int) -> String {
        hundredths >= 1000 || hundredths == 0
            ? share((hundredths + 50) / 100 * 100) : share((hundredths + 5) / 10 * 10)
    }
}
