import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Store
import Testing
import WebUI

/// Records on sticks: written, looked into, taken in, with a receipt.
struct StickTests {
    private static let receipt = BundleReceipt(
        at: 1_795_300_000_000, maker: TestLaptops.school, madeAt: 1_795_200_000_000,
        files: [.init(name: "ashar-1.ashar", bytes: 5_000_000, check: "00ff00ff00ff00ff")],
        logs: [
            .init(laptop: TestLaptops.school, entries: 1150, newEntries: 34),
            .init(laptop: TestLaptops.club, entries: 50, newEntries: 0, isLeftOut: true),
        ], photos: 5, digestBefore: "WXYZ 2345", digest: "ABCD EFGH")

    private static func transfer(
        _ direction: Transfer.Direction, stick: String? = nil, _ phase: Transfer.Phase
    ) -> Transfer {
        Transfer(
            id: TestLaptops.transfer, begunAt: 1_795_300_000_000, direction: direction,
            stick: stick, phase: phase)
    }

    /// A form with a file, in pieces of seven bytes.
    private static func upload(_ bytes: String, boundary: String = "x--y") -> RequestBody {
        let text = """
            --\(boundary)\r\nContent-Disposition: form-data; name="note"\r\n\r\nфайл\r
            --\(boundary)\r\nContent-Disposition: form-data; name="file"; filename="a.ashar"\r
            Content-Type: application/octet-stream\r\n\r\n\(bytes)\r\n--\(boundary)--\r\n
            """
        let all = Array(text.utf8)
        let pieces = stride(from: 0, to: all.count, by: 7).map {
            ByteBuffer(bytes: all[$0..<min($0 + 7, all.count)])
        }
        return RequestBody(
            asyncSequence: AsyncStream { stream in
                for piece in pieces { stream.yield(piece) }
                stream.finish()
            })
    }

    private static func send(
        _ office: TestOffice, _ body: RequestBody, _ token: String,
        type: String = "multipart/form-data; boundary=x--y"
    ) async throws -> TestOffice.Answer {
        try await office.send(
            .post, "/laptops/sticks/upload", token: token,
            headers: [.origin: TestOffice.origin, .contentType: type], body: body)
    }

