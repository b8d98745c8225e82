import HTTPTypes
import Participation
import Store
import Testing

/// Nobody takes more back than they meant to.
struct UndoTests {
    /// An office with an import of seven records, a facilitator's cookie and the import's commit.
    private static func with(
        _ work: (TestOffice, String, CommitID) async throws -> Void
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let cookie = try await office.cookie(.facilitator)
            let problem = try #require(RecordID("p"))
            let steps = try await office.store.read { try $0.history(.problem, problem) }
            try await work(office, cookie, try #require(steps.first?.commit))
        }
    }

    private static func get(
        _ office: TestOffice, _ path: String, _ cookie: String
    ) async throws -> TestOffice.Answer {
        var headers: HTTPFields = [:]
        headers[.cookie] = cookie
        return try await office.send(.get, path, headers: headers)
    }

    @Test func `a record's history takes back what happened to that record alone`() async throws {
        try await Self.with { office, cookie, commit in
            let page = try await Self.get(office, "/records/problem/p/history", cookie)
            #expect(page.text.contains(#"name="entity" value="problem""#))
            #expect(page.text.contains(#"name="record" value="p""#))
            #expect(page.text.contains("/undo?commit="))
            let answer = try await office.form(
                "/undo",
                ["commit": commit.description, "entity": "problem", "record": "p"],
                cookie: cookie)
            #expect(answer.status == 303)
            #expect(answer.headers[.setCookie]?.contains("records.flash.undone.") == true)
            let (problems, people) = try await office.store.read { reader in
                (try reader.count(.problem), try reader.count(.person))
            }
            #expect(problems == 0)
            #expect(people == 1)
        }
    }

    @Test func `a commit of several records asks first, and the flash names their number`()
        async throws
    {
        try await Self.with { office, cookie, commit in
            let asked = try await office.form(
                "/undo", ["commit": commit.description], cookie: cookie)
            #expect(asked.status == 303)
            let place = try #require(asked.headers[.location])
            #expect(place.hasPrefix("/undo?commit="))
            #expect(try await office.store.read { try $0.count(.problem) } == 1)
            let page = try await Self.get(office, place, cookie)
            #expect(page.status == 200)
            for word in ["жазуулар: 7.", "Айылдар", "Көйгөйлөр", "Адамдар"] {
                #expect(page.text.contains(word), "\(word)")
            }
            let foreign = try await Self.get(
                office, "/undo?commit=\(commit)&back=https://evil.example/", cookie)
            #expect(!foreign.text.contains(#"href="https:"#))
            let done = try await office.form(
                "/undo", ["commit": commit.description, "sure": "1", "back": "/records"],
                cookie: cookie)
            #expect(done.headers[.location] == "/records")
            let flash = try #require(done.headers[.setCookie])
            #expect(flash.contains("records.flash.undoneMany."))
            #expect(flash.contains(":7;"))
            #expect(try await office.store.read { try $0.count(.problem) } == 0)
        }
    }

    @Test func `who may not write all of it is neither asked nor obeyed`() async throws {
        try await Self.with { office, _, commit in
            let cookie = try await office.cookie(.viewer)
            for fields: KeyValuePairs in [
                ["commit": commit.description], ["commit": commit.description, "sure": "1"],
                ["commit": commit.description, "entity": "problem", "record": "p"],
            ] {
                let answer = try await office.form("/undo", fields, cookie: cookie)
                #expect([403, 409].contains(answer.status))
            }
            let page = try await Self.get(office, "/undo?commit=\(commit)", cookie)
            #expect(page.status == 403)
            #expect(try await office.store.read { try $0.count(.problem) } == 1)
        }
    }

    @Test(arguments: [
        "/undo", "/undo?commit=x", "/undo?commit=0000000000000001.1",
    ])
    func `an address that names no commit shows nothing`(_ path: String) async throws {
        try await Self.with { office, cookie, _ in
            let page = try await Self.get(office, path, cookie)
            #expect([404, 409].contains(page.status))
        }
    }
}
