import HTTPTypes
import Participation
import Store
import Testing
import WebUI

/// What an open page hears, and when it hears no more.
struct EventStreamTests {
    private struct Deaf: Error {}

    /// Opens the events with a cookie or a token, does something, and gives all that was said
    /// when the stream ended by itself.
    private static func heard(
        _ office: TestOffice, cookie: String? = nil, token: String? = nil,
        until act: (TestOffice.Said) async throws -> Void
    ) async throws -> String {
        var headers: HTTPFields = [:]
        headers[.cookie] = cookie
        let (said, sent) = (TestOffice.Said(), headers)
        return try await withThrowingTaskGroup(of: String.self) { group in
            group.addTask {
                try await office.send(
                    .get, "/api/v1/events", token: token, headers: sent, said: said
                ).text
            }
            group.addTask {
                try await Task.sleep(for: .seconds(50))
                throw Deaf()
            }
            try await wait(for: "event: hello", said)
            try await act(said)
            let text = try await group.next()
            group.cancelAll()
            return text ?? ""
        }
    }

    private static func wait(for words: String, _ said: TestOffice.Said) async throws {
        for _ in 0..<5000 where !said.text.contains(words) {
            try await Task.sleep(for: .milliseconds(5))
        }
        guard said.text.contains(words) else { throw Deaf() }
    }

    /// Makes a village and waits until the stream has told of it.
    private static func change(_ office: TestOffice, _ said: TestOffice.Said) async throws {
        let id = try #require(RecordID("new-village"))
        let fields: [String: Value?] = ["name": .text("Бирдик"), "municipality": .text("m")]
        try await office.store.commit(
            [.make(RecordInput(.village, id: id, fields: fields))], by: .program)
        try await wait(for: "new-village", said)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a stream tells of changes and ends with the logout`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let cookie = try await office.cookie(.viewer)
            let text = try await Self.heard(office, cookie: cookie) { said in
                try await Self.change(office, said)
                #expect(try await office.form("/logout", [:], cookie: cookie).status == 303)
            }
            #expect(text.contains("event: change"))
            let again = try await office.send(.get, "/api/v1/events", headers: [.cookie: cookie])
            #expect(again.status == 401)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a stream ends when the account is disabled`() async throws {
        try await TestOffice.with { office in
            let admin = try await office.token(.admin)
            let cookie = try await office.cookie(.viewer)
            _ = try await Self.heard(office, cookie: cookie) { _ in
                let answer = try await office.form(
                    "/accounts/account-viewer/disable", [:], token: admin)
                #expect(answer.status == 303)
            }
        }
    }

    @Test(.timeLimit(.minutes(10)), arguments: [false, true])
    func `a stream ends when the role is another one`(_ isByToken: Bool) async throws {
        try await TestOffice.with { office in
            let account = try #require(RecordID("account-facilitator"))
            let cookie = isByToken ? nil : try await office.cookie(.facilitator)
            let token = isByToken ? try await office.token(.facilitator) : nil
            _ = try await Self.heard(office, cookie: cookie, token: token) { _ in
                try await office.store.commit(
                    [
                        .change(
                            RecordInput(.account, id: account, fields: ["role": .text("viewer")]))
                    ],
                    by: .program)
            }
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func `another's account changes nothing for a stream`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            _ = try await office.token(.deputy)
            let deputy = try #require(RecordID("account-deputy"))
            let cookie = try await office.cookie(.viewer)
            let text = try await Self.heard(office, cookie: cookie) { said in
                try await office.store.commit([.delete(.account, deputy)], by: .program)
                try await Self.change(office, said)
                _ = try await office.form("/logout", [:], cookie: cookie)
            }
            // Which accounts there are is for administrators.
            #expect(!text.contains("account"))
            #expect(text.contains("new-village"))
        }
    }
}
