import HTTPTypes
import Participation
import Store
import Testing
import WebUI

/// Conflicts, deletions from others and the clock: what people decide after laptops met.
struct AgreementTests {
    private static let path = "/conflicts/problem.p.title"
    private static let seen: KeyValuePairs = ["seen": "version-0", "seen": "version-1"]

    private static func with(
        _ test: TestAgreement, _ work: (TestOffice, String) async throws -> Void
    ) async throws {
        try await TestOffice.with(laptops: TestLaptops(), agreement: test.agreement) { office in
            _ = try await office.take(Lines.place)
            try await work(office, try await office.token(.secretary))
        }
    }

    private static func title() throws -> FieldConflict {
        try #require(
            TestAgreement.conflict(
                .problem, "p", "title", [.text("Жол начар"), .text("Көпүрө <жок>")]))
    }

    @Test func `both values stand side by side with who, where and when`() async throws {
        let conflict = try Self.title()
        let test = TestAgreement { $0.conflicts = [conflict] }
        try await Self.with(test) { office, token in
            let list = try await office.send(.get, "/conflicts", token: token)
            #expect(list.text.contains("href=\"\(Self.path)\""))
            let page = try await office.send(.get, Self.path, token: token)
            for words in [
                "Жол начар", "Көпүрө &lt;жок&gt;", "secretary", "Арал, мектеп", "value=\"keep\"",
                "value=\"version-1\"", "value=\"write\"",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
        }
    }

    @Test func `one is kept, another taken, a third written`() async throws {
        let conflict = try Self.title()
        let test = TestAgreement()
        try await Self.with(test) { office, token in
            let forms: [KeyValuePairs<String, String>] = [
                ["choice": "keep", "seen": "version-0", "seen": "version-1"],
                ["choice": "version-1", "seen": "version-0", "seen": "version-1"],
                [
                    "choice": "write", "title": "Көпүрө бузук", "seen": "version-0",
                    "seen": "version-1",
                ],
            ]
            for form in forms {
                test.set { $0.conflicts = [conflict] }
                let answer = try await office.form(Self.path, form, token: token)
                #expect(answer.status == 303)
                #expect(answer.headers[.location] == "/conflicts")
            }
            #expect(
                test.decided == [.keep, .take("version-1"), .write(.text("Көпүрө бузук"))])
        }
    }

    @Test func `what was not seen is not decided over`() async throws {
        let conflict = try Self.title()
        let test = TestAgreement { $0.conflicts = [conflict] }
        try await Self.with(test) { office, token in
            let answer = try await office.form(
                Self.path, ["choice": "keep", "seen": "version-0"], token: token)
            #expect(answer.status == 409 && test.decided.isEmpty)
            let none = try await office.form(Self.path, Self.seen, token: token)
            #expect(none.status == 422)
            let empty = try await office.form(
                Self.path,
                ["choice": "write", "title": "", "seen": "version-0", "seen": "version-1"],
                token: token)
            #expect(empty.status == 422 && test.decided.isEmpty)
        }
    }

    @Test func `a role sees and decides only what it may`() async throws {
        let secret = try #require(
            TestAgreement.conflict(
                .account, "account-secretary", "secret", [.text("hash-one"), .text("hash-two")]))
        let person = try #require(
            TestAgreement.conflict(
                .person, "aida", "contact", [.text("0555123456"), .text("0555999999")]))
        let test = TestAgreement { $0.conflicts = [secret, person] }
        try await Self.with(test) { office, token in
            let (viewer, admin) = (
                try await office.token(.viewer), try await office.token(.admin)
            )
            let list = try await office.send(.get, "/conflicts", token: viewer)
            #expect(list.status == 200 && !list.text.contains("href=\"/conflicts/"))
            let api = try await office.send(.get, "/api/v1/conflicts", token: viewer)
            #expect(!api.text.contains("0555") && !api.text.contains("hash"))
            let path = "/conflicts/account.account-secretary.secret"
            #expect(try await office.send(.get, path, token: token).status == 403)
            let page = try await office.send(.get, path, token: admin)
            #expect(page.status == 200 && !page.text.contains("hash-"))
            #expect(!page.text.contains("value=\"write\""))
            let home = try await office.send(.get, "/", token: viewer)
            #expect(!home.text.contains("class=\"badge\""))
        }
    }

    @Test func `the menu and the first page say that something waits`() async throws {
        let conflict = try Self.title()
        let test = TestAgreement { $0.conflicts = [conflict] }
        try await Self.with(test) { office, token in
            for path in ["/", "/cycles/c"] {
                let home = try await office.send(.get, path, token: token)
                #expect(home.text.contains("class=\"badge\""))
                #expect(home.text.contains("href=\"/conflicts\""))
                #expect(home.text.contains("href=\"/clock\""))
            }
        }
    }

    @Test func `programs list and decide conflicts`() async throws {
        let conflict = try Self.title()
        let test = TestAgreement { $0.conflicts = [conflict] }
        try await Self.with(test) { office, token in
            let list = try await office.send(.get, "/api/v1/conflicts", token: token).json
            guard case .array(let conflicts)? = list["conflicts"],
                case .array(let versions)? = conflicts.first?["versions"]
            else {
                Issue.record("no conflicts")
                return
            }
            #expect(versions.count == 2 && versions[0]["current"] == true)
            #expect(versions[1]["value"] == "Көпүрө <жок>")
            let path = "/api/v1/conflicts/problem.p.title"
            for (body, status) in [
                ("{}", 400), (#"{"keep":false}"#, 400), (#"{"take":"other"}"#, 422),
                (#"{"value":7}"#, 422), (#"{"keep":true,"value":"x"}"#, 400),
                (#"{"keep":true,"seen":["version-0"]}"#, 409),
                (#"{"value":"Көпүрө","seen":["version-0","version-1"]}"#, 204),
                (#"{"keep":true}"#, 404),
            ] {
                let answer = try await office.send(.post, path, token: token, json: body)
                #expect(answer.status == status, "\(body)")
            }
            #expect(test.decided == [.write(.text("Көпүрө"))])
        }
    }

    @Test func `deletions from others are taken back, one or all, or marked as seen`() async throws
    {
        let ids = ["p", "e"].compactMap { RecordID($0) }
        let entities: [EntityName] = [.problem, .event]
        let deletions = zip(entities, ids).map { entity, id in
            PeerDeletion(
                id: DeletionID(entity: entity, record: id), account: nil,
                laptop: TestLaptops.school, deletedAt: 1_795_300_000_000)
        }
        let test = TestAgreement { $0.deletions = deletions }
        try await Self.with(test) { office, token in
            _ = try await office.store.commit(
                zip(entities, ids).map { .delete($0, $1) }, by: .program)
            let page = try await office.send(.get, "/deletions", token: token)
            #expect(page.text.contains("value=\"problem.p\"") && page.text.contains("Жол начар"))
            let none = try await office.form("/deletions", ["act": "restore"], token: token)
            #expect(none.status == 422)
            let one = try await office.form(
                "/deletions", ["act": "restore", "deletion": "problem.p"], token: token)
            #expect(one.status == 303)
            let record = try #require(RecordID("p"))
            #expect(try await office.store.read { try $0.record(.problem, record) } != nil)
            _ = try await office.form("/deletions", ["act": "restoreAll"], token: token)
            let event = try #require(RecordID("e"))
            #expect(try await office.store.read { try $0.record(.event, event) } != nil)
            _ = try await office.form("/deletions", ["act": "seenAll"], token: token)
            #expect(test.seen == deletions.map(\.id))
        }
    }

    @Test func `the clock is confirmed or set by a person`() async throws {
        let test = TestAgreement()
        try await Self.with(test) { office, token in
            let page = try await office.send(.get, "/clock", token: token)
            // The laptop's clock says 2000, which cannot be: the program's count is asked for.
            #expect(page.text.contains("value=\"1795300000000\""))
            for fields: KeyValuePairs in [
                ["act": "set", "day": "21.11.2026", "time": "9:30"],
                ["act": "confirm", "wall": "1795300000000"],
            ] {
                #expect(try await office.form("/clock", fields, token: token).status == 303)
            }
            // 21 November 2026, 09:30 in Kyrgyzstan, which is 03:30 UTC.
            #expect(test.told == [1_795_231_800_000, 1_795_300_000_000])
            for fields: KeyValuePairs in [
                ["act": "set", "day": "31.2.2026", "time": "9:30"],
                ["act": "set", "day": "21.11.2026", "time": "25:00"],
                ["act": "set", "day": "21.11.1999", "time": "9:30"], ["act": "set"],
            ] {
                #expect(try await office.form("/clock", fields, token: token).status == 422)
            }
            #expect(test.told.count == 2)
        }
    }
}
