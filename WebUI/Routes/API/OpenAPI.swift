import Hummingbird
import Participation

/// The description of the API (OpenAPI 3.1), made from the entity declarations.
enum OpenAPI {
    static func show(_ visit: Visit) async throws -> Response {
        Visit.json(document(version: visit.office.version))
    }

    static func document(version: String) -> JSON {
        var schemas = EntityName.allCases.map { entity in
            JSON.Member(entity.rawValue, schema(Entity[entity]))
        }
        schemas.append(.init("problemDetails", problem))
        return [
            "openapi": "3.1.0",
            "info": ["title": "Ashar", "version": .string(version)],
            "paths": .object(OpenAPIPaths.all),
            "components": [
                "schemas": .object(schemas),
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
            ],
            "security": [["bearer": []]],
        ]
    }

    private static func schema(_ entity: Entity) -> JSON {
        let id: JSON = ["type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"]
        let readable = entity.fields.filter { $0.privacy != .secret }
        let properties = [JSON.Member("id", id)] + readable.map { .init($0.name, schema($0)) }
        let required = readable.filter(\.isRequired).map { JSON.string($0.name) }
        return [
            "type": "object", "properties": .object(properties), "required": .array(required),
        ]
    }

    private static func schema(_ field: any AnyField) -> JSON {
        var members: [JSON.Member] =
            switch field.type {
            case .line: text(Limits.lineLength)
            case .longText: text(Limits.textLength)
            case .integer(let bounds): whole(bounds)
            case .money: whole(Limits.money)
            case .number(let bounds):
                [
                    .init("type", "number"), .init("minimum", .number(bounds.lowerBound)),
                    .init("maximum", .number(bounds.upperBound)),
                ]
            case .date: [.init("type", "string"), .init("format", "date")]
            case .time: [.init("type", "string"), .init("description", "HH:MM, or UTC RFC 3339")]
            case .flag(let isAnswer):
                [
                    .init("type", "boolean"),
                    .init("description", isAnswer ? "left out: nobody said" : "left out: false"),
                ]
            case .choice(let words):
                [.init("type", "string"), .init("enum", .array(words.map(JSON.string)))]
            case .reference(let targets): reference(targets)
            case .geometry: [.init("type", "object"), .init("description", "GeoJSON geometry")]
            case .digest: [.init("type", "string"), .init("pattern", "^[0-9a-f]{64}$")]
            case .secret: [.init("type", "string")]
            }
        members.append(.init("x-privacy", .string(field.privacy.rawValue)))
        return .object(members)
    }

    private static func text(_ limit: Int) -> [JSON.Member] {
        [.init("type", "string"), .init("maxLength", .integer(limit))]
    }

    private static func whole(_ bounds: ClosedRange<Int>) -> [JSON.Member] {
        [
            .init("type", "integer"), .init("minimum", .integer(bounds.lowerBound)),
            .init("maximum", .integer(bounds.upperBound)),
        ]
    }

    private static func reference(_ targets: [EntityName]) -> [JSON.Member] {
        let names = targets.isEmpty ? "any record" : targets.map(\.rawValue).joined(separator: ", ")
        return [.init("type", "string"), .init("description", .string("id of: \(names)"))]
    }

    private static let problem: JSON = [
        "type": "object",
        "description": "Problem details (RFC 9457)",
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"],
            "status": ["type": "integer"], "detail": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": [
                        "field": ["type": ["string", "null"]], "code": ["type": "string"],
                        "message": ["type": "string"],
                    ],
                ],
            ],
        ],
    ]
}
