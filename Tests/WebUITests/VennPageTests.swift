import Foundation
import HTTPTypes
import Participation
import Store
import Testing

/// The Venn diagram's page: what is done on it is one commit, and what gives way is asked first.
struct VennPageTests {
    private static let root = "/api/v1/events/e/venn"
    private static let circles =
        Lines.place + """

            {"entity":"institution","id":"ao","event":"e","drawnBy":"all","name":"Айыл өкмөтү","kind":"localInstitution","importance":"large","x":0,"y":0,"rank":1}
            {"entity":"institution","id":"fap","event":"e","drawnBy":"all","name":"ФАП","kind":"localInstitution","importance":"small","x":400,"y":0,"rank":2,"satisfied":false,"note":"Дарыгер сейрек келет"}
            {"entity":"institution","id":"mk","event":"e","drawnBy":"all","name":"<b>Микрокредит</b>","kind":"outside","importance":"medium","x":-400,"y":0}
            """

    private static func relation(
        _ office: TestOffice, _ token: String
    ) async throws -> [String: String] {
        let list = try await office.send(
            .get, "/api/v1/records/institutionLink", token: token)
        guard case .array(let records)? = list.json["records"] else { return [:] }
        return Dictionary(
            records.map {
                ("\($0["from"]?.text ?? "")-\($0["to"]?.text ?? "")", $0["relation"]?.text ?? "")
            }, uniquingKeysWith: { $0 + "," + $1 })
    }

