import Foundation
import Participation
import Pictures
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The Venn diagram and the Tokoch as pictures.
struct MethodPictureTests {
    private static let hostile = [
        "</text><script>alert(1)</script>", "\u{1}\u{8}&<\">'", "]]>", "😀 ң ө ү",
        String(repeating: "ө", count: 500), "",
    ]

    private static func id(_ number: Int) -> RecordID {
        guard let id = RecordID("i\(number)") else { preconditionFailure("an id of the tests") }
        return id
    }

    private static let words = VennPicture.Words(
        title: "Венн <диаграммасы>", none: "Бош", kinds: [.outside: "Сырткы"], sizes: [:],
        satisfied: "ыраазы", unsatisfied: "ыраазы эмес", relations: ["АӨ – мектеп: чогуу"])

    private static func venn(_ names: [String]) -> String {
        let circles = names.indices.map {
            VennCircle(
                id: id($0), size: Importance.allCases[$0 % 3], x: Double($0 % 5) * 150,
                y: Double($0 / 5) * 130)
        }
        return VennPicture.draw(
            zip(circles, names).map {
                .init($0, name: $1, kind: .outside, satisfied: $0.x > 200 ? true : nil)
            }, words)
    }

    @Test func `hostile names make pictures that can be read`() {
        let tokoch = TokochPicture.draw(
            Self.hostile.map { .init(name: $0, share: 2000, real: -5) }, rest: 70_000,
            .init(
                title: Self.hostile[0], none: "–", believed: Self.hostile[1], real: "]]>",
                truth: "<i>",
                rest: "&", balance: "<b>", percent: { "\($0)" }))
        for picture in [Self.venn(Self.hostile), tokoch, Self.venn([])] {
            #expect(XMLParser(data: Data(picture.utf8)).parse())
            #expect(!picture.contains("<script"))
        }
        #expect(Self.venn([]).contains("Бош"))
    }

    @Test func `figures for pages escape names and what they are found by`() {
        let circles = Self.hostile.indices.map {
            VennCircle(id: Self.id($0), size: .large, x: Double($0) * 300, y: 0)
        }
        let venn = VennFigure(
            zip(circles, Self.hostile).map {
                .init($0, name: $1, kind: .localGroup, satisfied: false)
            }
        ).markup { _ in [("aria-label", "\" onload=\"alert(1)<script>")] }
        let bread = BreadFigure(Self.hostile.map { ($0, 2000) }, rest: 1).markup
        for figure in [venn, bread] {
            #expect(XMLParser(data: Data("<svg>\(figure)</svg>".utf8)).parse())
            #expect(!figure.contains("<script") && !figure.contains(" onload=\""))
        }
    }

    @Test func `a bread has room for what is missing, and shows what is too much`() {
        func outline(_ hook: String, _ shares: [Int]) -> String {
            let figure = BreadFigure(shares.map { ("x", $0) }).markup
            let path = figure.components(separatedBy: "<path ").first { $0.contains(hook) } ?? ""
            return path.components(separatedBy: " d=\"").last?.prefix { $0 != "\"" }.description
                ?? ""
        }
        #expect(outline("data-gap", [7500]) == "M0 0L-100 0A100 100 0 0 1 0 -100Z")
        #expect(outline("data-gap", [7500, 2500]) == "")
        #expect(outline("data-surplus", [7500, 2500]) == "")
        #expect(outline("data-surplus", [7500, 5000]) == "M0 0L0 -100A100 100 0 0 1 100 0Z")
        #expect(outline("data-gap", []).contains("0 1 1 0 100A"))
        #expect(BreadFigure([("x", 100)]).markup.contains("visibility=\"hidden\""))
    }

    @Test func `circles say their names, what they are to each other, and who is satisfied`() {
        let picture = Self.venn(["Айыл өкмөтү", "Мектеп", "ФАП", "Мечит"])
        for word in ["Айыл", "өкмөтү", ">Мектеп<", ">ФАП<", "АӨ – мектеп: чогуу", ">ыраазы эмес<"] {
            #expect(picture.contains(word), "\(word)")
        }
        // Four circles, and in the legend three kinds, three sizes, two faces of three; two of the
        // four have a face.
        #expect(picture.ranges(of: "<circle").count == 4 + 3 + 3 + 6 + 6)
    }

    @Test func `names stand inside their circles and not over each other where there is room`() {
        let circles = (0..<15).map {
            VennCircle(
                id: Self.id($0), size: Importance.allCases[$0 % 3], x: Double($0 % 5) * 230,
                y: Double($0 / 5) * 230)
        }
        let names = ["Айыл өкмөтү", "Ветеринардык тейлөө кызматы", "Аксакалдар соту", "ФАП"]
        let labels = VennLabels.place(
            circles,
            names: Dictionary(
                uniqueKeysWithValues: circles.enumerated().map { ($1.id, names[$0 % 4]) }))
        #expect(labels.count == 15)
        for (index, label) in labels.enumerated() {
            #expect(label.lines.joined(separator: " ") == names[index % 4])
            let circle = circles[index]
            let width = label.lines.map { Lettering.width($0, size: label.size) }.max() ?? 0
            let isInside = abs(label.x - circle.x) < 1 && width <= 2 * circle.radius
            let isFree = circles.allSatisfy { $0.id == circle.id || $0.distance(to: circle) > 200 }
            #expect(isFree && (isInside || index % 4 == 1), "\(names[index % 4])")
        }
        let crowd = (0..<300).map {
            VennCircle(id: Self.id($0), size: .small, x: Double($0), y: 0)
        }
        #expect(VennLabels.place(crowd, names: [:]).count == 300)
    }

    @Test func `a bread shows every slice with its number and both shares`() {
        let words = TokochPicture.Words(
            title: "Токоч", none: "Бош", believed: "Элдин оюнча", real: "2026-жыл",
            truth: "чынында",
            rest: "Калганы",
            balance: nil, percent: { "\($0 / 100) %" })
        let picture = TokochPicture.draw(
            [
                .init(name: "Мектеп", share: 3000, real: 5400),
                .init(name: "Жол", share: 7000, real: nil),
            ],
            rest: 4600, words)
        for word in [">Мектеп<", ">30 %<", ">54 %<", ">70 %<", ">46 %<", ">–<", "2026-жыл"] {
            #expect(picture.contains(word), "\(word)")
        }
        let alone = TokochPicture.draw([.init(name: "Жол", share: 9000, real: nil)], rest: 0, words)
        #expect(!alone.contains("2026-жыл") && alone.contains(">90 %<"))
        #expect(TokochPicture.draw([], rest: 0, words).contains("Бош"))
        // Twenty slices of different colours.
        #expect(Set((0..<20).map(Palette.hex)).count == 20)
    }
}
