import Participation
import Pictures
import Store

/// What a map's page is made of: the meeting, the photograph below, and other meetings of the same
/// village that drew maps too.
struct MapMaterial: Sendable {
    /// Meetings of a village that are looked through for maps.
    private static let lookedAt = 200

    let meeting: Meeting
    let others: [(event: Record, count: Int)]
    let photos: [Record]
    let underlay: Record?
    /// The first things, for a page without scripts.
    let first: [Record]

    init(_ id: RecordID, _ reader: Reader) throws {
        meeting = try Meeting(id, reader)
        others = try Self.others(meeting, reader)
        photos = try reader.records(
            .attachment, where: Schema.attachment.owner, is: id, limit: 500
        ).filter { $0[Schema.attachment.mediaType]?.hasPrefix("image/") == true }
        // Two laptops may each have laid a photograph below: the one laid last is seen on both.
        underlay = try reader.records(
            .mapUnderlay, where: Schema.mapUnderlay.event, is: id, limit: 100
        ).max { $0.id < $1.id }
        first = try reader.records(
            .mapFeature, where: Schema.mapFeature.event, is: id, limit: MapPage.listed)
    }

    /// The newest meetings of the same village that have a map, as many as can be told apart.
    private static func others(
        _ meeting: Meeting, _ reader: Reader
    ) throws -> [(event: Record, count: Int)] {
        guard let village = meeting.village?.id else { return [] }
        var found: [(event: Record, count: Int)] = []
        let events = try reader.records(
            .event, where: Schema.event.village, is: village, limit: lookedAt)
        for event in events.reversed()
        where event.id != meeting.id && found.count < MapLayerLook.all.count {
            let count = try reader.count(
                .mapFeature, where: Schema.mapFeature.event.name, is: event.id,
                atMost: Limits.mapFeatures + 1)
            if count > 0 { found.append((event, count)) }
        }
        return found.reversed()
    }

    /// What another meeting of this village is called: who met, and when.
    func name(_ event: Record, _ texts: Texts) -> String {
        let who =
            event[Schema.event.title] ?? Meeting.ageBand(event, texts)
            ?? event[Schema.event.audience] ?? Meeting.kind(event, texts)
        guard let date = event[Schema.event.date] else { return who }
        return "\(who), \(texts.date(date))"
    }
}

/// What people want to see on the map; the rest steps back.
enum MapFilter: String, CaseIterable, Sendable {
    case women, men, youth, children, repair, wished

    func matches(_ record: Record) -> Bool {
        switch self {
        case .women, .men, .youth, .children:
            record[Schema.mapFeature.usedBy]?.rawValue == rawValue
        case .repair: record[Schema.mapFeature.condition]?.isBad == true
        case .wished: record.has(Schema.mapFeature.wished)
        }
    }
}
