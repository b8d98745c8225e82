import Participation
import Pictures

/// A round bread as the page draws it: slices with numbers, and handles at their edges. The middle
/// is at 0, the radius is 100.
struct TokochBread: Sendable {
    static let radius = 100.0

    let label: String
    let pieces: [Piece]
    /// The empty place of what is missing, or what lies over the bread where there is too much.
    let gap: String
    let surplus: String
    let handles: [Handle]

    struct Piece: Sendable {
        let key: String
        let path: String
        let colour: String
        let share: String
        let number: String
        let x: String
        let y: String
        let isRest: Bool
    }

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
        pieces = Self.pieces(
            zip(sheet.slices, sheet.shares).map { ($0.id.text, $1) }, hasRest: false)
        gap =
            sheet.missing > 0
            ? Self.path(from: sheet.total, to: TokochShares.whole) : ""
        surplus =
            sheet.missing < 0
            ? Self.path(from: 0, to: min(TokochShares.whole, -sheet.missing)) : ""
        handles = isHandled ? Self.handles(sheet, texts) : []
    }

    /// The bread of the real budget.
    init(_ reality: TokochReality, _ sheet: TokochSheet, label: String) {
        self.label = label
        let shares = zip(sheet.slices, reality.shares).map { ($0.id.text, $1 ?? 0) }
        pieces = Self.pieces(shares + [("rest", reality.rest)], hasRest: true)
        gap = ""
        surplus = ""
        handles = []
    }

    private static func pieces(
        _ shares: [(key: String, share: Int)], hasRest: Bool
    ) -> [Piece] {
        var start = 0
        return shares.enumerated().map { index, one in
            let end = min(TokochShares.whole, start + one.share)
            defer { start = end }
            let isRest = hasRest && index == shares.count - 1
            let middle = point((start + end) / 2, radius * 0.78)
            return Piece(
                key: one.key, path: path(from: start, to: end), colour: Palette.hex(index),
                share: String(one.share),
                // A number on a crumb would hide its neighbours.
                number: isRest || end - start < 150 ? "" : String(index + 1), x: middle.x,
                y: middle.y, isRest: isRest)
        }
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
            let place = point(end, radius)
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

    private static func point(_ hundredths: Int, _ radius: Double) -> (x: String, y: String) {
        let point = Turn.point(Double(hundredths) / Double(TokochShares.whole))
        return (coordinate(radius * point.x), coordinate(radius * point.y))
    }

    /// A slice's outline; a whole bread is two halves, because an arc cannot end where it begins.
    private static func path(from: Int, to: Int) -> String {
        guard to > from else { return "" }
        let r = coordinate(radius)
        let (start, end) = (point(from, radius), point(to, radius))
        if to - from >= TokochShares.whole {
            return "M0 -\(r)A\(r) \(r) 0 1 1 0 \(r)A\(r) \(r) 0 1 1 0 -\(r)Z"
        }
        let isLarge = to - from > TokochShares.whole / 2 ? "1" : "0"
        return "M0 0L\(start.x) \(start.y)A\(r) \(r) 0 \(isLarge) 1 \(end.x) \(end.y)Z"
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
