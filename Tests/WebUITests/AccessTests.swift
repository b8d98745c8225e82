import Foundation
import HTTPTypes
import Participation
import Store
import Testing

/// A page shows nobody what it would refuse to them.
struct AccessTests {
    private static let readers: [AccountRole] = [.viewer, .deputy, .monitor]
    /// Forms that are there for everybody.
    private static let open: Set = ["/language", "/logout", "/search"]
    /// What a script of the page would save, delete or move.
    private static let tools = [
        "data-record=", "data-remove=", "data-editor", "data-edit-column", "data-step=",
        "data-delete-", "data-guard", "formaction=", "contenteditable",
    ]

    /// Follows every link from the first page on and gives the pages that were found.
    private static func walk(_ office: TestOffice, _ token: String) async throws
        -> [String: TestOffice.Answer]
    {
        var (found, waiting) = ([String: TestOffice.Answer](), Set(["/"]))
        while let path = waiting.popFirst(), found.count < 400 {
            let answer = try await office.send(.get, path, token: token)
            found[path] = answer
            for match in answer.text.matches(of: /href="(\/[^"#]*)/) {
                let link = String(match.1).replacing("&amp;", with: "&")
                let isPage = !link.hasPrefix("/static/") && !link.hasPrefix("/api/")
                if isPage, found[link] == nil { waiting.insert(link) }
            }
        }
        return found
    }

    private static let lines =
        Lines.place + """

            {"entity":"event","id":"planned","cycle":"c","kind":"session","village":"v","status":"planned"}
            {"entity":"event","id":"empty","cycle":"c","kind":"session","village":"v","status":"planned"}
            {"entity":"agendaItem","id":"i","event":"e","position":1,"title":"Саламдашуу","minutes":15,"method":"gallery"}
            {"entity":"agendaItem","id":"j","event":"planned","position":1,"title":"Максаты"}
            {"entity":"problem","id":"q","event":"e","title":"Жол чуңкур"}
            {"entity":"sticker","id":"s","event":"e","text":"көпүрө жок"}
            {"entity":"sticker","id":"t","event":"e","problem":"q","text":"жол жаман"}
            {"entity":"theme","id":"h","cycle":"c","level":"village","village":"v","title":"Жолдор"}
            {"entity":"themePart","id":"x","theme":"h","part":"p"}
            {"entity":"themePart","id":"y","theme":"h","part":"q"}
            {"entity":"minutesEntry","id":"n","event":"e","position":1,"kind":"text","text":"Башталды"}
            """

    @Test(arguments: readers)
    func `who only reads meets no form, no tool and no closed door`(
        _ role: AccountRole
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).problemCount == 0)
            let token = try await office.token(role)
            let pages = try await Self.walk(office, token)
            #expect(pages.count > 40)
            let met = [
                "/events/e", "/events/planned", "/events/empty", "/events/e/gallery", "/calendar",
                "/villages", "/ranking", "/ranking?cycle=c&village=v", "/records/problem/p",
            ]
            for path in met { #expect(pages[path]?.status == 200, "\(path)") }
            let own = role == .monitor ? ["observation", "progress", "serviceRating"] : []
            for (path, page) in pages {
                #expect([200, 303].contains(page.status), "\(path) \(page.status)")
                if own.contains(where: { path.hasPrefix("/records/\($0)") }) { continue }
                for match in page.text.matches(of: /<form[^>]*action="([^"]*)"/) {
                    #expect(Self.open.contains(String(match.1)), "\(path) has \(match.0)")
                }
                for tool in Self.tools {
                    #expect(!page.text.contains(tool), "\(path) has \(tool)")
                }
            }
            let new = Set(
                pages.keys.filter { $0.contains("/new") }.compactMap { path in
                    path.split(separator: "/").dropFirst().first.map(String.init)
                })
            #expect(new == Set(own))
        }
    }

    @Test func `who works finds the forms and the tools`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.lines).problemCount == 0)
            let token = try await office.token(.secretary)
            for (path, form) in [
                ("/events/e", "/events/e/agenda"), ("/events/empty", "/events/empty/programme"),
                ("/events/planned", "/events/planned/held"),
                ("/events/e/gallery", "/events/e/stickers"),
                ("/events/e/people", "/events/e/people"),
                ("/events/e/minutes", "/events/e/minutes"), ("/ranking", "/ranking/merge"),
                ("/ranking", "/ranking/dissolve"), ("/records/problem/p", "/records/problem/p"),
                ("/records/problem/p", "/records/problem/p/delete"),
            ] {
                let page = try await office.send(.get, path, token: token)
                #expect(page.text.contains("action=\"\(form)\""), "\(path) \(form)")
            }
            for (path, tool) in [
                ("/villages", "/records/village/new"), ("/calendar", "/records/event/new"),
                ("/records/person", "/records/person/new"),
                ("/events/e", "data-record=\"agendaItem/i\""),
                ("/events/e", "href=\"/events/e/people\""),
                ("/events/e/gallery", "data-sticker=\"s\""), ("/ranking", "name=\"part\""),
            ] {
                let page = try await office.send(.get, path, token: token)
                #expect(page.text.contains(tool), "\(path) \(tool)")
            }
        }
    }

    @Test(arguments: readers)
    func `who only reads sees the whole programme and every sticker`(
        _ role: AccountRole
    ) async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Self.lines)
            let token = try await office.token(role)
            let programme = try await office.send(.get, "/events/e", token: token).text
            #expect(programme.contains("Саламдашуу") && programme.contains(">15<"))
            let gallery = try await office.send(.get, "/events/e/gallery", token: token).text
            for words in ["көпүрө жок", "жол жаман", "Жол начар"] {
                #expect(gallery.contains(words))
            }
        }
    }
}
