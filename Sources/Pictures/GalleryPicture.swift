import Participation

/// The places of a problem gallery with their votes: a bar for each column.
public enum GalleryPicture {
    /// A column of the gallery. Equals share a place.
    public struct Row: Sendable {
        let place: Int
        let title: String
        let votes: Int
        let isPriority: Bool

        /// A column with its place among all.
        public init(place: Int, title: String, votes: Int) {
            (self.place, self.title, self.votes) = (place, title, votes)
            isPriority = place <= Ranking.priorities
        }
    }

    private static let width = 1200.0
    private static let rowHeight = 64.0
    private static let head = 84.0
    private static let titleWidth = 560.0
    private static let barStart = 680.0

    /// `rows` in the order of their places, `none` is said where there are none.
    public static func draw(_ rows: [Row], title: String, none: String) -> String {
        var drawing = Drawing(
            width: width, height: head + rowHeight * Double(max(1, rows.count)) + 20)
        drawing.text(title, x: 40, y: 52, size: 30, bold: true)
        if rows.isEmpty {
            drawing.text(none, x: 40, y: head + 32, size: 24, colour: .soft)
        }
        let most = max(1, rows.map(\.votes).max() ?? 1)
        for (index, row) in rows.enumerated() {
            draw(row, y: head + rowHeight * Double(index), most: most, on: &drawing)
        }
        let words = rows.map { "\($0.place). \($0.title): \($0.votes)" }
        return drawing.svg(title: title, description: words.joined(separator: "; "))
    }

    private static func draw(_ row: Row, y: Double, most: Int, on drawing: inout Drawing) {
        let middle = y + rowHeight / 2
        drawing.text(
            String(row.place), x: 76, y: middle + 9, size: 26, anchor: .end, bold: true,
            colour: row.isPriority ? .madder : .soft)
        let lines = Lettering.lines(row.title, size: 22, width: titleWidth, most: 2)
        let top = middle + 8 - Double(lines.count - 1) * 13
        for (index, line) in lines.enumerated() {
            drawing.text(line, x: 96, y: top + Double(index) * 26, size: 22)
        }
        let length = (width - barStart - 110) * Double(row.votes) / Double(most)
        drawing.rectangle(
            x: barStart, y: middle - 14, width: length, height: 28, round: 3,
            .init(fill: row.isPriority ? .indigo : .line))
        drawing.text(
            String(row.votes), x: barStart + length + 14, y: middle + 9, size: 26, bold: true)
    }
}
