public import Participation

/// A Venn diagram of institutions: size is importance, nearness is cooperation. The kind of an
/// institution shows in its colour and in the line around it, satisfaction in a face.
public enum VennPicture {
    /// A circle with what is written on it.
    public struct Institution: Sendable {
        let circle: VennCircle
        let name: String
        let kind: InstitutionKind
        let satisfied: Bool?

        /// `satisfied` is nil where nobody asked.
        public init(
            _ circle: VennCircle, name: String, kind: InstitutionKind, satisfied: Bool?
        ) {
            (self.circle, self.name, self.kind) = (circle, name, kind)
            self.satisfied = satisfied
        }
    }

    /// The words around the circles.
    public struct Words: Sendable {
        let title: String
        let none: String
        let kinds: [InstitutionKind: String]
        let sizes: [Importance: String]
        let satisfied: String
        let unsatisfied: String
        let relations: [String]

        /// `none` is said where there are no circles, `relations` are what the picture says in
        /// sentences.
        public init(
            title: String, none: String, kinds: [InstitutionKind: String],
            sizes: [Importance: String], satisfied: String, unsatisfied: String,
            relations: [String]
        ) {
            (self.title, self.none, self.kinds, self.sizes) = (title, none, kinds, sizes)
            (self.satisfied, self.unsatisfied) = (satisfied, unsatisfied)
            self.relations = relations
        }
    }

    private static let head = 80.0
    private static let foot = 128.0

    /// The whole picture; `institutions` in the order in which they are drawn.
    public static func draw(_ institutions: [Institution], _ words: Words) -> String {
        let figure = VennFigure(institutions)
        let frame = figure.frame
        var drawing = Drawing(width: frame.width, height: frame.height + head + foot)
        drawing.text(words.title, x: 40, y: 52, size: 30, bold: true)
        if institutions.isEmpty {
            drawing.text(words.none, x: 40, y: head + 40, size: 24, colour: .soft)
        }
        drawing.openGroup(x: -frame.x, y: head - frame.y)
        figure.draw(on: &drawing)
        drawing.closeGroup()
        legend(words, y: frame.height + head, on: &drawing)
        return drawing.svg(
            title: words.title, description: words.relations.joined(separator: ". "))
    }

    private static func legend(_ words: Words, y: Double, on drawing: inout Drawing) {
        drawing.path(
            [(40, y + 8), (drawing.width - 40, y + 8)], closed: false, .init(stroke: .line))
        var x = 40.0
        for kind in InstitutionKind.allCases {
            VennFigure.drawSample(kind, x: x + 18, y: y + 40, on: &drawing)
            let text = words.kinds[kind] ?? ""
            drawing.text(text, x: x + 44, y: y + 46, size: 18)
            x += 74 + Lettering.width(text, size: 18)
        }
        x = 40
        for size in Importance.allCases {
            let radius = size.radius / 5
            drawing.circle(
                x: x + 20, y: y + 92, radius: radius, .init(stroke: .soft, width: 2))
            let text = words.sizes[size] ?? ""
            drawing.text(text, x: x + 48, y: y + 98, size: 18)
            x += 76 + Lettering.width(text, size: 18)
        }
        for (isSatisfied, text) in [(true, words.satisfied), (false, words.unsatisfied)] {
            VennFigure.drawFace(isSatisfied, x: x + 18, y: y + 92, on: &drawing)
            drawing.text(text, x: x + 42, y: y + 98, size: 18)
            x += 70 + Lettering.width(text, size: 18)
        }
    }
}
