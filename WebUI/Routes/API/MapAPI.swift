import Hummingbird
import Participation
import Pictures
import Store

/// The things of a resource map for its page, and the map as a picture.
enum MapAPI {
    /// Things that can be asked for by their ids at once.
    static let most = 200

    /// All things of a meeting's map, up to the limit, or those of the named ids; what is not
    /// there any more, or belongs to another meeting, is named as gone.
    static func features(_ visit: Visit) async throws -> Response {
        let event = try visit.id()
        let named = try ids(visit)
        let (records, hasMore) = try await visit.read { reader -> ([Record], Bool) in
            guard try reader.record(.event, event) != nil else {
                throw try reader.absence(.event, event)
            }
            guard let named else { return try all(event, reader) }
            let found = try reader.records(.mapFeature, named).values.filter {
                $0[Schema.mapFeature.event] == event
            }
            return (found.sorted { $0.id < $1.id }, false)
        }
        let here = Set(records.map(\.id))
        let gone = (named ?? []).filter { !here.contains($0) }
        let fields = Entity[.mapFeature].fields.filter {
            $0.name != Schema.mapFeature.event.name && visit.access.mayRead($0)
        }
        return Visit.json(
            .object([
                .init("features", .array(records.map { json($0, fields) })),
                .init("gone", .array(gone.map { .string($0.text) })),
                .init("more", .bool(hasMore)),
            ]))
    }

    private static func ids(_ visit: Visit) throws -> [RecordID]? {
        let texts = try visit.query().all("id")
        guard !texts.isEmpty else { return nil }
        let ids = texts.compactMap { RecordID($0) }
        guard ids.count == texts.count, ids.count <= most else { throw WebError.badRequest }
        return ids
    }

    /// The things of a map as far as they are shown, and whether there are more.
    static func all(_ event: RecordID, _ reader: Reader) throws -> ([Record], Bool) {
        let records = try reader.records(
            .mapFeature, where: Schema.mapFeature.event, is: event,
            limit: Limits.mapFeatures + 1)
        // Ids tell when they were made: what was drawn later lies above, on every laptop alike.
        let shown = records.prefix(Limits.mapFeatures).sorted { $0.id < $1.id }
        return (shown, records.count > Limits.mapFeatures)
    }

    /// A geometry stays the text it is: the page reads it, and the program need not.
    private static func json(_ record: Record, _ fields: [any AnyField]) -> JSON {
        let values = fields.compactMap { field in
            record.values[field.name].map { JSON.Member(field.name, JSON($0)) }
        }
        return .object([.init("id", .string(record.id.text))] + values)
    }

    /// `show` brings one filter's things to the front, `hide` leaves categories out, `with` lays
    /// maps of other meetings of the same village over it.
    static func picture(_ visit: Visit) async throws -> Response {
        let event = try visit.id()
        let query = try visit.query()
        let filter = try one(query["show"], MapFilter.init)
        let hidden = Set(try query.all("hide").map { try one($0, MapCategory.init) })
        let others = try others(query)
        let texts = visit.texts
        return try await visit.read { reader in
            PicturesAPI.svg(
                try draw(event, showing: filter, without: hidden, with: others, reader, texts))
        }
    }

    /// The map of a meeting as a picture.
    static func draw(
        _ event: RecordID, showing filter: MapFilter? = nil, without hidden: Set<MapCategory?> = [],
        with others: [RecordID] = [], hiding personal: PersonalTexts? = nil, _ reader: Reader,
        _ texts: Texts
    ) throws -> String {
        let material = try MapMaterial(event, reader)
        var hasMore = false
        var items: [MapPicture.Item] = []
        var layers: [String] = []
        for (layer, id) in ([event] + others).enumerated() {
            if layer > 0 { layers.append(try name(id, material, reader, texts)) }
            let (records, isCut) = try all(id, reader)
            hasMore = hasMore || isCut
            items += records.compactMap { record in
                guard !hidden.contains(record[Schema.mapFeature.category]) else { return nil }
                return (record[Schema.mapFeature.geometry].flatMap { MapShape($0) }).map {
                    MapPicture.Item(
                        record, $0, isFaint: filter.map { !$0.matches(record) } ?? false,
                        isNameless: personal?.isIn(record.title) ?? false, layer: layer)
                }
            }
        }
        let heading = material.meeting.heading(texts, hiding: personal)
        let words = words(heading, material, filter, layers, hasMore: hasMore, texts)
        return MapPicture.draw(items, words: words)
    }

    private static func one<Word>(
        _ text: String?, _ read: (String) -> Word?
    ) throws -> Word? {
        guard let text, !text.isEmpty else { return nil }
        guard let word = read(text) else { throw WebError.badRequest }
        return word
    }

    private static func others(_ query: FormData) throws -> [RecordID] {
        let texts = query.all("with")
        let ids = texts.compactMap { RecordID($0) }
        guard ids.count == texts.count, ids.count <= MapLayerLook.all.count else {
            throw WebError.badRequest
        }
        return ids
    }

    /// The name of a meeting that is laid over; only one of the same village can be.
    private static func name(
        _ id: RecordID, _ material: MapMaterial, _ reader: Reader, _ texts: Texts
    ) throws -> String {
        guard let event = try reader.record(.event, id) else {
            throw try reader.absence(.event, id)
        }
        guard let village = material.meeting.village?.id,
            event[Schema.event.village] == village
        else {
            throw WebError.refused([
                InputProblem(.danglingReference, field: "with", ["id": id.text])
            ])
        }
        return material.name(event, texts)
    }

    private static func words(
        _ heading: String, _ material: MapMaterial, _ filter: MapFilter?, _ layers: [String],
        hasMore: Bool, _ texts: Texts
    ) -> MapPicture.Words {
        let event = material.meeting.event
        let (category, condition) = (Schema.mapFeature.category, Schema.mapFeature.condition)
        let subtitle = [
            texts["map.title"], event[Schema.event.date].map { texts.date($0) },
            filter.map { texts["map.filter.\($0.rawValue)"] },
        ]
        var notes = [texts["map.picture.unmeasured"]]
        if hasMore {
            notes.append(texts("map.more", ["limit": texts.grouped(Limits.mapFeatures)]))
        }
        return MapPicture.Words(
            title: heading,
            subtitle: subtitle.compactMap(\.self).joined(separator: " · "),
            categories: names(category) { texts["map.category.\($0.rawValue)"] },
            conditions: names(condition) { texts.choice($0, condition, .mapFeature) },
            unknown: texts["map.unknown"], wished: texts["map.wished"],
            legend: texts["map.legend"], layers: layers,
            scale: texts("map.picture.scale", ["units": String(Int(MapPicture.scaleUnits))]),
            notes: notes)
    }

    private static func names<Words: Choice & Hashable>(
        _: Field<Words>, _ name: (Words) -> String
    ) -> [Words: String] {
        Dictionary(uniqueKeysWithValues: Words.allCases.map { ($0, name($0)) })
    }
}
