import Participation

/// The paths of the API's description.
enum OpenAPIPaths {
    static var all: [JSON.Member] {
        EntityName.allCases.flatMap(records)
            + [
                one("/api/v1/import", "post", "Bring in JSON Lines, all or nothing", [], body: nil),
                one(
                    "/api/v1/export", "get", "Records as JSON Lines or CSV",
                    [query("entity"), query("format"), query("public")]),
                one(
                    "/api/v1/ranking", "get", "Village and municipality rankings of a cycle",
                    [query("cycle", isRequired: true), query("village")]),
                one(
                    "/api/v1/cycles/{id}/summary", "get", "What each stage has and lacks",
                    [inPath("id")]),
                one(
                    "/api/v1/events/{id}/attendance", "get", "Who was at a meeting, in numbers",
                    [inPath("id")]),
                one(
                    "/api/v1/events/{id}/gallery.svg", "get", "The gallery's places as a picture",
                    [inPath("id")]),
                photos, one("/api/v1/photos/{id}", "get", "A photograph as JPEG", [inPath("id")]),
                one(
                    "/api/v1/events/{id}/venn.svg", "get", "A Venn diagram as a picture",
                    [inPath("id"), query("drawnBy")]),
                one(
                    "/api/v1/events/{id}/tokoch.svg", "get",
                    "The Tokoch, and the real budget where it was matched, as a picture",
                    [inPath("id"), query("budget")]),
                one(
                    "/api/v1/events/{id}/map.svg", "get", "The resource map as a picture",
                    [inPath("id"), query("show"), query("hide"), query("with")]),
                one(
                    "/api/v1/events/{id}/map/features", "get",
                    "The objects of a resource map, or those with the given ids",
                    [inPath("id"), query("id")]),
                one(
                    "/api/v1/history/{entity}/{id}", "get", "What happened to a record",
                    [inPath("entity"), inPath("id")]),
                one(
                    "/api/v1/search", "post", "Records by parts of their titles", body: search),
                one("/api/v1/status", "get", "How this laptop is"),
                one(
                    "/api/v1/conflicts", "get", "Fields for which laptops hold different values",
                    [query("limit"), query("cursor")]),
                one(
                    "/api/v1/conflicts/{id}", "post",
                    "Keep the current value, take another version, or write a third",
                    [inPath("id")], body: decision),
                one("/api/v1/peers", "get", "The laptops of the community and how they are"),
                one(
                    "/api/v1/sync", "post", "Begin an exchange with one laptop or all",
                    body: exchange),
                one("/api/v1/events", "get", "Changes as server-sent events"),
            ] + methods
    }

    /// What is done on the pages of the methods; each answers what was done, or asks first.
    private static var methods: [JSON.Member] {
        let summaries: KeyValuePairs<String, String> = [
            "venn/place": "Let a circle go at a place: institution, x, y",
            "venn/relation": "Set a relation and move the circles: first, second, relation, anyway",
            "venn/size": "Give an institution another size: institution, importance, anyway",
            "venn/arrange": "Lay the circles as it is stated",
            "venn/institutions": "Add an institution: name, kind, importance",
            "venn/rank": "Change the order: institution, direction or to",
            "venn/copy": "Take institutions over from another diagram: from",
            "tokoch/slices": "Add a slice: item, percent",
            "tokoch/shares": "Save shares and sums: percent-ID, amount-ID",
            "tokoch/rest": "Give what is missing to a slice: slice",
            "tokoch/fit": "Bring the shares to exactly 100 % in their proportions",
            "tokoch/total": "Name the whole budget that sums are shares of: total",
            "tokoch/order": "Move a slice around the bread: slice, direction",
            "tokoch/match": "Say to which slices budget lines belong: line-ID, or all",
            "tokoch/topics": "Add a topic for a hearing: topic, or slice for a difference",
            "tokoch/vote": "Count a hand: record, direction",
        ]
        return summaries.map {
            one(
                "/api/v1/events/{id}/\($0.key)", "post", $0.value, [inPath("id")],
                body: ["type": "object"])
        }
    }

