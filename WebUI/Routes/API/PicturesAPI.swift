import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Pictures
import Store

/// What a meeting made, as pictures: the ones that pages, documents and the projector show.
enum PicturesAPI {
    static func add(to desk: Desk) {
        desk.get("/api/v1/events/:id/gallery.svg", gallery)
        desk.get("/api/v1/events/:id/venn.svg", venn)
        desk.get("/api/v1/events/:id/tokoch.svg", tokoch)
        desk.get("/api/v1/events/:id/map.svg", MapAPI.picture)
    }

    private static func gallery(_ visit: Visit) async throws -> Response {
        let board = try await GalleryPage.read(visit)
        let rows = board.ranked.map {
            GalleryPicture.Row(place: $0.place, title: $0.record.title, votes: $0.votes)
        }
        return svg(
            GalleryPicture.draw(
                rows, title: visit.texts["gallery.title"],
                none: visit.texts["gallery.ranking.none"]))
    }

    /// A picture as an answer. Opened by itself it may load nothing and run nothing.
    static func svg(_ picture: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: picture)))
    }
}
