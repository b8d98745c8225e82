import Foundation
import Participation
import Pictures
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A picture is XML whatever people wrote, and its text stays within its lines.
struct DrawingTests {
    @Test(arguments: [
        "көчө & «жол» <script>alert(1)</script>", "\u{1}\u{8}жол\u{FFFE}", "a\"b'c", "]]>",
        "😀 ң ө ү",
    ])
    func `any text makes a picture that can be read`(_ words: String) throws {
        let svg = GalleryPicture.draw(
            [.init(place: 1, title: words, votes: 3)], title: words, none: "–")
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse())
        #expect(!svg.contains("<script"))
    }

    @Test func `a gallery shows every column with its place and votes`() {
        let svg = GalleryPicture.draw(
            [
                .init(place: 1, title: "Таза суу", votes: 12),
                .init(place: 2, title: "Ички жол", votes: 7),
            ], title: "Галерея", none: "–")
        for word in [">Таза суу<", ">12<", ">Ички жол<", ">7<", "<title>Галерея</title>"] {
            #expect(svg.contains(word), "\(word)")
        }
        #expect(GalleryPicture.draw([], title: "Галерея", none: "Азырынча бош").contains("бош"))
    }

    @Test func `lines are broken between words, long words between letters, the rest is cut`() {
        let text = "Мектепке барган жолдун көпүрөсү кыйрап калган"
        let lines = Lettering.lines(text, size: 20, width: 200, most: 9)
        #expect(lines.joined(separator: " ") == text)
        #expect(lines.allSatisfy { Lettering.width($0, size: 20) <= 200 })
        let cut = Lettering.lines(text, size: 20, width: 200, most: 2)
        #expect(cut.count == 2 && cut[1].hasSuffix("…"))
        let long = Lettering.lines(
            String(repeating: "ө", count: 10_000), size: 20, width: 200, most: 3)
        #expect(long.count == 3)
        #expect(long.allSatisfy { Lettering.width($0, size: 20) <= 200 })
    }
}
