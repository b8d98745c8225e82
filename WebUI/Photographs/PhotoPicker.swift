import Participation
import Photographs
import Store

/// A piece of a form that chooses a photograph: one of an album, or a file that is handed in with
/// it (partial `photo-picker`). A form with it is sent as `multipart/form-data` and read by
/// ``PhotoIntake``; its script is `photo-picker.js`.
struct PhotoPicker: Sendable {
    /// The field with the id of the chosen attachment.
    let name: String
    /// What is chosen from.
    let photos: [Choice]
    /// Whom a new photograph belongs to.
    let owner: String
    let mayAdd: Bool
    let error: String?
    let mostBytes: String
    let tooLarge: String

    struct Choice: Sendable {
        let tile: PhotoTile
        let isChosen: Bool
    }

    /// The photographs of a meeting to choose from, `chosen` being the one that is used now.
    static func ofMeeting(
        _ event: RecordID, name: String, chosen: RecordID?, error: String? = nil, _ visit: Visit
    ) async throws -> PhotoPicker {
        let records = try await visit.read { try $0.photographs(of: event) }
        let album = PhotoAlbum(
            records, items: [], held: try await PhotoAlbum.held(records, visit.store))
        return PhotoPicker(
            name: name,
            photos: album.tiles(nil, visit.texts).map {
                Choice(tile: $0, isChosen: $0.id == chosen?.text)
            },
            owner: event.text, mayAdd: visit.access.mayWrite(.attachment), error: error,
            mostBytes: String(PhotoIntake.mostBytes),
            tooLarge: visit.texts.sentence(PhotoRefusal.tooManyBytes))
    }
}
