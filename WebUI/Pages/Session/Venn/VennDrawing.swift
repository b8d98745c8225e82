import Participation
import Pictures

/// A Venn diagram as the page shows it: the figure that the picture shows, with the part of the
/// plane that is seen, and with what hands and keys need to take hold of a circle.
struct VennDrawing: Sendable {
    let viewBox: String
    let width: String
    let height: String
    let title: String
    /// SVG.
    let circles: String

    /// `isHandled` where the circles can be taken hold of.
    init(_ sheet: VennSheet, isHandled: Bool, _ texts: Texts) {
        let figure = VennFigure(VennBoard.drawn(sheet))
        let frame = figure.frame
        viewBox = [frame.x, frame.y, frame.width, frame.height].map(Self.text)
            .joined(separator: " ")
        width = Self.text(frame.width)
        height = Self.text(frame.height)
        title = texts(
            "venn.picture.title",
            ["who": texts.choice(sheet.drawnBy, Schema.institution.drawnBy, .institution)])
        circles = figure.markup {
            isHandled ? Self.hooks($0, sheet, texts) : [("data-key", $0.id.text)]
        }
    }

    static func text(_ number: Double) -> String {
        JSON.number((number * 10).rounded() / 10).encoded
    }

    private static func hooks(
        _ circle: VennCircle, _ sheet: VennSheet, _ texts: Texts
    ) -> Drawing.Hooks {
        let id = circle.id.text
        return [
            ("data-key", id), ("id", "circle-\(id)"), ("data-institution", id),
            ("data-x", text(circle.x)), ("data-y", text(circle.y)),
            ("data-radius", text(circle.radius)), ("tabindex", "0"), ("role", "button"),
            ("aria-label", label(circle, sheet, texts)), ("aria-describedby", "venn-keys"),
        ]
    }

    private static func label(
        _ circle: VennCircle, _ sheet: VennSheet, _ texts: Texts
    ) -> String {
        let record = sheet[circle.id]
        let kind = record?[Schema.institution.kind] ?? .localInstitution
        let satisfied = VennPage.word(record?[Schema.institution.satisfied])
        return texts(
            "venn.circle",
            [
                "name": record?.title ?? "", "size": texts["venn.size.\(circle.size)"],
                "kind": texts.choice(kind, Schema.institution.kind, .institution),
                "satisfied": texts["venn.satisfied.\(satisfied)"],
            ])
    }
}

/// A line of the legend beside the diagram.
struct VennKey: Sendable {
    /// SVG around the origin.
    let sample: String
    let label: String

    static func all(_ texts: Texts) -> [VennKey] {
        let kinds = InstitutionKind.allCases.map { kind in
            VennKey(
                sample: VennFigure.sample(kind),
                label: texts.choice(kind, Schema.institution.kind, .institution))
        }
        return kinds + [
            VennKey(sample: VennFigure.face(true), label: texts["venn.legend.glad"]),
            VennKey(sample: VennFigure.face(false), label: texts["venn.legend.sad"]),
        ]
    }
}
