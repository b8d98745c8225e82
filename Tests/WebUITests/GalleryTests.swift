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
}
