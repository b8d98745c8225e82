public import Participation

/// The circles of a Venn diagram, and over all of them their names and faces, for a picture and
/// for a page: each in a group of its own around the middle of its circle, so that a page can move
/// both.
public struct VennFigure: Sendable {
    /// The part of the plane it is seen in.
    public let frame: VennFrame
    private let institutions: [VennPicture.Institution]
    private let labels: [VennLabel]

    private static let faceRadius = 14.0

    /// The circles in the order in which they are drawn.
    public init(_ institutions: [VennPicture.Institution]) {
        let circles = institutions.map(\.circle)
        let names = Dictionary(
            institutions.map { ($0.circle.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        self.institutions = institutions
        labels = VennLabels.place(circles, names: names)
        frame = VennFrame(circles, labels)
    }

    /// The circles as SVG, in the diagram's own units.
    /// - Parameter hooks: What the page puts to the group of a circle.
    public func markup(_ hooks: (VennCircle) -> Drawing.Hooks) -> String {
        var drawing = Drawing()
        draw(on: &drawing, hooks)
        return drawing.markup
    }

    /// A small circle as the legend shows it, around the origin.
    public static func sample(_ kind: InstitutionKind) -> String {
        var drawing = Drawing()
        drawSample(kind, on: &drawing)
        return drawing.markup
    }

    /// A face around the origin.
    public static func face(_ isSatisfied: Bool) -> String {
        var drawing = Drawing()
        drawFace(isSatisfied, x: 0, y: 0, on: &drawing)
        return drawing.markup
    }

    func draw(on drawing: inout Drawing, _ hooks: (VennCircle) -> Drawing.Hooks = { _ in [] }) {
        for one in institutions {
            let circle = one.circle
            drawing.openGroup(
                x: circle.x, y: circle.y, [("class", "venn-circle")] + hooks(circle))
            drawing.circle(x: 0, y: 0, radius: circle.radius, Self.paint(one.kind))
            drawing.closeGroup()
        }
        for (one, label) in zip(institutions, labels) {
            let circle = one.circle
            let id = circle.id.text
            drawing.openGroup(
                x: circle.x, y: circle.y,
                [
                    ("class", "venn-label"), ("data-key", "name-\(id)"), ("data-name-of", id),
                    ("aria-hidden", "true"),
                ])
            if let satisfied = one.satisfied {
                // On its edge, up and to the right.
                let reach = circle.radius * 0.68
                Self.drawFace(satisfied, x: reach, y: -reach, on: &drawing)
            }
            for (index, line) in label.lines.enumerated() {
                drawing.text(
                    line, x: label.x - circle.x,
                    y: label.y - circle.y + Double(index) * label.step, size: label.size,
                    anchor: .middle)
            }
            drawing.closeGroup()
        }
    }

    static func drawSample(
        _ kind: InstitutionKind, x: Double = 0, y: Double = 0, on drawing: inout Drawing
    ) {
        drawing.circle(x: x, y: y, radius: 16, paint(kind))
    }

    static func drawFace(
        _ isSatisfied: Bool, x: Double, y: Double, on drawing: inout Drawing
    ) {
        let colour: Colour = isSatisfied ? .juniper : .madder
        let ground: Colour = isSatisfied ? .juniperGround : .madderGround
        drawing.openGroup(
            x: x, y: y, [("class", isSatisfied ? "face face-glad" : "face face-sad")])
        drawing.circle(
            x: 0, y: 0, radius: faceRadius, .init(fill: ground, stroke: colour, width: 2.5))
        for side in [-4.5, 4.5] {
            drawing.circle(x: side, y: -4, radius: 2, .init(fill: colour))
        }
        drawing.path(mouth(isSatisfied), closed: false, .init(stroke: colour, width: 2.5))
        drawing.closeGroup()
    }

    private static func mouth(_ isSatisfied: Bool) -> [(x: Double, y: Double)] {
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
                fill: .juniperGround, stroke: .juniper, width: 4, opacity: 0.78, dashes: [5, 6],
                name: "shape")
        case .localInstitution:
            Drawing.Paint(
                fill: .indigoGround, stroke: .indigo, width: 3, opacity: 0.78, name: "shape")
        case .outside:
            Drawing.Paint(
                fill: .ochreGround, stroke: .ochre, width: 3, opacity: 0.78, dashes: [16, 9],
                name: "shape")
        }
    }
}
