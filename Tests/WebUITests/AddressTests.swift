import Foundation
import HTTPTypes
import Participation
import Store
import Testing

/// What stands in addresses: where a page can be read again, and nobody's name.
struct AddressTests {
    private static func address(_ page: TestOffice.Answer) -> String? {
        page.text.firstMatch(of: /data-address="([^"]*)"/).map {
            String($0.1).replacing("&amp;", with: "&")
        }
    }

    @Test func `a refused form stands on a page that can be read at its own address`() async throws
    {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let admin = try await office.token(.admin)
            for (path, fields, address) in [
                ("/events/e/agenda", ["title": ""], "/events/e"),
                ("/events/e/people", ["fullName": ""], "/events/e/people"),
                ("/events/e/headcount", ["all": "көп"], "/events/e/people"),
                ("/events/e/minutes", ["text": ""], "/events/e/minutes"),
                ("/events/e/stickers", ["text": ""], "/events/e/gallery"),
                ("/events/e/stickers", ["text": "", "problem": "p"], "/events/e/gallery?column=p"),
                ("/events/e/columns", ["title": ""], "/events/e/gallery"),
                ("/events/e/venn/institutions", ["name": ""], "/events/e/venn?drawnBy=all"),
                (
                    "/events/e/venn/institutions", ["name": "", "drawnBy": "men"],
                    "/events/e/venn?drawnBy=men"
                ),
                ("/events/e/tokoch/slices", ["item": ""], "/events/e/tokoch"),
                ("/events/e/tokoch/topics", ["topic": ""], "/events/e/tokoch"),
                (
                    "/ranking/merge", ["cycle": "c", "village": "v", "title": ""],
                    "/ranking?cycle=c&village=v"
                ),
                (
                    "/ranking/merge", ["cycle": "c", "part": "p", "part": "none", "title": ""],
                    "/ranking?cycle=c&part=p"
                ),
                ("/records/village", ["name": ""], "/records/village/new"),
                ("/records/village/v", ["name": ""], "/records/village/v"),
                ("/accounts", ["login": ""], "/accounts"),
            ] as [(String, KeyValuePairs<String, String>, String)] {
                let refused = try await office.form(path, fields, token: admin)
                #expect(refused.status == 422, "\(path)")
                #expect(Self.address(refused) == address, "\(path)")
                let read = try await office.send(.get, address, token: admin)
                #expect(read.status == 200, "\(address)")
                #expect(Self.address(read) == address)
                // What is refreshed there is there.
                for match in refused.text.matches(of: /id="([^"]*)"[^>]*data-live=/) {
                    #expect(read.text.contains("id=\"\(match.1)\""), "\(path) \(match.1)")
                }
            }
        }
    }

    @Test func `a search finds by its form and leaves no word in an address`() async throws {
        try await TestOffice.with { office in
            let more = (0..<12).map { number in
                #"{"entity":"person","id":"aida-\#(number)","fullName":"Аида Асанова \#(number)"}"#
            }
            _ = try await office.take(([Lines.place] + more).joined(separator: "\n"))
            let token = try await office.token(.secretary)
            let found = try await office.form("/search", ["q": "аида"], token: token)
            #expect(found.status == 200)
            #expect(found.text.contains("/records/person/aida-"))
            #expect(found.text.contains(#"name="entity" value="person""#))
            let list = try await office.form(
                "/search", ["q": "сыналганова", "entity": "person"], token: token)
            #expect(list.text.contains(#"href="/records/person/aida""#))
            #expect(!list.text.contains("/records/person/aida-"))
            #expect(!list.text.contains("data-live=\"person\""))
            for page in [found, list] {
                for match in page.text.matches(of: /(?:href|action|src|data-address)="([^"]*)"/) {
                    let told = String(match.1).removingPercentEncoding ?? ""
                    #expect(!told.contains("q=") && !told.lowercased().contains("аида"), "\(told)")
                }
            }
            for path in ["/", "/records", "/records/person", "/search"] {
                let page = try await office.send(.get, path, token: token).text
                #expect(page.contains(#"method="post" action="/search""#))
                #expect(!page.contains(#"method="get""#), "\(path)")
            }
        }
    }

    @Test func `words in an address find nothing`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(.secretary)
            let words = TestOffice.encoded("аида")
            let page = try await office.send(.get, "/search?q=\(words)", token: token)
            #expect(page.status == 200)
            #expect(!page.text.contains("Аида") && Self.address(page) == "/search")
            let list = try await office.send(.get, "/records/village?q=\(words)", token: token)
            #expect(list.text.contains("Арал"))
            let api = try await office.send(.get, "/api/v1/search?q=\(words)", token: token)
            #expect(api.status == 405)
            let description = try await office.send(.get, "/api/v1/openapi.json", token: token).json
            let search = description["paths"]?["/api/v1/search"]
            #expect(search?["post"]?["requestBody"] != nil && search?["get"] == nil)
        }
    }

    @Test func `a search without words leads to the list, one for nothing is nowhere`() async throws
    {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(.viewer)
            let list = try await office.form(
                "/search", ["q": " ", "entity": "village"], token: token)
            #expect(list.status == 303 && list.headers[.location] == "/records/village")
            for (entity, status) in [("nothing", 404), ("person", 403), ("account", 403)] {
                let answer = try await office.form(
                    "/search", ["q": "аида", "entity": entity], token: token)
                #expect(answer.status == status, "\(entity)")
            }
        }
    }
}
