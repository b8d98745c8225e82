import HTTPTypes
import Participation
import Store
import Testing

/// A meeting as it goes, through the router: what the form of one press changes.
struct RunTests {
    private static let lines =
        Lines.place + """

            {"entity":"event","id":"r","cycle":"c","kind":"session","village":"v","startsAt":"10:00"}
            {"entity":"agendaItem","id":"i","event":"r","position":1,"title":"Саламдашуу, таанышуу","minutes":15}
            {"entity":"agendaItem","id":"j","event":"r","position":2,"title":"<b>Токоч</b>","minutes":50,"method":"tokoch"}
            """

    private static func item(
        _ office: TestOffice, _ id: String, _ token: String
    ) async throws -> [String?] {
        let record = try await office.send(.get, "/api/v1/records/agendaItem/\(id)", token: token)
            .json
        return [record["begunAt"]?.text, record["endedAt"]?.text]
    }

    @Test func `next begins, goes on and ends; a second press of the same button does nothing`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            func press(_ act: String, after: String) async throws {
                let answer = try await office.form(
                    "/events/r/run", ["act": act, "after": after], token: token)
                #expect(answer.status == 303 && answer.headers[.location] == "/events/r/run")
            }
            try await press("next", after: "")
            try await press("next", after: "")
            let begun = "2026-11-21T22:26:40Z"
            #expect(try await Self.item(office, "i", token) == [begun, nil])
            #expect(try await Self.item(office, "j", token) == [nil, nil])
            let page = try await office.send(.get, "/events/r/run", token: token).text
            #expect(page.contains("data-current=\"i\"") && page.contains(">0:00<"))
            #expect(page.contains("&lt;b&gt;Токоч") && !page.contains("<b>Токоч</b>"))
            try await press("next", after: "i")
            #expect(try await Self.item(office, "i", token) == [begun, begun])
            try await press("back", after: "j")
            #expect(try await Self.item(office, "j", token) == [nil, nil])
            try await press("next", after: "i")
            try await press("next", after: "j")
            #expect(try await Self.item(office, "j", token) == [begun, begun])
            let end = try await office.send(.get, "/events/r/run", token: token).text
            #expect(end.contains("/events/r/held") && !end.contains("id=\"run-next\""))
        }
    }

    @Test func `what comes from outside is refused or shown safely`() async throws {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Self.lines + """

                        {"entity":"event","id":"odd","cycle":"c","kind":"session"}
                        {"entity":"agendaItem","id":"x","event":"odd","position":1,"title":"Бир","begunAt":"10:15","endedAt":"2099-01-01T00:00:00Z"}
                        {"entity":"agendaItem","id":"y","event":"odd","position":1,"title":"Эки","begunAt":"1900-01-01T00:00:00Z","minutes":1440}
                        """
                ).isTaken)
            let token = try await office.token(.facilitator)
            let viewer = try await office.token(.viewer)
            for (act, status) in [("jump", 400), ("", 400), ("go", 303)] {
                let answer = try await office.form(
                    "/events/r/run", ["act": act, "after": "", "item": "../j"], token: token)
                #expect(answer.status == status, "\(act)")
            }
            let moved = try await office.form(
                "/events/r/run", ["act": "next", "after": "j"], token: token)
            #expect(moved.status == 303)
            let closed = try await office.form(
                "/events/r/run", ["act": "next", "after": ""], token: viewer)
            #expect(closed.status == 403)
            let gone = try await office.send(.get, "/events/nothing/run", token: token)
            #expect(gone.status == 404)
            #expect(try await Self.item(office, "i", token) == [nil, nil])
            let odd = try await office.send(.get, "/events/odd/run", token: viewer)
            #expect(odd.status == 200 && odd.text.contains("12 сааттан"))
            #expect(!odd.text.contains("minutes-section") && !odd.text.contains("data-run"))
        }
    }

    @Test func `the event page leads there, and R5 stands beside the button that ends it`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            let page = try await office.send(.get, "/events/r", token: token).text
            #expect(page.contains("href=\"/events/r/run\""))
            #expect(page.contains("href=\"/cycles/c/readiness\""))
            #expect(page.contains("Жолугушуунун протоколу жок."))
        }
    }
}
