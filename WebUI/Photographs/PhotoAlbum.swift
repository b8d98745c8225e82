import Participation
import Store

/// The photographs of a meeting by the record they belong to.
struct PhotoAlbum: Sendable {
    /// The meeting's own, and those of agenda items that are not there any more, under nil.
    let byItem: [RecordID?: [Record]]
    /// Files that are on this laptop.
    private let held: Set<String>

    /// Reads the photographs of a meeting with these agenda items.
    static func read(
        _ event: RecordID, items: [RecordID], _ visit: Visit
    ) async throws -> PhotoAlbum {
        let records = try await visit.read { try $0.photographs(of: event) }
        return PhotoAlbum(records, items: items, held: try await held(records, visit.store))
    }

    /// Which of some attachments' files are on this laptop.
    static func held(_ records: [Record], _ store: Store) async throws -> Set<String> {
        let hashes = Set(records.compactMap { $0[Schema.attachment.sha256] })
        return try await store.withBlobs { blobs in
            hashes.filter { BlobHash($0).map(blobs.contains) ?? false }
        }
    }

    init(_ records: [Record], items: [RecordID], held: Set<String>) {
        let items = Set(items)
        self.held = held
        byItem = Dictionary(grouping: records) { record in
            record[Schema.attachment.owner].flatMap { items.contains($0) ? $0 : nil }
        }
    }

    var count: Int { byItem.values.reduce(0) { $0 + $1.count } }

    /// The photographs of an agenda item, or of none.
    func tiles(_ item: RecordID?, _ texts: Texts) -> [PhotoTile] {
        (byItem[item] ?? []).map { PhotoTile($0, isHere: isHere($0), texts) }
    }

    private func isHere(_ record: Record) -> Bool {
        record[Schema.attachment.sha256].map { held.contains($0) } ?? false
    }
}

/// A photograph as pages show it.
struct PhotoTile: Sendable {
    let id: String
    let href: String
    let caption: String?
    /// What a screen reader says.
    let alt: String
    /// When it was taken.
    let taken: String?
    let owner: String
    let isHere: Bool
    let size: String

    init(_ record: Record, isHere: Bool, _ texts: Texts) {
        caption = record[Schema.attachment.caption]
        taken = PhotoTime.taken(record).map { texts.moment(milliseconds: $0) }
        id = record.id.text
        href = Paths.photo(record)
        let plain = taken.map { texts("photos.plainTaken", ["moment": $0]) }
        alt = caption ?? plain ?? texts["photos.plain"]
        owner = record[Schema.attachment.owner]?.text ?? ""
        self.isHere = isHere
        size = record[Schema.attachment.size].map { texts.size($0) } ?? ""
    }
}

extension Paths {
    static func photos(_ event: RecordID) -> String { "/events/\(event)/photos" }

    /// A photograph's picture. Its address names the bytes: a browser may keep them for good.
    static func photo(_ record: Record) -> String {
        let version = (record[Schema.attachment.sha256] ?? "").prefix(12)
        return "/photos/\(record.id)?v=\(version)"
    }
}
