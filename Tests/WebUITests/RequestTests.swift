import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store
import Testing
import WebUI

/// What is wrong with a request itself, before anybody asks what it wants.
struct RequestTests {
    @Test(arguments: [[TestOffice.authority], ["evil.example"], [TestOffice.authority, "x"]])
    func `a second Host line is refused, the same or another`(_ further: [String]) async throws {
        try await TestOffice.with { office in
            let host = try #require(HTTPField.Name("Host"))
            for authority in [TestOffice.authority, "evil.example"] {
                var headers: HTTPFields = [:]
                headers[values: host] = further
                let answer = try await office.send(
                    .get, "/login", headers: headers, authority: authority)
                #expect(answer.status == 400)
            }
        }
    }

    @Test(arguments: [
        ("PUT", "/records/person", "GET, HEAD, POST"), ("PUT", "/undo", "GET, HEAD, POST"),
        ("DELETE", "/records/person/aida", "GET, HEAD, POST"),
        ("OPTIONS", "/", "GET, HEAD"), ("GET", "/logout", "POST"), ("HEAD", "/language", "POST"),
        ("POST", "/static/live.js", "GET, HEAD"), ("POST", "/records/person/new", "GET, HEAD"),
        ("PUT", "/api/v1/records/person", "GET, HEAD, POST"),
        ("POST", "/api/v1/records/person/aida", "GET, HEAD, PATCH, DELETE"),
        ("DELETE", "/api/v1/status", "GET, HEAD"), ("GET", "/api/v1/search", "POST"),
        ("GET", "/api/v1/import", "POST"),
    ])
    func `an address says which methods it takes`(
        _ method: String, _ path: String, _ allowed: String
    ) async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.admin)
            let answer = try await office.send(
                try #require(HTTPRequest.Method(method)), path, token: token,
                headers: [.origin: TestOffice.origin])
            #expect(answer.status == 405)
            #expect(answer.headers[.allow] == allowed)
            if path.hasPrefix("/api/"), method != "HEAD" {
                #expect(answer.json["status"] == 405)
                #expect(answer.json["type"] == "urn:ashar:problem:method")
            }
        }
    }

    @Test func `an address that is not there is not there for any method`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.admin)
            let brew = try #require(HTTPRequest.Method("BREW"))
            let headers: HTTPFields = [.origin: TestOffice.origin]
            for (method, status) in [(HTTPRequest.Method.get, 404), (.put, 404), (brew, 501)] {
                for path in ["/nowhere", "/api/v1/nothing"] {
                    let answer = try await office.send(
                        method, path, token: token, headers: headers)
                    #expect(answer.status == status, "\(method) \(path)")
                }
            }
        }
    }

    @Test(arguments: [
        ("application/json", 201), ("Application/JSON; charset=utf-8", 201),
        ("application/json-patch+json", 415), ("application/merge-patch+json", 415),
        ("application/problem+json", 415), ("application/jsonl", 415), ("text/json", 415),
        ("application/x-www-form-urlencoded", 415), ("", 415),
    ])
    func `only JSON is JSON, and the refusal says so`(
        _ type: String, _ status: Int
    ) async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.facilitator)
            let answer = try await office.send(
                .post, "/api/v1/records/municipality", token: token, json: #"{"name":"Арал"}"#,
                headers: [.contentType: type])
            #expect(answer.status == status)
            guard status == 415 else { return }
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.json["detail"]?.text?.contains("application/json") == true)
        }
    }

    @Test func `a page takes forms alone`() async throws {
        try await TestOffice.with { office in
            let headers: HTTPFields = [
                .origin: TestOffice.origin, .contentType: "application/json",
            ]
            let answer = try await office.send(.post, "/login", json: "{}", headers: headers)
            #expect(answer.status == 415)
            #expect(answer.text.contains("application/x-www-form-urlencoded"))
        }
    }

    @Test(arguments: [
        (RequestFault.tooSlow, 408), (.clientLeft, 400), (.malformed, 400),
    ])
    func `a body that never comes whole is answered and is no fault of the program`(
        _ fault: RequestFault, _ status: Int
    ) async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.facilitator)
            let paths = ["/api/v1/records/village", "/api/v1/import", "/login", "/records/village"]
            for path in paths {
                let answer = try await office.send(
                    .post, path, token: token, headers: [.origin: TestOffice.origin],
                    isForm: !path.hasPrefix("/api/"),
                    body: RequestBody(asyncSequence: Broken(fault: fault)))
                #expect(answer.status == status, "\(path)")
                #expect(answer.headers[.contentSecurityPolicy] != nil)
                if fault != .malformed { #expect(answer.headers[.connection] == "close") }
            }
            #expect(office.log.said.filter { $0.hasPrefix("error") } == [])
            #expect(try await office.store.read { try $0.count(.village) } == 0)
            let left = try office.leftInFolder()
            #expect(!left.contains { $0.hasPrefix("incoming") })
        }
    }

    @Test func `a fault of the program itself is still logged`() async throws {
        struct Unheard: Error {}
        try await TestOffice.with { office in
            let token = try await office.token(.facilitator)
            let answer = try await office.send(
                .post, "/api/v1/records/village", token: token,
                body: RequestBody(asyncSequence: Broken(fault: Unheard())))
            #expect(answer.status == 500)
            #expect(office.log.said.contains("error: request failed"))
        }
    }

    /// A body of which a part comes, and then nothing more.
    private struct Broken: AsyncSequence, Sendable {
        let fault: any Error

        struct Iterator: AsyncIteratorProtocol {
            let fault: any Error
            var isBegun = false

            mutating func next() async throws -> ByteBuffer? {
                guard isBegun else {
                    isBegun = true
                    return ByteBuffer(string: "{\"name\":")
                }
                throw fault
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(fault: fault) }
    }
}
