import Participation
import Pictures

/// A Venn diagram as the page shows it: the circles, their names, and the part of the plane that
/// is seen.
struct VennDrawing: Sendable {
    let viewBox: String
    let width: String
    let height: String
    let title: String
    let circles: [Circle]

    struct Circle: Sendable {
        /// Empty where the circle is a picture only.
        let id: String
        let x: String
        let y: String
        let radius: String
        let kind: String
        let label: String
        let lines: [Line]
        let size: String
        let face: Face?
        let isHandled: Bool
    }

    struct Line: Sendable {
        let text: String
        let x: String
        let y: String
    }

    /// The face of an institution people were asked about, at its place beside the middle.
    struct Face: Sendable {
        let name: String
        let x: String
        let y: String
        let mouth: String
    }

    /// `isHandled` where the circles can be taken hold of.
    init(_ sheet: VennSheet, isHandled: Bool, _ texts: Texts) {
        let circles = sheet.diagram.circles
        let names = Dictionary(
            uniqueKeysWithValues: sheet.institutions.map { ($0.id, $0.title) })
        let labels = VennLabels.place(circles, names: names)
        let frame = VennFrame(circles, labels)
        viewBox = [frame.x, frame.y, frame.width, frame.height].map(Self.text)
            .joined(separator: " ")
        width = Self.text(frame.width)
        height = Self.text(frame.height)
        title = texts(
            "venn.picture.title",
            ["who": texts.choice(sheet.drawnBy, Schema.institution.drawnBy, .institution)])
        self.circles = zip(circles, labels).map { circle, label in
            Circle(circle, label, sheet[circle.id], isHandled: isHandled, texts)
        }
    }

    static func text(_ number: Double) -> String {
        JSON.number((number * 10).rounded() / 10).encoded
    }
}

extension VennDrawing.Circle {
    init(
        _ circle: VennCircle, _ label: VennLabel, _ record: Record?, isHandled: Bool,
        _ texts: Texts
    ) {
        let text = VennDrawing.text
        let satisfied = record?[Schema.institution.satisfied]
        id = circle.id.text
        x = text(circle.x)
        y = text(circle.y)
        radius = text(circle.radius)
        let kind = record?[Schema.institution.kind] ?? .localInstitution
        self.kind = kind.rawValue
        self.label = texts(
            "venn.circle",
            [
                "name": record?.title ?? "", "size": texts["venn.size.\(circle.size)"],
                "kind": texts.choice(kind, Schema.institution.kind, .institution),
                "satisfied": texts["venn.satisfied.\(VennPage.word(satisfied))"],
            ])
        lines = label.lines.enumerated().map { index, line in
            .init(
                text: line, x: text(label.x - circle.x),
                y: text(label.y - circle.y + Double(index) * label.step))
        }
        size = text(label.size)
        let place = VennPicture.face(of: circle)
        face = satisfied.map { isSatisfied in
            let points = VennPicture.mouth(isSatisfied).map { "\(text($0.x)) \(text($0.y))" }
            return VennDrawing.Face(
                name: isSatisfied ? "glad" : "sad", x: text(place.x - circle.x),
                y: text(place.y - circle.y), mouth: "M" + points.joined(separator: "L"))
        }
        self.isHandled = isHandled
    }
}
