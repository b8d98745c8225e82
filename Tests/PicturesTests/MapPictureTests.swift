import Foundation
import Participation
import Pictures
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The resource map as a picture: whatever people drew or a laptop sent, it can be read as XML, has
/// its signs and names, and stays on its sheet.
struct MapPictureTests {
    private static func words(_ layers: [String] = [], notes: [String] = []) -> MapPicture.Words {
        .init(
            title: "Карта", subtitle: "2026", categories: [.water: "Суу", .service: "Кызмат"],
            conditions: [.needsRepair: "Оңдоо керек"], unknown: "Белгисиз", wished: "Болсо дешет",
            legend: "Белгилер", layers: layers, scale: "100 бирдик", notes: notes)
    }

    private static func item(
        _ geometry: String, _ values: [String: Value] = ["category": .text("water")],
        isFaint: Bool = false, layer: Int = 0
    ) throws -> MapPicture.Item {
        let id = try #require(RecordID("f"))
        let shape = try #require(MapShape(geometry), "\(geometry)")
        return MapPicture.Item(
            Record(.mapFeature, id, values), shape, isFaint: isFaint, layer: layer)
    }

    private static func isXML(_ svg: String) -> Bool { XMLParser(data: Data(svg.utf8)).parse() }

    @Test func `a thing has its sign, its name, its mark and its place in the legend`() throws {
        let svg = MapPicture.draw(
            [
                try Self.item(
                    #"{"type":"Point","coordinates":[500,350]}"#,
                    [
                        "category": .text("service"), "name": .text("Мектеп"),
                        "condition": .text("needsRepair"),
                    ]),
                try Self.item(#"{"type":"LineString","coordinates":[[0,0],[90,90]]}"#),
            ], words: Self.words())
        #expect(Self.isXML(svg))
        for word in [">Мектеп<", ">!<", ">Оңдоо керек<", ">Суу<", ">Кызмат<", ">100 бирдик<"] {
            #expect(svg.contains(word), "\(word)")
        }
        #expect(svg.contains(MapSign.of(.service).data))
        #expect(svg.contains("<desc>Суу: 1; Кызмат: 1</desc>"))
        #expect(!svg.contains("stroke-dasharray"))
    }

    @Test func `what is wished for is dashed, another meeting's is named and round`() throws {
        let wished = try Self.item(
            #"{"type":"Polygon","coordinates":[[[0,0],[90,0],[90,90],[0,0]]]}"#,
            ["category": .text("water"), "wished": .flag(true)])
        let svg = MapPicture.draw([wished], words: Self.words())
        #expect(svg.contains("stroke-dasharray") && svg.contains(">Болсо дешет<"))
        let other = try Self.item(#"{"type":"Point","coordinates":[1,1]}"#, layer: 1)
        let laid = MapPicture.draw([other], words: Self.words(["56+ жаш"]))
        #expect(laid.contains(">56+ жаш<"))
        #expect(laid.contains(#"stroke="\#(MapLayerLook.all[0].colour)""#))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\u{0}\u{FFFE}", "\"/><image href='x'/>", "&&&;",
        String(repeating: "узун аталыш ", count: 40),
    ])
    func `any name makes a picture that can be read`(_ name: String) throws {
        let item = try Self.item(
            #"{"type":"Point","coordinates":[500,350]}"#,
            ["category": .text("water"), "name": .text(name)])
        let svg = MapPicture.draw([item], words: Self.words([name], notes: [name]))
        #expect(Self.isXML(svg))
        #expect(!svg.contains("<script") && !svg.contains("<image"))
    }

    @Test(arguments: [
        "", "null", "[]", #"{"type":"Point"}"#, #"{"type":"Point","coordinates":["a","b"]}"#,
        #"{"type":"Point","coordinates":[1e7,0]}"#, #"{"type":"Point","coordinates":[1e999,0]}"#,
        #"{"type":"Point","coordinates":[NaN,0]}"#, #"{"type":"Polygon","coordinates":[]}"#,
        #"{"type":"Polygon","coordinates":[[[[1,2]]]]}"#, #"{"type":"Circle","coordinates":[1,2]}"#,
        #"{"type":"LineString","coordinates":5}"#,
    ])
    func `what is no geometry is no shape`(_ geometry: String) {
        #expect(MapShape(geometry) == nil)
    }

    @Test(arguments: [
        #"{"type":"LineString","coordinates":[[5,5]]}"#,
        #"{"type":"LineString","coordinates":[[5,5],[5,5]]}"#,
        #"{"type":"Polygon","coordinates":[[[0,0],[10,10]]]}"#,
        #"{"type":"Polygon","coordinates":[[[0,0],[0,0],[0,0],[0,0]]]}"#,
        #"{"type":"Point","coordinates":[-1000000,1000000]}"#,
        #"{"type":"MultiPoint","coordinates":[[-1e6,-1e6],[1e6,1e6],[3,3]]}"#,
        #"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9]]],[[[20,20],[29,20],[29,29]]]]}"#,
        #"{"type":"MultiLineString","coordinates":[[[0,0],[9,0]],[[1,1],[2,2]]]}"#,
    ])
    func `an odd geometry is drawn, and nothing lies outside the sheet's window`(
        _ geometry: String
    ) throws {
        let item = try Self.item(
            geometry, ["name": .text("Ысым"), "condition": .text("collapsing")])
        let svg = MapPicture.draw([item], words: Self.words())
        #expect(Self.isXML(svg))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(svg.contains(">Белгисиз<"))
        // The village stays as large as it can be: at most three sheets wide.
        #expect(svg.ranges(of: "<svg ").count == 2)
    }

    @Test func `a record without fields is shown as unknown`() throws {
        let svg = MapPicture.draw(
            [try Self.item(#"{"type":"Point","coordinates":[1,2]}"#, [:])], words: Self.words())
        #expect(Self.isXML(svg) && svg.contains(">Белгисиз<"))
    }

    @Test func `an empty map shows the whole legend`() {
        let svg = MapPicture.draw([], words: Self.words(notes: ["Өлчөнгөн эмес."]))
        #expect(Self.isXML(svg))
        for category in MapCategory.allCases {
            #expect(svg.contains(MapSign.of(category).data), "\(category)")
        }
        #expect(svg.contains("Өлчөнгөн эмес."))
    }

    @Test func `ten thousand things are drawn, their names never over each other`() throws {
        let items = try (0..<10_000).map { number in
            try Self.item(
                #"{"type":"Point","coordinates":[\#(number % 100 * 10),\#(number / 100 * 7)]}"#,
                ["category": .text("water"), "name": .text("Үй \(number)")])
        }
        let svg = MapPicture.draw(items, words: Self.words())
        #expect(Self.isXML(svg))
        #expect(svg.ranges(of: MapSign.of(.water).data).count >= 10_000)
        // There is hardly room for a name between so many signs, and never for all.
        #expect(svg.ranges(of: ">Үй ").count < 1500)
        #expect(svg.utf8.count < 8_000_000)
    }

    @Test func `what is not asked for steps back and loses its name`() throws {
        let values: [String: Value] = ["category": .text("water"), "name": .text("Булак")]
        let point = #"{"type":"Point","coordinates":[500,350]}"#
        let faint = MapPicture.draw(
            [try Self.item(point, values, isFaint: true)], words: Self.words())
        #expect(!faint.contains(">Булак<"))
        #expect(
            MapPicture.draw([try Self.item(point, values)], words: Self.words())
                .contains(">Булак<"))
    }

    @Test func `every category and condition has a sign of its own`() {
        let signs = MapCategory.allCases.map { MapSign.of($0) } + [.of(nil), .road]
        #expect(Set(signs.map(\.data)).count == signs.count)
        #expect(Set(MapCategory.allCases.map { MapSign.of($0).colour }).count == 9)
        #expect(Set(MapCondition.allCases.map(\.mark)).count == MapCondition.allCases.count)
    }
}
