import Foundation
import HTTPTypes
import Participation
import Store
import Testing

/// The resource map's page, its things for the page, and its picture.
struct MapTests {
    private static let things =
        Lines.place + """

            {"entity":"event","id":"e2","cycle":"c","kind":"session","village":"v","ageBand":"56+"}
            {"entity":"village","id":"v2","municipality":"m","name":"Бирдик"}
            {"entity":"event","id":"e3","cycle":"c","kind":"session","village":"v2"}
            {"entity":"event","id":"e4","cycle":"c","kind":"council"}
            {"entity":"mapFeature","id":"f1","event":"e","category":"water","geometry":{"type":"Point","coordinates":[100,200]},"name":"<b>Булак</b>","usedBy":"women","note":"жазылган сөз"}
            {"entity":"mapFeature","id":"f2","event":"e","category":"service","geometry":{"type":"Point","coordinates":[600,300]},"name":"Мектеп","condition":"needsRepair","problem":"p"}
            {"entity":"mapFeature","id":"g1","event":"e2","category":"forest","geometry":{"type":"Point","coordinates":[500,500]},"name":"Токой"}
            {"entity":"attachment","id":"ph","owner":"e","name":"map.jpg","mediaType":"image/jpeg","sha256":"\(String(repeating: "a", count: 64))","size":10}
            {"entity":"mapUnderlay","id":"u1","event":"e","photo":"ph","corners":{"type":"MultiPoint","coordinates":[[1,2],[900,3],[990,900],[5,950]]},"opacity":40}
            """

    private static func with(
        _ role: AccountRole = .facilitator,
        _ work: (TestOffice, String) async throws -> Void
    ) async throws {
        try await TestOffice.with { office in
            let report = try await office.take(things)
            #expect(report.isTaken)
            try await work(office, try await office.token(role))
        }
    }

    private static func ids(_ json: JSON, _ list: String) -> [String] {
        guard case .array(let all)? = json[list] else { return [] }
        return all.compactMap { $0["id"]?.text ?? $0.text }
    }

    @Test func `a session has a map, a council meeting has none until somebody draws`()
        async throws
    {
        try await Self.with { office, token in
            let page = try await office.send(.get, "/events/e/map", token: token)
            #expect(page.status == 200)
            #expect(page.text.contains("&lt;b&gt;Булак&lt;/b&gt;"))
            #expect(!page.text.contains("<b>Булак"))
            #expect(page.text.contains(#"data-photo="ph""#))
            #expect(page.text.contains(#"data-opacity="40""#))
            let council = try await office.send(.get, "/events/e4", token: token).text
            #expect(!council.contains("/events/e4/map"))
            let json = """
                {"event":"e4","category":"water","geometry":{"type":"Point","coordinates":[1,2]}}
                """
            let made = try await office.send(
                .post, "/api/v1/records/mapFeature", token: token, json: json)
            #expect(made.status == 201)
            let drawn = try await office.send(.get, "/events/e4", token: token).text
            #expect(drawn.contains("/events/e4/map"))
        }
    }

    @Test func `who may only look gets no tools`() async throws {
        try await Self.with(.viewer) { office, token in
            let page = try await office.send(.get, "/events/e/map", token: token).text
            #expect(page.contains("map-legend"))
            #expect(!page.contains("data-tool=") && !page.contains("map-form"))
            #expect(!page.contains("corner-dialog") && page.contains(#"data-draw="""#))
        }
    }

    @Test func `the page asks for all things, or for some by their ids`() async throws {
        try await Self.with { office, token in
            let path = "/api/v1/events/e/map/features"
            let all = try await office.send(.get, path, token: token).json
            #expect(Self.ids(all, "features") == ["f1", "f2"])
            #expect(all["more"] == .bool(false))
            #expect(
                try await office.send(.delete, "/api/v1/records/mapFeature/f2", token: token)
                    .status == 204)
            let some = try await office.send(
                .get, path + "?id=f1&id=f2&id=g1&id=never", token: token
            ).json
            #expect(Self.ids(some, "features") == ["f1"])
            #expect(Self.ids(some, "gone").sorted() == ["f2", "g1", "never"])
            let bad = [
                "?id=%3Cb%3E": 400, "?id=": 400,
                "?" + (0...200).map { "id=x\($0)" }.joined(separator: "&"): 400,
            ]
            for (query, status) in bad {
                let answer = try await office.send(.get, path + query, token: token)
                #expect(answer.status == status, "\(query.prefix(20))")
            }
            let none = "/api/v1/events/nothing/map/features"
            #expect(try await office.send(.get, none, token: token).status == 404)
            #expect(try await office.send(.get, path).status == 401)
        }
    }

    @Test func `the picture follows what is asked for and tells no notes`() async throws {
        try await Self.with { office, token in
            func picture(_ query: String) async throws -> TestOffice.Answer {
                try await office.send(.get, "/api/v1/events/e/map.svg\(query)", token: token)
            }
            let whole = try await picture("")
            #expect(whole.headers[.contentType]?.hasPrefix("image/svg+xml") == true)
            #expect(whole.text.contains("Мектеп") && whole.text.contains("&lt;b&gt;Булак"))
            #expect(!whole.text.contains("жазылган сөз") && !whole.text.contains("Токой"))
            #expect(!(try await picture("?show=women")).text.contains(">Мектеп<"))
            #expect((try await picture("?show=repair")).text.contains(">Мектеп<"))
            #expect(!(try await picture("?hide=service")).text.contains("Мектеп"))
            #expect((try await picture("?with=e2")).text.contains("Токой"))
            let bad = [
                "?show=cats": 400, "?hide=cats": 400, "?with=%2F": 400, "?with=nothing": 404,
                "?with=e3": 422, "?with=a&with=b&with=c&with=d&with=e2": 400,
            ]
            for (query, status) in bad {
                #expect(try await picture(query).status == status, "\(query)")
            }
        }
    }

    @Test func `a line that is too long is refused with a word that says so`() async throws {
        try await Self.with { office, token in
            let points = (0..<30_000).map { "[\($0).5,\($0).25]" }.joined(separator: ",")
            let json = """
                {"event":"e","category":"water",\
                "geometry":{"type":"LineString","coordinates":[\(points)]}}
                """
            let answer = try await office.send(
                .post, "/api/v1/records/mapFeature", token: token, json: json)
            #expect(answer.status == 422)
            #expect(answer.text.contains("too long, above 256 kibibytes"))
        }
    }

    @Test func `beyond the limit a map says that it is not whole`() async throws {
        try await TestOffice.with { office in
            let many = (0...Limits.mapFeatures).map {
                """
                {"entity":"mapFeature","id":"f\($0)","event":"e","category":"forest",\
                "geometry":{"type":"Point","coordinates":[\($0 % 1000),\($0 % 700)]}}
                """
            }
            let lines = Lines.place + "\n" + many.joined(separator: "\n")
            #expect(try await office.take(lines).isTaken)
            let token = try await office.token(.viewer)
            let path = "/api/v1/events/e/map"
            let all = try await office.send(.get, path + "/features", token: token).json
            #expect(Self.ids(all, "features").count == Limits.mapFeatures)
            #expect(all["more"] == .bool(true))
            let picture = try await office.send(.get, path + ".svg", token: token)
            #expect(picture.status == 200 && picture.text.contains("more than 10,000"))
            let page = try await office.send(.get, "/events/e/map", token: token)
            #expect(page.status == 200 && page.text.utf8.count < 200_000)
        }
    }
}
