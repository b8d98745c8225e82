import HTTPTypes
import Participation
import Store
import Testing

@testable import WebUI

/// The form that every kind of record has.
@Suite struct RecordFormTests {
    @Test(arguments: [("true", JSON.bool(true)), ("false", .bool(false)), ("", nil)])
    func `no is an answer, and nobody having answered is another thing`(
        _ typed: String, _ kept: JSON?
    ) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.facilitator)
            func circle() async throws -> JSON {
                let list = try await office.send(
                    .get, "/api/v1/records/institution", token: token)
                guard case .array(let circles)? = list.json["records"] else { return .null }
                return try #require(circles.first)
            }
            func send(_ path: String, _ satisfied: String) async throws {
                let answer = try await office.form(
                    path,
                    [
                        "event": "e", "drawnBy": "all", "name": "ФАП", "kind": "localInstitution",
                        "satisfied": satisfied,
                    ], token: token)
                #expect(answer.status == 303)
            }
            try await send("/records/institution", typed)
            #expect(try await circle()["satisfied"] == kept)
            let path = "/records/institution/\(try #require(try await circle()["id"]?.text))"
            #expect(try await Self.chosen("satisfied", path, office, token) == typed)
            try await send(path, "false")
            #expect(try await circle()["satisfied"] == false)
            try await send(path, "")
            #expect(try await circle()["satisfied"] == nil)
        }
    }

    @Test func `a flag that nobody set is a no, which need not be written`() async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.facilitator)
            #expect(
                try await Self.chosen("isCenter", "/records/village/new", office, token) == "false")
            for (name, isCenter) in [("Бирдик", "false"), ("Үч-Төбө", "true")] {
                let answer = try await office.form(
                    "/records/village", ["municipality": "m", "name": name, "isCenter": isCenter],
                    token: token)
                #expect(answer.status == 303)
            }
            let list = try await office.send(.get, "/api/v1/records/village", token: token)
            guard case .array(let villages)? = list.json["records"] else {
                Issue.record("no villages: \(list.text)")
                return
            }
            let centers = villages.map { [$0["name"]?.text: $0["isCenter"]] }
            #expect(centers.contains(["Бирдик": nil]) && centers.contains(["Үч-Төбө": true]))
        }
    }

    /// Which word of a field is chosen on a page.
    private static func chosen(
        _ field: String, _ path: String, _ office: TestOffice, _ token: String
    ) async throws -> String {
        let page = try await office.send(.get, path, token: token)
        let ticked = try Regex("name=\"\(field)\" value=\"(\\w*)\"[^>]* checked")
        let found = try #require(page.text.firstMatch(of: ticked), "\(field) on \(path)")
        return found.output[1].substring.map(String.init) ?? ""
    }
}
