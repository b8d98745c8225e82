import HTTPTypes
import Participation
import Store
import Testing

/// What somebody meets who has just begun: every form that is offered can be filled in.
struct BeginningTests {
    private static let municipality = #"{"entity":"municipality","id":"m","name":"Көк-Ирим"}"#

    private static func with(
        _ lines: String, _ work: (TestOffice, String) async throws -> Void
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(lines).isTaken)
            try await work(office, try await office.token(.facilitator))
        }
    }

    @Test func `before the first cycle the calendar leads to one`() async throws {
        try await Self.with(Self.municipality) { office, token in
            let page = try await office.send(.get, "/calendar", token: token).text
            #expect(page.contains(#"href="/records/cycle/new""#))
            #expect(page.contains("Циклди баштоо"))
            #expect(!page.contains("/records/event/new"))
        }
        try await Self.with(Lines.place) { office, token in
            let page = try await office.send(.get, "/calendar", token: token).text
            #expect(page.contains("/records/event/new?cycle=c&amp;kind=session"))
            #expect(!page.contains("/records/cycle/new"))
        }
    }

    @Test func `who only reads is led to no form`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.municipality).isTaken)
            let token = try await office.token(.viewer)
            let page = try await office.send(.get, "/calendar", token: token).text
            #expect(!page.contains("/new"))
        }
    }

    /// Forms, what stands in the store, and the kinds they lead to first.
    @Test(arguments: [
        ("event", BeginningTests.municipality, ["cycle", "village"]),
        ("cycle", BeginningTests.municipality, []),
        ("membership", BeginningTests.municipality, ["group", "person"]),
        ("event", Lines.place, []), ("membership", Lines.place, ["group"]),
    ])
    func `a reference with nothing to point to leads to adding one`(
        _ form: String, _ lines: String, _ kinds: [String]
    ) async throws {
        try await Self.with(lines) { office, token in
            let page = try await office.send(.get, "/records/\(form)/new", token: token).text
            let links = page.matches(
                of: /class="field-add"[^>]*>[^<]*<a href="\/records\/([A-Za-z]+)\/new"/
            ).map { String($0.1) }
            #expect(links == kinds)
        }
    }

    @Test func `a new cycle is at its first stage without being asked`() async throws {
        try await Self.with(Self.municipality) { office, token in
            let page = try await office.send(.get, "/records/cycle/new", token: token).text
            #expect(!page.contains("field-stage"))
        }
        try await TestOffice.with { office in
            #expect(try await office.take(Self.municipality).isTaken)
            let cookie = try await office.cookie(.facilitator)
            let answer = try await office.form(
                "/records/cycle",
                ["municipality": "m", "title": "2026", "startsOn": "01.11.2026", "stage": "7"],
                cookie: cookie)
            #expect(answer.status == 303)
            let cycle = try await office.store.read { try $0.newest(.cycle, limit: 1).records[0] }
            #expect(cycle[Schema.cycle.stage] == 1)
            var headers: HTTPFields = [:]
            headers[.cookie] = cookie
            let page = try await office.send(
                .get, "/records/cycle/\(cycle.id)", headers: headers)
            #expect(page.text.contains("field-stage"))
        }
    }
}
