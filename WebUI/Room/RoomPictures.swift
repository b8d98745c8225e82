import Crypto
import Participation
import Pictures
import Store

/// The pictures that a method shows on the projector, finished as SVG: one line a method. They go
/// into `public.db` while the programme's item of that method goes on.
enum RoomPictures {
    /// Draws a meeting's picture without what R15 keeps from the hall.
    typealias Draw = @Sendable (RecordID, PersonalTexts, Reader, Texts) throws -> String?

    static let all: [Method: Draw] = [
        .gallery: gallery,
        .map: { try MapAPI.draw($0, hiding: $1, $2, $3) },
        .tokoch: { try TokochBoard($0, budget: nil, $2).picture(hiding: $1, $3) },
        .venn: venn,
    ]

    private static let venn: Draw = { id, personal, reader, texts in
        VennBoard.picture(try VennBoard(id, nil, reader).sheet, hiding: personal, texts)
    }

    private static let gallery: Draw = { id, personal, reader, texts in
        let board = try GalleryBoard(id, reader)
        let rows = board.ranked.map { column in
            GalleryPicture.Row(
                place: column.place,
                title: personal.shown(column.record.title),
                votes: column.votes)
        }
        return GalleryPicture.draw(
            rows, title: texts["gallery.title"], none: texts["gallery.ranking.none"])
    }

    /// A short word that is another one for another picture.
    static func mark(_ svg: String) -> String {
        SHA256.hash(data: Array(svg.utf8)).prefix(6).map {
            ($0 < 16 ? "0" : "") + String($0, radix: 16)
        }.joined()
    }
}
