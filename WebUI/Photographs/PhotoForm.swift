import Participation
import Photographs

/// The form that hands photographs in, for any page of a meeting (partial `photo-form`, script
/// `photos.js`, styles `photos.css`). Without scripts it leads to the album.
struct PhotoForm: Sendable {
    let action: String
    /// What a photograph may belong to.
    let owners: [SessionOption]
    let caption: String
    let fileError: String?
    let captionError: String?
    /// What may be handed in, in a sentence.
    let limit: String
    let mostBytes: String
    let tooLarge: String

    /// What was chosen and refused without scripts.
    struct Refused: Sendable {
        var caption = ""
        var file: String?
        var about: String?

        var links: [PageFrame.ErrorLink] {
            [("file", file), ("caption", about)].compactMap { field, text in
                text.map { PageFrame.ErrorLink(text: $0, href: "#\(field)") }
            }
        }
    }

    /// `chosen` is what a photograph belongs to unless somebody chooses otherwise.
    init(
        _ meeting: Meeting, _ programme: Programme, chosen: RecordID, refused: Refused = Refused(),
        _ texts: Texts
    ) {
        action = Paths.photos(meeting.id)
        let whole = SessionOption(
            value: meeting.id.text, label: texts["photos.whole"], isSelected: chosen == meeting.id)
        let items = programme.items.enumerated().map { index, item in
            SessionOption(
                value: item.record.id.text, label: "\(index + 1). \(item.record.title)",
                isSelected: chosen == item.record.id)
        }
        owners = [whole] + items
        caption = refused.caption
        fileError = refused.file
        captionError = refused.about
        limit = texts("photos.limit", ["size": texts.size(PhotoLimits.uploadBytes)])
        mostBytes = String(PhotoLimits.uploadBytes)
        tooLarge = texts.sentence(PhotoRefusal.tooManyBytes)
    }
}

extension Texts {
    /// Why a photograph was not taken, and what to do.
    func sentence(_ refusal: PhotoRefusal) -> String {
        self("photos.refusal.\(refusal.rawValue)", ["size": size(PhotoLimits.uploadBytes)])
    }
}
