import HTTPTypes
import Participation
import Store
import Testing

/// The gallery asks again where a sticker names a missing means, and says why once.
struct GalleryTests {
    private static let stickers =
        Lines.place + """

            {"entity":"sticker","id":"s","event":"e","text":"көпүрө жок"}
            {"entity":"sticker","id":"t","event":"e","problem":"p","text":"трактор керек"}
            {"entity":"sticker","id":"u","event":"e","problem":"p","text":"жазында жол жабылат"}
            """

    @Test(arguments: [(AccountRole.facilitator, 3), (.viewer, 1)])
    func `each such sticker has a mark, the sentence stands under the line and in the dialog`(
        _ role: AccountRole, _ sentences: Int
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.stickers).isTaken)
            let token = try await office.token(role)
            let page = try await office.send(.get, "/events/e/gallery", token: token).text
            // Two stickers, and the sentences beside their own mark: one of them waits for typing.
            #expect(page.ranges(of: "sticker-mark").count == 2 + sentences)
            let sentence = "Бул жетишпеген нерсенин аты окшойт."
            #expect(page.ranges(of: sentence).count == sentences)
        }
    }

    @Test func `where no sticker names a missing means nothing is said under the line`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.viewer)
            let page = try await office.send(.get, "/events/e/gallery", token: token).text
            #expect(!page.contains("sticker-mark"))
        }
    }

    @Test func `without scripts, too, the seat goes along and on after its fifth sticker`()
        async throws
    {
        try await TestOffice.with { office in
            let four = (1...4).map {
                #"{"entity":"sticker","id":"s\#($0)","event":"e","text":"жол \#($0)","author":7}"#
            }
            let phone = #"{"entity":"sticker","id":"x","event":"e","text":"суу","author":8}"#
            let lines = ([Lines.place] + four + [phone]).joined(separator: "\n")
            #expect(try await office.take(lines).isTaken)
            let token = try await office.token(.facilitator)
            func type(_ fields: KeyValuePairs<String, String>, to path: String) async throws
                -> String?
            {
                try await office.form("/events/e/\(path)", fields, token: token).headers[.location]
            }
            let gallery = "/events/e/gallery"
            // Seat 8 is somebody else's already.
            let fifth = try await type(["text": "мост", "author": "7"], to: "stickers")
            #expect(fifth == "\(gallery)?seat=9")
            let next = try await type(
                ["text": "клуб", "author": "9", "problem": "p"], to: "stickers")
            #expect(next == "\(gallery)?column=p&seat=9")
            let none = try await type(["text": "ФАП", "author": ""], to: "stickers")
            #expect(none == gallery)
            let column = try await type(["title": "Жарык", "seat": "9"], to: "columns")
            #expect(column?.hasSuffix("&seat=9") == true)
            let page = try await office.send(.get, "\(gallery)?seat=9", token: token).text
            #expect(page.contains("data-seats=\"7:5 8:1 9:1\""))
            for wrong in ["0", "100001", "-1", "тогуз"] {
                let answer = try await office.form(
                    "/events/e/stickers", ["text": "жол", "author": wrong], token: token)
                #expect(answer.status == 422 && answer.text.contains("author-error"), "\(wrong)")
            }
        }
    }
}
