import Crypto
import Participation
import Pictures
import Store

/// The pictures that a method shows on the projector, finished as SVG: one line a method. They go
/// into `public.db` while the programme's item of that method goes on.
enum RoomPictures {
    typealias Draw = @Sendable (RecordID, Reader, Texts) throws -> String?

    static let all: [Method: Draw] = [
        .gallery: gallery,
        .map: { id, reader, texts in try MapAPI.draw(id, for: .hall, reader, texts) },
        .tokoch: { try TokochBoard($0, budget: nil, $1).picture(for: .hall, $2) },
        .venn: venn,
    ]

    /// The diagram that all drew together, else that of the women or the men.
    private static let venn: Draw = { id, reader, texts in
        let board = try VennBoard(id, .all, reader)
        let drawn = DrawnBy.allCases.map { board[$0] }.first { !$0.institutions.isEmpty }
        return VennBoard.picture(
            drawn ?? board.sheet, hiding: board.meeting.facts.personal, texts)
    }

    private static let gallery: Draw = { id, reader, texts in
        let board = try GalleryBoard(id, reader)
        let hidden = Set(
            board.meeting.facts.findings.filter { $0.rule == .r15 }.map(\.subject))
        let rows = board.ranked.map { column in
            GalleryPicture.Row(
                place: column.place,
                title: hidden.contains(column.id) ? "…" : column.record.title,
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
