import HTTPTypes
import Participation
import Store
import Testing

/// The focus group's pages and the readiness check through the router.
struct CausesTests {
    private static let lines =
        Lines.place + """

            {"entity":"event","id":"f","cycle":"c","kind":"focusGroup","village":"v","date":"2026-11-20"}
            {"entity":"causeEffect","id":"k1","event":"f","theme":"p","kind":"cause","text":"Суу ташкындайт","position":1024}
            {"entity":"causeEffect","id":"k2","event":"f","theme":"p","kind":"cause","text":"<i>Арык</i> жок","position":2048,"parent":"k1"}
            {"entity":"causeEffect","id":"k3","event":"f","theme":"p","kind":"cause","text":"Арыкты эч ким тазалабайт","position":1024,"parent":"k2"}
            {"entity":"problem","id":"lost","event":"e","title":"Унутулган"}
            {"entity":"causeEffect","id":"k4","event":"f","theme":"lost","kind":"solution","text":"Ашар","position":1024}
            {"entity":"attendance","id":"fa","event":"f","person":"aida","role":"participant","chosenFor":"initiativeGroup"}
            """

    private static func card(
        _ office: TestOffice, _ id: String, _ token: String
    ) async throws -> TestOffice.Answer {
        try await office.send(.get, "/api/v1/records/causeEffect/\(id)", token: token)
    }

    @Test func `the boards, the table and the board show what there is, safely`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            // What was talked about and then deleted keeps its board and its name.
            let gone = try await office.send(.delete, "/api/v1/records/problem/lost", token: token)
            #expect(gone.status == 204)
            let page = try await office.send(.get, "/events/f/causes", token: token)
            #expect(page.status == 200)
            for words in ["Жол начар", "&lt;i&gt;Арык", "Ашар", "Аида Сыналганова", "Унутулган"] {
                #expect(page.text.contains(words), "\(words)")
            }
            let board = try await office.send(.get, "/events/f/causes/p", token: token).text
            #expect(
                board.contains(
                    "data-card=\"k3\" data-position=\"1024\" data-parent=\"k2\" data-depth=\"2\""))
            for path in [
                "/events/f/causes/nothing", "/events/none/causes", "/events/none/causes/p",
            ] {
                #expect(try await office.send(.get, path, token: token).status == 404, "\(path)")
            }
            // A meeting of another kind has the page too, and no tab to it.
            let session = try await office.send(.get, "/events/e", token: token).text
            #expect(!session.contains("/events/e/causes"))
            #expect(try await office.send(.get, "/events/e/causes", token: token).status == 200)
        }
    }

    @Test func `two cards become one in one step that can be taken back`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            let path = "/events/f/causes/p/merge"
            // The upper card goes into one that stands deep under it: no loop is made.
            let merged = try await office.form(path, ["card": "k1", "into": "k3"], token: token)
            #expect(merged.status == 303)
            #expect(try await Self.card(office, "k1", token).status == 410)
            let into = try await Self.card(office, "k3", token).json
            #expect(into["text"]?.text == "Арыкты эч ким тазалабайт; Суу ташкындайт")
            #expect(into["parent"]?.text == nil)
            #expect(try await Self.card(office, "k2", token).json["parent"]?.text == "k3")
            for fields in [
                ["card": "k1", "into": "k3"], ["card": "k2", "into": "k2"], ["card": "k2"],
                ["card": "k2", "into": "k4"],
            ] as [KeyValuePairs<String, String>] {
                let answer = try await office.form(path, fields, token: token)
                #expect(answer.status == 404, "\(fields)")
            }
        }
    }

    @Test func `without scripts a card is typed into a form, and what is wrong is said`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            let path = "/events/f/causes/p"
            let made = try await office.form(
                path, ["kind": "solution", "text": "Арык казуу"], token: token)
            #expect(made.headers[.location] == path + "#column-solution")
            for (kind, text, status) in [
                ("solution", " ", 422), ("solution", String(repeating: "а", count: 20_001), 422),
                ("unknown", "а", 400),
            ] {
                let answer = try await office.form(
                    path, ["kind": kind, "text": text], token: token)
                #expect(answer.status == status, "\(kind)")
            }
            let viewer = try await office.token(.viewer)
            let closed = try await office.form(
                path, ["kind": "solution", "text": "а"], token: viewer)
            #expect(closed.status == 403)
            let page = try await office.send(.get, "/events/f/causes", token: viewer).text
            #expect(!page.contains("Аида") && page.contains("Демилгелүү топторго тандалгандар: 1."))
        }
    }

    @Test func `an initiative group is made of people who took part`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).isTaken)
            let token = try await office.token(.facilitator)
            let path = "/events/f/causes/group"
            for fields in [
                ["name": "", "person": "aida"], ["name": "Суу"],
                ["name": "Суу", "person": "stranger"],
            ] as [KeyValuePairs<String, String>] {
                let answer = try await office.form(path, fields, token: token)
                #expect(answer.status == 422, "\(fields)")
            }
            let made = try await office.form(
                path, ["name": "Суу", "problem": "p", "person": "aida"], token: token)
            #expect(made.status == 303)
            let groups = try await office.send(
                .get, "/api/v1/records/group?cycle=c", token: token
            ).text
            #expect(
                groups.contains("\"problem\":\"p\"") && groups.contains("\"kind\":\"initiative\""))
            let viewer = try await office.token(.viewer)
            let closed = try await office.form(
                path, ["name": "Жол", "person": "aida"], token: viewer)
            #expect(closed.status == 403)
        }
    }

    @Test func `answers given apart become one when somebody answers`() async throws {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Self.lines + """

                        {"entity":"readiness","id":"r1","cycle":"c","question":2,"answer":"yes"}
                        {"entity":"readiness","id":"r2","cycle":"c","question":2,"answer":"no"}
                        """
                ).isTaken)
            let token = try await office.token(.facilitator)
            let path = "/cycles/c/readiness"
            let page = try await office.send(.get, path, token: token).text
            #expect(page.contains("id=\"yes-2\" name=\"answer\" value=\"yes\" checked"))
            for fields in [
                ["question": "2", "answer": "no"], ["question": "3", "answer": "yes"],
                ["question": "3", "answer": "no", "note": "эртең"],
            ] as [KeyValuePairs<String, String>] {
                #expect(try await office.form(path, fields, token: token).status == 303)
            }
            let answers = try await office.send(
                .get, "/api/v1/records/readiness?cycle=c", token: token
            ).text
            #expect(!answers.contains("\"yes\"") && answers.ranges(of: "\"id\"").count == 3)
            for (fields, status) in [
                (["question": "9", "answer": "yes"], 400), (["question": "x"], 400),
                (["question": "4", "answer": "perhaps"], 422),
                (["question": "4", "note": "а"], 422),
            ] as [(KeyValuePairs<String, String>, Int)] {
                #expect(try await office.form(path, fields, token: token).status == status)
            }
            #expect(
                try await office.send(.get, "/cycles/none/readiness", token: token).status == 404)
            let viewer = try await office.token(.viewer)
            let closed = try await office.form(
                path, ["question": "5", "answer": "yes"], token: viewer)
            #expect(closed.status == 403)
            let read = try await office.send(.get, path, token: viewer).text
            #expect(!read.contains("type=\"radio\""))
        }
    }
}
