import Participation

/// A round bread cut into slices, for a picture and for a page: its middle is at the origin, the
/// radius of what is cut is 100. What is missing to a whole bread is an empty place, what is too
/// much lies over it.
public struct BreadFigure: Sendable {
    /// The radius of what is cut; the crust lies around it.
    public static let radius = 100.0
    static let crust = 112.0
    /// No slice has this key.
    private static let restKey = ""
    /// A number on a smaller slice would hide its neighbours; hundredths of a percent.
    private static let crumb = 150

    private let pieces: [Piece]
    private let total: Int

    private struct Piece {
        let key: String
        let from: Int
        let to: Int
        let share: Int
    }

    /// Slices by the key that a page knows them by, with shares in hundredths of a percent;
    /// `rest` is what belongs to none of them.
    public init(_ shares: [(key: String, share: Int)], rest: Int = 0) {
        var start = 0
        let all = rest > 0 ? shares + [(Self.restKey, rest)] : shares
        pieces = all.map { one in
            // What is more than a whole bread has no place on it.
            let end = min(TokochShares.whole, start + max(0, one.share))
            defer { start = end }
            return Piece(key: one.key, from: start, to: end, share: one.share)
        }
        total = all.reduce(0) { $0 + max(0, $1.share) }
    }

    /// The bread as SVG, with what the page's script needs to move the edges.
    public var markup: String {
        var drawing = Drawing()
        draw(on: &drawing)
        return drawing.markup
    }

    func draw(on drawing: inout Drawing) {
        drawing.circle(
            x: 0, y: 0, radius: Self.crust, .init(fill: .felt, stroke: .ochreMark, width: 1.5))
        drawing.circle(x: 0, y: 0, radius: Self.radius, .init(fill: .card, name: "crumb"))
        for (index, piece) in pieces.enumerated() {
            let fill = piece.key == Self.restKey ? Colour.sunk : Palette.slice(index)
            slice(
                piece.from, piece.to, .init(fill: fill, stroke: .ink, width: 0.8),
                [("data-piece", piece.key), ("data-share", String(piece.share))], on: &drawing)
        }
        slice(
            total, TokochShares.whole,
            .init(fill: .card, stroke: .madder, width: 1.2, dashes: [4, 3]), [("data-gap", "")],
            on: &drawing)
        slice(
            0, min(TokochShares.whole, total - TokochShares.whole),
            .init(fill: .madder, stroke: .madder, width: 1.6, opacity: 0.35, dashes: [4, 3]),
            [("data-surplus", "")], on: &drawing)
        for (index, piece) in pieces.enumerated() where piece.key != Self.restKey {
            let point = Turn.point(Self.turn((piece.from + piece.to) / 2))
            let isCrumb = piece.to - piece.from < Self.crumb
            drawing.text(
                String(index + 1), x: Self.radius * 0.78 * point.x,
                y: Self.radius * 0.78 * point.y, size: 10, anchor: .middle, bold: true,
                [("data-number", piece.key), ("dy", "0.35em")]
                    + (isCrumb ? [("visibility", "hidden")] : []))
        }
    }

    private func slice(
        _ from: Int, _ to: Int, _ paint: Drawing.Paint, _ hooks: Drawing.Hooks,
        on drawing: inout Drawing
    ) {
        drawing.slice(
            radius: Self.radius, from: Self.turn(from), to: Self.turn(to), paint, hooks)
    }

    private static func turn(_ hundredths: Int) -> Double {
        Double(hundredths) / Double(TokochShares.whole)
    }
}
