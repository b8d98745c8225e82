import Hummingbird
import Participation
import Pictures
import Store

/// The resource map: the sheet, what to draw with, and what lies beside and below it. The things
/// drawn come by themselves (``MapAPI``); a page of ten thousand is as light as an empty one.
struct MapPage: PageModel {
    static let template = "map"
    /// Things listed where there are no scripts; the rest stands in the list of records.
    static let listed = 200

    let session: SessionHead
    let mayDraw: Bool
    let width: String
    let height: String
    let limit: String
    let geometryBytes: String
    let categories: [Category]
    let conditions: [Condition]
    let users: [SessionChoice]
    let filters: [SessionChoice]
    let problems: [SessionChoice]
    let hasLayers: Bool
    let layers: [Layer]
    let photos: [SessionChoice]
    let hasPhotos: Bool
    let underlay: Underlay
    let road: String
    let picture: String
    let fullList: String
    let plain: [PlainRow]

    struct Category: Sendable {
        let value: String
        let label: String
        let full: String
        let sign: String
        let colour: String
        let isFirst: Bool
    }

    struct Condition: Sendable {
        let value: String
        let label: String
        let mark: String
        let isBad: Bool
    }

    struct Layer: Sendable {
        let id: String
        let name: String
        let count: String
        let colour: String
        let dashes: String
    }

    /// The photograph below; empty texts where there is none.
    struct Underlay: Sendable {
        let id: String
        let photo: String
        let corners: String
        let opacity: String
    }

    struct PlainRow: Sendable {
        let href: String
        let name: String
        let details: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let id = try visit.id()
        let material = try await visit.read { try MapMaterial(id, $0) }
        return try await visit.page(MapPage(material, visit))
    }

    init(_ material: MapMaterial, _ visit: Visit) {
        let (meeting, texts) = (material.meeting, visit.texts)
        session = SessionHead(meeting, on: .map, visit)
        mayDraw = session.mayEdit && visit.access.mayWrite(.mapFeature)
        width = String(Int(MapPlane.width))
        height = String(Int(MapPlane.height))
        limit = String(Limits.mapFeatures)
        geometryBytes = String(Limits.geometryBytes)
        categories = MapCategory.allCases.enumerated().map { index, category in
            let sign = MapSign.of(category)
            return Category(
                value: category.rawValue, label: texts["map.category.\(category.rawValue)"],
                full: texts.choice(category, Schema.mapFeature.category, .mapFeature),
                sign: sign.data, colour: sign.colour, isFirst: index == 0)
        }
        conditions = MapCondition.allCases.map {
            Condition(
                value: $0.rawValue,
                label: texts.choice($0, Schema.mapFeature.condition, .mapFeature),
                mark: $0.mark, isBad: $0.isBad)
        }
        users = SessionChoice.all(Schema.mapFeature.usedBy, .mapFeature, texts)
        filters = MapFilter.allCases.map {
            SessionChoice(value: $0.rawValue, label: texts["map.filter.\($0.rawValue)"])
        }
        problems = meeting.facts.problems.map {
            SessionChoice(value: $0.id.text, label: $0.title)
        }
        layers = zip(material.others, MapLayerLook.all).map { other, look in
            Layer(
                id: other.event.id.text, name: material.name(other.event, texts),
                count: String(min(other.count, Limits.mapFeatures)), colour: look.colour,
                dashes: look.dashes.map { String(Int($0)) }.joined(separator: " "))
        }
        hasLayers = !layers.isEmpty
        photos = material.photos.map { SessionChoice(value: $0.id.text, label: $0.title) }
        hasPhotos = !photos.isEmpty
        underlay = Underlay(material.underlay)
        road = MapSign.road.data
        picture = Paths.mapPicture(meeting.id)
        fullList = Paths.list(
            .mapFeature, where: Schema.mapFeature.event.name, is: meeting.id)
        plain = material.first.map { PlainRow($0, texts) }
    }
}

extension MapPage.Underlay {
    init(_ record: Record?) {
        id = record?.id.text ?? ""
        photo = record?[Schema.mapUnderlay.photo]?.text ?? ""
        corners = record?[Schema.mapUnderlay.corners] ?? ""
        opacity = String(record?[Schema.mapUnderlay.opacity] ?? 60)
    }
}

extension MapPage.PlainRow {
    init(_ record: Record, _ texts: Texts) {
        let category = record[Schema.mapFeature.category].map {
            texts["map.category.\($0.rawValue)"]
        }
        href = Paths.record(.mapFeature, record.id)
        name = record[Schema.mapFeature.name] ?? category ?? texts["map.unknown"]
        let condition = record[Schema.mapFeature.condition].map {
            texts.choice($0, Schema.mapFeature.condition, .mapFeature)
        }
        let wished = record.has(Schema.mapFeature.wished) ? texts["map.wished"] : nil
        details = [category, condition, wished].compactMap(\.self).joined(separator: " · ")
    }
}
