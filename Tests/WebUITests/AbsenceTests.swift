import HTTPTypes
import Participation
import Store
import Testing

/// What is not there is named: a program and a person learn what to look for.
struct AbsenceTests {
    @Test(arguments: [
        ("/api/v1/nothing", "noAddress", "no such address"),
        ("/api/v1/records/nothing", "noKind", "no such kind"),
        ("/api/v1/records/problem/none", "noRecord", "Problem: there is no such record"),
        ("/api/v1/records/problem/%00", "noRecord", "Problem: there is no such record"),
        ("/api/v1/history/village/none", "noRecord", "Village: there is no such record"),
        ("/api/v1/ranking?cycle=none", "noRecord", "Cycle: there is no such record"),
        ("/api/v1/ranking?cycle=c&village=none", "noRecord", "Village: there is no such record"),
        ("/api/v1/cycles/none/summary", "noRecord", "Cycle: there is no such record"),
        ("/api/v1/events/none/attendance", "noRecord", "Meeting: there is no such record"),
        ("/api/v1/export?entity=nothing", "noKind", "no such kind"),
    ])
    func `a program reads what is not there`(
        _ path: String, _ type: String, _ title: String
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.facilitator)
            let answer = try await office.send(.get, path, token: token)
            #expect(answer.status == 404)
            #expect(answer.json["type"]?.text == "urn:ashar:problem:\(type)")
            #expect(answer.json["title"]?.text?.contains(title) == true)
            #expect(answer.json["detail"]?.text?.contains("page") == false)
        }
    }

    @Test func `changing and deleting what is not there names its kind`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.facilitator)
            for (method, body) in [(HTTPRequest.Method.patch, "{}"), (.delete, nil)] {
                let answer = try await office.send(
                    method, "/api/v1/records/village/none", token: token, json: body)
                #expect(answer.status == 404)
                #expect(answer.json["title"] == "Village: there is no such record")
            }
        }
    }

    @Test(arguments: ["", "/people", "/minutes", "/gallery"])
    func `a deleted meeting leads to its history`(_ tab: String) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.facilitator)
            let event = try #require(RecordID("e"))
            try await office.store.commit([.delete(.event, event)], by: .program)
            let page = try await office.send(.get, "/events/e\(tab)", token: token)
            #expect(page.status == 410)
            #expect(page.text.contains("Бул жазуу өчүрүлгөн"))
            #expect(page.text.contains(#"href="/records/event/e/history""#))
            let none = try await office.send(.get, "/events/none\(tab)", token: token)
            #expect(none.status == 404)
            #expect(none.text.contains("Жолугушуу: мындай жазуу жок"))
        }
    }

    @Test(arguments: [
        ("/nowhere", 404), ("/records/village/none", 404), ("/records/nothing", 404),
        ("/accounts", 403),
    ])
    func `who is logged in keeps the menu and the search, others do not`(
        _ path: String, _ status: Int
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.viewer)
            let page = try await office.send(.get, path, token: token)
            #expect(page.status == status)
            #expect(page.text.contains(#"class="site-menu""#))
            #expect(page.text.contains(#"action="/search""#))
            let stranger = try await office.send(.get, path)
            #expect(!stranger.text.contains(#"class="site-menu""#))
        }
    }

    @Test func `a reference in a file that leads nowhere is told as one of a file`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.facilitator)
            let lines = """
                {"entity":"village","id":"v","municipality":"none","name":"Арал"}
                {"entity":"municipality","id":"m","name":"Көк-Ирим"}
                {"entity":"village","id":"w","municipality":"v","name":"Бирдик"}
                {"entity":"village","id":"u","municipality":"not an id","name":"Бирдик"}
                """
            let answer = try await office.send(
                .post, "/api/v1/import", token: token, json: lines)
            #expect(answer.status == 422)
            guard case .array(let errors)? = answer.json["errors"] else {
                Issue.record("no errors: \(answer.text)")
                return
            }
            let said = Dictionary(
                errors.map { ($0["code"]?.text ?? "", $0["message"]?.text ?? "") }
            ) { first, _ in first }
            #expect(said["danglingReference"]?.contains("neither in this file nor") == true)
            #expect(said["notReference"]?.contains("Latin letters") == true)
            for message in said.values { #expect(!message.contains("list"), "\(message)") }
        }
    }
}
