import Foundation
import HTTPTypes
import Participation
import Store
import Testing

/// The Tokoch's page: shares that make exactly 100 %, the real budget, topics for a hearing.
struct TokochPageTests {
    private static let root = "/api/v1/events/e/tokoch"
    private static let bread =
        Lines.place + """

            {"entity":"tokochSlice","id":"s1","event":"e","item":"Мектептерди күтүү","percent":30}
            {"entity":"tokochSlice","id":"s2","event":"e","item":"Жолдор","percent":45.5}
            {"entity":"budget","id":"b","municipality":"m","year":2026,"status":"approved"}
            {"entity":"budgetLine","id":"l1","budget":"b","side":"expense","title":"Мектептер","planned":540000}
            {"entity":"budgetLine","id":"l2","budget":"b","side":"expense","title":"Жолдорду оңдоо","planned":460000}
            {"entity":"budgetLine","id":"l3","budget":"b","side":"revenue","title":"Жер салыгы","planned":1000000}
            """

    private struct Table {
        let office: TestOffice
        let token: String

        func act(_ action: String, _ json: String) async throws -> TestOffice.Answer {
            try await office.send(.post, "\(root)/\(action)", token: token, json: json)
        }

        func record(_ path: String) async throws -> JSON {
            try await office.send(.get, "/api/v1/records/\(path)", token: token).json
        }

        func shares() async throws -> [Double] {
            var found: [Double] = []
            for id in ["s1", "s2"] {
                switch try await record("tokochSlice/\(id)")["percent"] {
                case .integer(let number)?: found.append(Double(number))
                case .number(let number)?: found.append(number)
                default: found.append(-1)
                }
            }
            return found
        }
    }

