import HTTPTypes
import Hummingbird
import Participation
import Photographs
import Store

/// The photographs of a meeting, by agenda item: handed in as files, from a phone, or taken by
/// the laptop's camera. For people who log in: photographs show people.
struct PhotosPage: PageModel {
    static let template = "photos"

    let session: SessionHead
    let form: PhotoForm
    let sections: [Section]
    let isEmpty: Bool
    let summary: String?

    struct Section: Sendable {
        let key: String
        let name: String
        let number: String?
        let photos: [PhotoTile]
    }

    /// What the page is made from.
    struct Material: Sendable {
        let meeting: Meeting
        let programme: Programme
        let album: PhotoAlbum

        var items: [RecordID] { programme.items.map(\.record.id) }

        /// The meeting or one of its agenda items by its id; the meeting for anything else.
        func owner(_ text: String) -> RecordID {
            items.first { $0.text == text } ?? meeting.id
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let chosen = try visit.query().id("item")
        let material = try await read(visit)
        return try await visit.page(
            PhotosPage(material, owner: material.owner(chosen?.text ?? ""), visit))
    }

    static func read(_ visit: Visit) async throws -> Material {
        guard visit.access.mayRead(.attachment) else { throw WebError.forbidden }
        let id = try visit.id()
        let (meeting, programme) = try await visit.read { reader in
            let meeting = try Meeting(id, reader)
            return (meeting, try Programme(meeting, reader))
        }
        let album = try await PhotoAlbum.read(
            id, items: programme.items.map(\.record.id), visit)
        return Material(meeting: meeting, programme: programme, album: album)
    }

    /// Takes one photograph from the form.
    static func add(_ visit: Visit) async throws -> Response {
        let material = try await read(visit)
        let intake = try PhotoIntake(visit)
        defer { intake.file.remove() }
        var about = PhotoIntake.About([:], owner: material.meeting.id.text)
        do {
            about = try await intake.readForm(owner: material.meeting.id.text)
            about.owner = material.owner(about.owner).text
            let receipt = try await intake.keep(about)
            return visit.redirect(
                Paths.photos(material.meeting.id), flash: "photos.added", commit: receipt.commit)
        } catch let refusal as PhotoRefusal {
            let text = visit.texts.sentence(refusal)
            return try await again(material, about, PhotoForm.Refused(file: text), visit)
        } catch WebError.refused(let problems) {
            let text = problems.map(visit.texts.sentence).joined(separator: " ")
            return try await again(material, about, PhotoForm.Refused(about: text), visit)
        }
    }

    private static func again(
        _ material: Material, _ about: PhotoIntake.About, _ refused: PhotoForm.Refused,
        _ visit: Visit
    ) async throws -> Response {
        var refused = refused
        refused.caption = about.caption
        let page = PhotosPage(
            material, owner: material.owner(about.owner), refused: refused, visit)
        return try await visit.page(
            page, at: Paths.photos(material.meeting.id), errors: refused.links,
            status: .unprocessableContent)
    }

    /// `owner` is what new photographs belong to.
    private init(
        _ material: Material, owner: RecordID, refused: PhotoForm.Refused = .init(),
        _ visit: Visit
    ) {
        let texts = visit.texts
        session = SessionHead(material.meeting, on: .photos, visit)
        form = PhotoForm(
            material.meeting, material.programme, chosen: owner, refused: refused, texts)
        let items = material.programme.items.enumerated().map { index, item in
            Section(
                key: item.record.id.text, name: item.record.title, number: String(index + 1),
                photos: material.album.tiles(item.record.id, texts))
        }
        let whole = Section(
            key: "whole", name: texts["photos.whole"], number: nil,
            photos: material.album.tiles(nil, texts))
        sections = (items + [whole]).filter { !$0.photos.isEmpty }
        isEmpty = sections.isEmpty
        let missing = sections.flatMap(\.photos).count { !$0.isHere }
        let count = ["count": String(material.album.count), "missing": String(missing)]
        summary =
            isEmpty ? nil : texts(missing > 0 ? "photos.summaryMissing" : "photos.summary", count)
    }
}