    /// The photograph in a form with what is said about it, or alone.
    private static let photos: JSON.Member = {
        let form: JSON = [
            "type": "object", "required": ["file", "owner"],
            "properties": [
                "file": ["type": "string", "format": "binary"], "owner": ["type": "string"],
                "caption": ["type": "string"], "id": ["type": "string"],
            ],
        ]
        var content: [JSON.Member] = [.init("multipart/form-data", ["schema": form])]
        for type in ["image/jpeg", "image/png", "image/webp"] { content.append(.init(type, [:])) }
        let parameters: JSON = [query("owner"), query("id")]
        return .init(
            "/api/v1/photos",
            [
                "post": [
                    "summary": "Hand in a photograph; it is kept small and without metadata",
                    "parameters": parameters,
                    "requestBody": ["required": true, "content": .object(content)],
                    "responses": answers,
                ]
            ])
    }()

    /// The words are in the body, because an address with a name in it is kept in many places.
    private static let search: JSON = [
        "type": "object", "required": ["q"],
        "properties": ["q": ["type": "string"], "entity": ["type": "string"]],
    ]

    /// Exactly one of the three; `seen` are the names of the versions that were looked at.
    private static let decision: JSON = [
        "type": "object",
        "properties": [
            "keep": ["type": "boolean", "const": true], "take": ["type": "string"],
            "value": ["description": "a value of the field, null to clear it"],
            "seen": ["type": "array", "items": ["type": "string"]],
        ],
    ]

    /// A laptop by its name or its address; neither means all that are here.
    private static let exchange: JSON = [
        "type": "object",
        "properties": ["id": ["type": "string"], "address": ["type": "string"]],
    ]

    private static func records(_ entity: EntityName) -> [JSON.Member] {
        let schema: JSON = ["$ref": .string("#/components/schemas/\(entity)")]
        let filters = Entity[entity].fields.filter { $0.privacy != .secret }.map {
            query($0.name)
        }
        let list = operation(
            "List records", filters + [query("limit"), query("cursor")], body: nil)
        let make = operation("Make a record", [], body: schema)
        let id = [inPath("id")]
        return [
            .init("/api/v1/records/\(entity)", ["get": list, "post": make]),
            .init(
                "/api/v1/records/\(entity)/{id}",
                [
                    "get": operation("One record", id, body: nil),
                    "patch": operation("Change the given fields", id, body: schema),
                    "delete": operation("Delete; can be taken back", id, body: nil),
                ]),
        ]
    }

    private static func one(
        _ path: String, _ method: String, _ summary: String, _ parameters: [JSON] = [],
        body: JSON? = nil
    ) -> JSON.Member {
        .init(path, .object([.init(method, operation(summary, parameters, body: body))]))
    }

    private static func operation(_ summary: String, _ parameters: [JSON], body: JSON?) -> JSON {
        var members: [JSON.Member] = [
            .init("summary", .string(summary)), .init("parameters", .array(parameters)),
        ]
        if let body {
            members.append(
                .init(
                    "requestBody",
                    ["required": true, "content": ["application/json": ["schema": body]]]))
        }
        members.append(.init("responses", answers))
        return .object(members)
    }

    private static let answers: JSON = [
        "2XX": ["description": "Done"],
        "default": [
            "description": "Refused",
            "content": [
                "application/problem+json": [
                    "schema": ["$ref": "#/components/schemas/problemDetails"]
                ]
            ],
        ],
    ]

    private static func query(_ name: String, isRequired: Bool = false) -> JSON {
        [
            "name": .string(name), "in": "query", "required": .bool(isRequired),
            "schema": ["type": "string"],
        ]
    }

    private static func inPath(_ name: String) -> JSON {
        ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }
}