    @Test func `a bundle is written onto a stick or for a download`() async throws {
        let laptops = TestLaptops {
            $0.sticks = [Stick(id: "usb", label: "KINGSTON", freeBytes: 9_000_000, bundles: [])]
        }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.secretary)
            let page = try await office.send(.get, "/laptops/sticks", token: token)
            #expect(page.text.contains("KINGSTON") && page.text.contains("value=\"usb\""))
            #expect(!page.text.contains("value=\"\(TestLaptops.office)\""))
            for (scope, goal, status) in [
                ("all", "usb", 303), ("\(TestLaptops.club)", "download", 303),
                ("all", "gone", 422), ("nobody", "usb", 422),
                ("\(TestLaptops.office)", "usb", 422),
            ] {
                let answer = try await office.form(
                    "/laptops/sticks/export", ["scope": scope, "goal": goal], token: token)
                #expect(answer.status == status, "\(scope) \(goal)")
            }
            #expect(laptops.asked == ["export all usb", "export lacking download"])
        }
    }

    @Test func `an uploaded bundle is taken over as it came, looked into and taken in`()
        async throws
    {
        let laptops = TestLaptops {
            $0.summary = BundleSummary(
                name: "a.ashar", bytes: 900, parts: 2, maker: TestLaptops.school,
                madeAt: 1_795_300_000_000, isEverything: true, entries: 12, newEntries: 0,
                photos: 0)
        }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.facilitator)
            let content = "secret\r\n--x-\r\nmore\r\n--x--"
            let before = try office.leftInFolder()
            let sent = try await Self.send(office, Self.upload(content), token)
            #expect(sent.headers[.location] == "/laptops/sticks/bundles/bundle-1")
            #expect(laptops.upload == Data(content.utf8))
            #expect(try office.leftInFolder().sorted() == before.sorted())
            let page = try await office.send(
                .get, "/laptops/sticks/bundles/bundle-1", token: token)
            #expect(page.text.contains("Арал, мектеп") && page.text.contains("Файлдардын саны"))
            let taken = try await office.form(
                "/laptops/sticks/bundles/bundle-1", [:], token: token)
            #expect(taken.headers[.location] == "/laptops/sticks/transfers/transfer-1")
        }
    }

    @Test func `an upload that is none is refused, and nothing is left of it`() async throws {
        let laptops = TestLaptops()
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.facilitator)
            let before = try office.leftInFolder().sorted()
            let bodies: [(RequestBody, String, Int)] = [
                (Self.upload("x"), "application/octet-stream", 415),
                (Self.upload("x"), "multipart/form-data", 415),
                (Self.upload("x"), "multipart/form-data; boundary=other", 400),
                (.init(buffer: ByteBuffer(string: "--x--y\r\n")), "", 400),
                (Self.upload(""), "", 422),
            ]
            for (body, type, status) in bodies {
                let named = type.isEmpty ? "multipart/form-data; boundary=\"x--y\"" : type
                let answer = try await Self.send(office, body, token, type: named)
                #expect(answer.status == status, "\(named)")
            }
            laptops.set { $0.fault = .damagedBundle }
            #expect(try await Self.send(office, Self.upload("x"), token).status == 422)
            #expect(try office.leftInFolder().sorted() == before)
            let viewer = try await office.token(.viewer)
            #expect(try await Self.send(office, Self.upload("x"), viewer).status == 403)
        }
    }

    @Test func `a receipt names what was taken, and a fault says that nothing was`() async throws {
        let laptops = TestLaptops { $0.transfers = [Self.transfer(.intake, .done(Self.receipt))] }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.secretary)
            let path = "/laptops/sticks/transfers/transfer-1"
            let page = try await office.send(.get, path, token: token)
            for words in [
                "ABCD EFGH", "WXYZ 2345", "1\u{00A0}200", "1\u{00A0}150", "00ff00ff00ff00ff",
                "алынган жок",
            ] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("download>"))
            laptops.set { $0.transfers = [Self.transfer(.intake, .failed(.damagedBundle))] }
            let failed = try await office.send(.get, path, token: token)
            #expect(failed.text.contains("Маалыматыңыз өзгөргөн жок"))
            let progress = WorkProgress(done: 25, total: 100)
            laptops.set { $0.transfers = [Self.transfer(.intake, .running(progress))] }
            let running = try await office.send(.get, path, token: token)
            #expect(running.text.contains("aria-valuenow=\"25\""))
            #expect(
                try await office.send(.get, "/laptops/sticks", token: token).text
                    .contains("aria-valuenow=\"25\""))
        }
    }

    @Test func `a written bundle is sent as a file`() async throws {
        let laptops = TestLaptops {
            $0.transfers = [Self.transfer(.export(.everything), .done(Self.receipt))]
        }
        try await TestOffice.with(laptops: laptops) { office in
            let token = try await office.token(.secretary)
            let path = "/laptops/sticks/transfers/transfer-1/files"
            #expect(try await office.send(.get, "\(path)/1", token: token).status == 404)
            let file = office.store.folder.appendingPathComponent("export")
            let content = String(repeating: "0123456789", count: 60_000)
            try Data(content.utf8).write(to: file)
            laptops.set { $0.file = file }
            let answer = try await office.send(.get, "\(path)/1", token: token)
            #expect(answer.status == 200 && answer.text == content)
            #expect(answer.headers[.contentDisposition]?.contains("ashar-1.ashar") == true)
            for part in ["0", "2", "x", "-1"] {
                let other = try await office.send(.get, "\(path)/\(part)", token: token)
                #expect(other.status == 404)
            }
        }
    }
}