    @Test func `a circle let go states what it touches, and apart only where something was said`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.circles).isTaken)
            let token = try await office.token(.facilitator)
            func place(_ x: Int) async throws -> TestOffice.Answer {
                try await office.send(
                    .post, Self.root + "/place", token: token,
                    json: #"{"institution":"fap","x":\#(x),"y":0}"#)
            }
            #expect(try await place(500).status == 200)
            #expect(try await Self.relation(office, token) == [:])
            let near = try await place(148)
            #expect(near.json["said"]?.text?.contains("exchange information") == true)
            #expect(try await Self.relation(office, token) == ["ao-fap": "touching"])
            #expect(try await place(20).status == 200)
            #expect(try await Self.relation(office, token) == ["ao-fap": "inside"])
            #expect(try await place(700).status == 200)
            #expect(try await Self.relation(office, token) == ["ao-fap": "apart"])
            let fap = try await office.send(
                .get, "/api/v1/records/institution/fap", token: token)
            #expect(fap.json["x"] == .integer(700) || fap.json["x"] == .number(700))
        }
    }

    @Test func `what would give way is asked first, and said when it is done all the same`()
        async throws
    {
        try await TestOffice.with { office in
            let stated = """

                {"entity":"institutionLink","id":"l1","event":"e","drawnBy":"all","from":"fap","to":"mk","relation":"apart"}
                """
            #expect(try await office.take(Self.circles + stated).isTaken)
            let token = try await office.token(.facilitator)
            func relate(_ fields: String) async throws -> TestOffice.Answer {
                try await office.send(
                    .post, Self.root + "/relation", token: token, json: "{\(fields)}")
            }
            let first = try await relate(#""first":"fap","second":"ao","relation":"inside""#)
            #expect(first.json["done"] == true)
            // The small circle is inside the large one: a medium one that holds it too cannot stay
            // apart from the large one.
            _ = try await relate(#""first":"mk","second":"ao","relation":"apart""#)
            let before = try await Self.relation(office, token)
            let question = try await relate(#""first":"fap","second":"mk","relation":"inside""#)
            #expect(question.json["done"] == false)
            #expect(question.json["question"]?.text?.contains("Айыл өкмөтү") == true)
            #expect(try await Self.relation(office, token) == before)
            let done = try await relate(
                #""first":"fap","second":"mk","relation":"inside","anyway":true"#)
            #expect(done.json["done"] == true)
            let after = try await Self.relation(office, token)
            #expect(after["fap-mk"] == "inside" && after != before)
            let page = try await office.send(.get, "/events/e/venn", token: token).text
            #expect(!page.contains("data-act=\"venn/arrange\""))
        }
    }

    @Test func `equal circles are not inside one another, and the forms say so too`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.circles).isTaken)
            let token = try await office.token(.facilitator)
            let sized = try await office.send(
                .post, Self.root + "/size", token: token,
                json: #"{"institution":"fap","importance":"medium"}"#)
            #expect(sized.json["done"] == true)
            let answer = try await office.send(
                .post, Self.root + "/relation", token: token,
                json: #"{"first":"fap","second":"mk","relation":"inside"}"#)
            #expect(answer.json["problem"]?.text?.contains("of one size") == true)
            let form = try await office.form(
                "/events/e/venn/relation",
                ["first": "fap", "second": "mk", "relation": "inside"], token: token)
            #expect(form.status == 422 && form.text.contains("бирдей чоңдукта"))
            let moved = try await office.form(
                "/events/e/venn/relation",
                ["first": "fap", "second": "mk", "relation": "touching"], token: token)
            #expect(moved.status == 303)
            #expect(moved.headers[.location] == "/events/e/venn?drawnBy=all")
        }
    }

    @Test(arguments: [
        ("place", #"{"institution":"fap","x":1e308,"y":0}"#, 422),
        ("place", #"{"institution":"fap","x":6000,"y":0}"#, 422),
        ("place", #"{"institution":"fap","x":"nan","y":0}"#, 422),
        ("place", #"{"institution":"fap","y":0}"#, 422),
        ("place", #"{"institution":"aida","x":1,"y":0}"#, 404),
        ("place", #"{"institution":{"a":1},"x":1,"y":0}"#, 422), ("place", "[]", 422),
        ("relation", #"{"first":"fap","second":"mk","relation":"near"}"#, 400),
        ("relation", #"{"first":"fap","relation":"apart"}"#, 400),
        ("size", #"{"institution":"fap","importance":"huge"}"#, 422),
        ("rank", #"{"institution":"none","direction":"up"}"#, 404),
        ("copy", #"{"from":"children"}"#, 422),
        ("institutions", #"{"drawnBy":"children","name":"А"}"#, 422),
    ])
    func `bad input is refused with a word`(_ action: String, _ json: String, _ status: Int)
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.circles).isTaken)
            let token = try await office.token(.facilitator)
            let answer = try await office.send(
                .post, "\(Self.root)/\(action)", token: token, json: json)
            #expect(answer.status == status, "\(answer.text)")
            let viewer = try await office.token(.viewer)
            let other = try await office.send(
                .post, "\(Self.root)/\(action)", token: viewer, json: json)
            #expect(other.status == 403)
        }
    }

    @Test func `institutions are added, ordered and taken over`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.circles).isTaken)
            let token = try await office.token(.facilitator)
            func act(_ action: String, _ json: String) async throws -> JSON {
                try await office.send(
                    .post, "\(Self.root)/\(action)", token: token, json: json
                ).json
            }
            let known = try await act(
                "institutions", #"{"name":"айыл  өкмөтү","kind":"localGroup"}"#)
            #expect(known["done"] == false && known["problem"]?.text != nil)
            let nameless = try await act("institutions", #"{"name":" ","kind":"localGroup"}"#)
            #expect(nameless["problem"]?.text != nil)
            #expect(try await act("rank", #"{"institution":"mk","to":1}"#)["done"] == true)
            let list = try await office.send(
                .get, "/api/v1/records/institution", token: token
            ).text
            let ranks = try ["mk", "ao", "fap"].map { id in
                list.firstMatch(of: try Regex("\"id\":\"\(id)\"[^}]*\"rank\":(\\d)"))?
                    .output[1].substring
            }
            #expect(ranks == ["1", "2", "3"])
            let copied = try await act("copy", #"{"drawnBy":"women","from":"all"}"#)
            #expect(copied["said"]?.text?.contains("3") == true)
            let page = try await office.send(
                .get, "/events/e/venn?drawnBy=women", token: token
            ).text
            #expect(page.ranges(of: "class=\"venn-row\"").count == 3)
        }
    }

    @Test func `a picture holds names and relations, no notes, and nothing that runs`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(try await office.take(Self.circles).isTaken)
            let token = try await office.token(.viewer)
            let path = "/api/v1/events/e/venn.svg"
            let picture = try await office.send(.get, path, token: token)
            #expect(picture.headers[.contentType]?.hasPrefix("image/svg+xml") == true)
            #expect(picture.text.contains("ФАП") && picture.text.contains("&lt;b&gt;"))
            #expect(!picture.text.contains("Дарыгер") && !picture.text.contains("<b>"))
            let wrong = try await office.send(.get, path + "?drawnBy=x", token: token)
            #expect(wrong.status == 422)
            let none = try await office.send(
                .get, "/api/v1/events/none/venn.svg", token: token)
            #expect(none.status == 404)
            // Not satisfied has a face, who was not asked has none.
            let page = try await office.send(.get, "/events/e/venn", token: token).text
            #expect(page.ranges(of: "face face-sad").count == 2)
            #expect(page.ranges(of: "face face-glad").count == 1)
        }
    }

    @Test func `where women and men drew apart, a diagram of theirs is opened`() async throws {
        try await TestOffice.with { office in
            let women = """
                {"entity":"institution","id":"w","event":"e","drawnBy":"women","name":"ФАП","kind":"outside","importance":"small"}
                """
            #expect(try await office.take([Lines.place, women].joined(separator: "\n")).isTaken)
            let token = try await office.token(.facilitator)
            let current = "drawnBy=women\" aria-current"
            let page = try await office.send(.get, "/events/e/venn", token: token).text
            #expect(page.contains(current) && page.contains("circle-w"))
            let all = try await office.send(.get, "/events/e/venn?drawnBy=all", token: token).text
            #expect(!all.contains(current) && !all.contains("circle-w"))
        }
    }

    @Test func `300 institutions are shown, one more is refused`() async throws {
        try await TestOffice.with { office in
            let many = (0..<300).map {
                #"{"entity":"institution","id":"i\#($0)","event":"e","drawnBy":"all","name":"Мекеме \#($0)","kind":"outside","importance":"small"}"#
            }
            let lines = ([Lines.place] + many).joined(separator: "\n")
            #expect(try await office.take(lines).isTaken)
            let token = try await office.token(.facilitator)
            let page = try await office.send(.get, "/events/e/venn", token: token)
            #expect(page.text.ranges(of: "class=\"venn-row\"").count == 300)
            let answer = try await office.send(
                .post, Self.root + "/institutions", token: token,
                json: #"{"name":"Дагы бири","kind":"outside"}"#)
            #expect(answer.json["problem"]?.text?.contains("300") == true)
            let related = try await office.send(
                .post, Self.root + "/relation", token: token,
                json: #"{"first":"i0","second":"i299","relation":"touching"}"#)
            #expect(related.json["done"] == true)
        }
    }
}
