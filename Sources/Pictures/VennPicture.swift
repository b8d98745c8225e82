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
        let circles = institutions.map(\.circle)
        let names = Dictionary(
            institutions.map { ($0.circle.id, $0.name) }, uniquingKeysWith: { a, _ in a })
        let labels = VennLabels.place(circles, names: names)
        let frame = VennFrame(circles, labels)
        var drawing = Drawing(width: frame.width, height: frame.height + head + foot)
        drawing.text(words.title, x: 40, y: 52, size: 30, bold: true)
        if institutions.isEmpty {
            drawing.text(words.none, x: 40, y: head + 40, size: 24, colour: .soft)
        }
        let (dx, dy) = (-frame.x, head - frame.y)
        for one in institutions {
            drawing.circle(
                x: one.circle.x + dx, y: one.circle.y + dy, radius: one.circle.radius,
                paint(one.kind))
        }
        for one in institutions {
            guard let satisfied = one.satisfied else { continue }
            let place = face(of: one.circle)
            draw(satisfied, x: place.x + dx, y: place.y + dy, on: &drawing)
        }
        for label in labels {
            for (index, line) in label.lines.enumerated() {
                drawing.text(
                    line, x: label.x + dx, y: label.y + dy + Double(index) * label.step,
                    size: label.size, anchor: .middle)
            }
        }
        legend(words, y: frame.height + head, on: &drawing)
        return drawing.svg(
            title: words.title, description: words.relations.joined(separator: ". "))
    }

    /// Where the face of a circle stands: on its edge, up and to the right.
    public static func face(of circle: VennCircle) -> (x: Double, y: Double) {
        (circle.x + circle.radius * 0.68, circle.y - circle.radius * 0.68)
    }

    /// The radius of a face.
    public static let faceRadius = 14.0

    /// The mouth of a face at the origin.
    public static func mouth(_ isSatisfied: Bool) -> [(x: Double, y: Double)] {
        (0...8).map { step in
            let along = Double(step) / 4 - 1
            let bow = (1 - along * along) * 5
            return (along * 6.5, isSatisfied ? 3 + bow : 9 - bow)
        }
    }

    private static func paint(_ kind: InstitutionKind) -> Drawing.Paint {
        switch kind {
        case .localGroup:
            Drawing.Paint(
                fill: .juniperGround, stroke: .juniper, width: 4, opacity: 0.78, dashes: [5, 6])
        case .localInstitution:
            Drawing.Paint(fill: .indigoGround, stroke: .indigo, width: 3, opacity: 0.78)
        case .outside:
            Drawing.Paint(
                fill: .ochreGround, stroke: .ochre, width: 3, opacity: 0.78, dashes: [16, 9])
        }
    }

    private static func draw(
        _ isSatisfied: Bool, x: Double, y: Double, on drawing: inout Drawing
    ) {
        let colour: Colour = isSatisfied ? .juniper : .madder
        let ground: Colour = isSatisfied ? .juniperGround : .madderGround
        drawing.circle(
            x: x, y: y, radius: faceRadius, .init(fill: ground, stroke: colour, width: 2.5))
        for side in [-4.5, 4.5] {
            drawing.circle(x: x + side, y: y - 4, radius: 2, .init(fill: colour))
        }
        drawing.path(
            mouth(isSatisfied).map { (x + $0.x, y + $0.y) }, closed: false,
            .init(stroke: colour, width: 2.5))
    }

    private static func legend(_ words: Words, y: Double, on drawing: inout Drawing) {
        drawing.path(
            [(40, y + 8), (drawing.width - 40, y + 8)], closed: false, .init(stroke: .line))
        var x = 40.0
        for kind in InstitutionKind.allCases {
            drawing.circle(x: x + 18, y: y + 40, radius: 16, paint(kind))
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
            draw(isSatisfied, x: x + 18, y: y + 92, on: &drawing)
            drawing.text(text, x: x + 42, y: y + 98, size: 18)
            x += 70 + Lettering.width(text, size: 18)
        }
    }
}