    private static func with(_ work: (Table) async throws -> Void) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(bread).isTaken)
            try await work(Table(office: office, token: try await office.token(.facilitator)))
        }
    }

    @Test func `the rest goes to one slice, or all are levelled to 100`() async throws {
        try await Self.with { table in
            let page = try await table.office.send(
                .get, "/events/e/tokoch", token: table.token
            ).text
            #expect(page.contains("24,5\u{A0}%"))
            #expect(try await table.act("rest", #"{"slice":"s1"}"#).json["done"] == true)
            #expect(try await table.shares() == [54.5, 45.5])
            _ = try await table.act("shares", #"{"percent-s1":"80","percent-s2":"40,5"}"#)
            #expect(try await table.shares() == [80, 40.5])
            #expect(try await table.act("fit", "{}").status == 200)
            #expect(try await table.shares() == [66, 34])
        }
    }

    @Test func `sums follow shares and shares sums, and sums that make the whole make 100`()
        async throws
    {
        try await Self.with { table in
            #expect(try await table.act("total", #"{"total":"3 000 000"}"#).status == 200)
            let first = try await table.record("tokochSlice/s1")
            #expect(first["amount"] == .integer(900_000))
            _ = try await table.act("shares", #"{"amount-s1":"1 000 000","amount-s2":"2000000"}"#)
            #expect(try await table.shares() == [33.33, 66.67])
            _ = try await table.act("shares", #"{"percent-s2":50}"#)
            let second = try await table.record("tokochSlice/s2")
            #expect(second["amount"] == .integer(1_500_000))
        }
    }

    @Test(arguments: [
        ("shares", #"{"percent-s1":"101"}"#, 422), ("shares", #"{"percent-s1":"көп"}"#, 422),
        ("shares", #"{"percent-s1":-1}"#, 422), ("shares", #"{"percent-s1":1e308}"#, 422),
        ("shares", #"{"amount-s1":-5}"#, 422), ("total", #"{"total":-5}"#, 422),
        ("total", #"{"total":"9999999999999999999"}"#, 422), ("rest", #"{"slice":"x"}"#, 404),
        ("order", #"{"slice":"x","direction":"up"}"#, 404),
        ("match", #"{"line-l1":"p"}"#, 422), ("vote", #"{"record":"p"}"#, 404),
    ])
    func `bad input is refused with a word`(_ action: String, _ json: String, _ status: Int)
        async throws
    {
        try await Self.with { table in
            #expect(try await table.act(action, json).status == status)
            let viewer = try await table.office.token(.viewer)
            let answer = try await table.office.send(
                .post, "\(Self.root)/\(action)", token: viewer, json: json)
            #expect(answer.status == 403)
            #expect(try await table.shares() == [30, 45.5])
        }
    }

    @Test func `a twenty-first slice and a second of one name are refused`() async throws {
        try await Self.with { table in
            let known = try await table.act("slices", #"{"item":"жолдор","percent":5}"#)
            #expect(known.json["problem"]?.text != nil)
            for number in 3...20 {
                let answer = try await table.act("slices", #"{"item":"Бөлүк \#(number)"}"#)
                #expect(answer.json["done"] == true, "\(number)")
            }
            let full = try await table.act("slices", #"{"item":"Дагы бири"}"#)
            #expect(full.json["problem"]?.text?.contains("20") == true)
            let form = try await table.office.form(
                "/events/e/tokoch/slices", ["item": "", "percent": "5"], token: table.token)
            #expect(form.status == 422 && form.text.contains("Акча эмнеге жумшаларын жазыңыз."))
        }
    }

    @Test func `budget lines are matched by people, and the difference is said`() async throws {
        try await Self.with { table in
            let page = { () async throws -> String in
                try await table.office.send(.get, "/events/e/tokoch", token: table.token).text
            }
            #expect(try await page().contains("«Мектептер» – бул «Мектептерди күтүү» бөлүгүбү?"))
            #expect(try await table.act("match", #"{"all":true}"#).json["done"] == true)
            let matched = try await page()
            #expect(
                matched.contains("«Мектептерди күтүү»: элдин оюнча 30\u{A0}%, чынында 54\u{A0}%."))
            #expect(matched.contains("«Жолдор»: элдин оюнча 45,5\u{A0}%, чынында 46\u{A0}%."))
            let picture = try await table.office.send(
                .get, "/api/v1/events/e/tokoch.svg", token: table.token)
            #expect(picture.text.contains("54\u{A0}%"))
            // Both lines may belong to one slice, or to none.
            #expect(try await table.act("match", #"{"line-l2":"s1"}"#).status == 200)
            #expect(try await page().contains("чынында 100\u{A0}%"))
            #expect(try await table.act("match", #"{"line-l1":"","line-l2":""}"#).status == 200)
            #expect(try await !page().contains("чынында"))
        }
    }

    @Test func `a topic comes of a difference with one press and hands are counted`() async throws {
        try await Self.with { table in
            _ = try await table.act("match", #"{"all":true}"#)
            #expect(try await table.act("topics", #"{"slice":"s1"}"#).json["done"] == true)
            let again = try await table.act("topics", #"{"slice":"s1"}"#)
            #expect(again.json["done"] == false)
            let list = try await table.record("hearingTopic")
            guard case .array(let topics)? = list["records"], let id = topics.first?["id"]?.text
            else { throw CancellationError() }
            for direction in ["up", "up", "down", "down", "down", "up"] {
                let answer = try await table.act(
                    "vote", #"{"record":"\#(id)","direction":"\#(direction)"}"#)
                #expect(answer.status == 200)
            }
            let topic = try await table.record("hearingTopic/\(id)")
            #expect(topic["votes"] == .integer(1))
            #expect(topic["topic"]?.text?.contains("54") == true)
        }
    }

    @Test func `village X divides its bread into nine slices that make 100`() async throws {
        try await TestOffice.with { office in
            let file = TestOffice.root.appendingPathComponent(
                "Sources/Commands/Demo/2-x-village.jsonl")
            let lines = try String(contentsOf: file, encoding: .utf8)
            #expect(try await office.take(lines).isTaken)
            let token = try await office.token(.viewer)
            let page = try await office.send(.get, "/events/x-s1/tokoch", token: token).text
            #expect(page.ranges(of: "class=\"slice-row\"").count == 9)
            #expect(page.contains("100\u{A0}%") && page.contains("is-exact"))
            let venn = try await office.send(.get, "/events/x-s1/venn", token: token).text
            #expect(venn.ranges(of: "class=\"venn-row\"").count == 15)
            for kind in ["venn", "tokoch"] {
                let picture = try await office.send(
                    .get, "/api/v1/events/x-s1/\(kind).svg", token: token)
                #expect(picture.status == 200 && picture.text.contains("Китепкана"))
            }
        }
    }
}
