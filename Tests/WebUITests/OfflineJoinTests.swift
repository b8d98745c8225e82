import Foundation
import Hummingbird
import NIOCore
import Participation
import Store
import Testing
import WebUI

/// An invitation used where no network joins the two laptops: a request goes one way on a stick,
/// a bundle comes back.
struct OfflineJoinTests {
    /// A form with a label and a file.
    private static func body(_ bytes: String, label: String = "Айыл") -> RequestBody {
        let text = """
            --x\r\nContent-Disposition: form-data; name="label"\r\n\r\n\(label)\r
            --x\r\nContent-Disposition: form-data; name="file"; filename="f"\r
            Content-Type: application/octet-stream\r\n\r\n\(bytes)\r\n--x--\r\n
            """
        return RequestBody(buffer: ByteBuffer(string: text))
    }

    private static func send(
        _ office: TestOffice, _ path: String, _ bytes: String, label: String = "Айыл",
        token: String? = nil
    ) async throws -> TestOffice.Answer {
        try await office.send(
            .post, path, token: token,
            headers: [
                .origin: TestOffice.origin, .contentType: "multipart/form-data; boundary=x",
            ], body: body(bytes, label: label))
    }

    @Test func `a new laptop makes a request and takes the office's bundle`() async throws {
        let laptops = TestLaptops {
            $0.state.community = nil
            $0.state.laptops = []
        }
        try await TestOffice.with(laptops: laptops) { office in
            let page = try await office.send(.get, "/welcome/join")
            #expect(page.text.contains("formaction=\"/welcome/join/request\""))
            #expect(!page.text.contains("/welcome/join/bundle"))
            let nameless = try await Self.send(
                office, "/welcome/join/request", "invited", label: "")
            #expect(nameless.status == 422)
            let made = try await Self.send(office, "/welcome/join/request", "invited")
            #expect(made.status == 200 && made.text == "requested")
            #expect(made.headers[.contentDisposition]?.hasPrefix("attachment") == true)

            laptops.set { $0.state.community = .init(tag: "00ff", isFoundedHere: false) }
            let waiting = try await office.send(.get, "/welcome/join")
            #expect(waiting.text.contains("Кеңсенин жазуулары келе элек"))
            #expect(waiting.text.contains("action=\"/welcome/join/bundle\""))
            #expect(try await Self.send(office, "/welcome/join/bundle", "").status == 422)
            let taken = try await Self.send(office, "/welcome/join/bundle", "a bundle")
            #expect(taken.headers[.location] == "/welcome/join")
            #expect(laptops.upload == Data("a bundle".utf8))
            #expect(
                laptops.asked == ["request invited Айыл", "receive", "take in bundle-1"])

            laptops.set { $0.fault = .notForUs }
            let refused = try await Self.send(office, "/welcome/join/bundle", "a bundle")
            #expect(refused.status == 422 && refused.text.contains("биз үчүн жазылган эмес"))
        }
    }

    @Test func `only the first run takes a bundle without a login`() async throws {
        let laptops = TestLaptops { $0.state.community?.isFoundedHere = false }
        try await TestOffice.with(laptops: laptops) { office in
            _ = try await office.token(.admin)
            let over = try await Self.send(office, "/welcome/join/bundle", "a bundle")
            #expect(over.headers[.location] == "/login")
            #expect(laptops.asked.isEmpty)
        }
    }

    @Test func `the office admits by a request, and says what comes next`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.admin)
            let none = try await Self.send(office, "/laptops/request", "", token: token)
            #expect(none.status == 422 && none.text.contains("<details class=\"more\" open>"))
            let admitted = try await Self.send(
                office, "/laptops/request", "requested", token: token)
            #expect(admitted.headers[.location] == "/laptops/sticks")
            #expect(laptops.asked == ["admit request requested"])
            laptops.set { $0.fault = .usedInvitation }
            let used = try await Self.send(office, "/laptops/request", "requested", token: token)
            #expect(used.status == 422 && used.text.contains("мурда колдонулган"))
            let clerk = try await office.token(.facilitator)
            #expect(
                try await Self.send(office, "/laptops/request", "x", token: clerk).status == 403)
        }
    }
}
