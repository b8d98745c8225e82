import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Participation
import Photographs
import Store
import Testing
import WebUI

/// Photographs handed in, kept and shown.
struct PhotoTests {
    /// A white JPEG of one pixel, enough for what is no matter of pixels.
    private static let pixel =
        Data(
            base64Encoded: """
                /9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgs\
                OCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k=
                """) ?? Data()

    /// What the workshop of the tests makes of a file: the same, unless it is refused.
    private struct Workshop: PhotoWorkshop {
        func reduce(_ file: URL) async throws -> ReducedPhoto {
            let bytes = Array(try Data(contentsOf: file))
            guard PhotoFormat(bytes) == .jpeg, let size = PhotoSize(1, 1) else {
                throw PhotoRefusal.noPhotograph
            }
            return ReducedPhoto(bytes: bytes, size: size, takenAt: "2026-07-19T08:05:59")
        }
    }

    private static func with(_ work: (TestOffice) async throws -> Void) async throws {
        try await TestOffice.with(photographs: Workshop()) { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"agendaItem","id":"i","event":"e","position":1,"title":"Карта"}
                        {"entity":"agendaItem","id":"j","event":"e","position":2,"title":"Токоч"}
                        """
                ).isTaken)
            try await work(office)
        }
    }

    private static func form(_ fields: KeyValuePairs<String, String>, _ file: Data?) -> ByteBuffer {
        var body = Data()
        for (name, value) in fields {
            body += Data(
                "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        if let file {
            body += Data(
                """
                --b\r\nContent-Disposition: form-data; name="file"; filename="Айгүл.jpg"\r
                Content-Type: text/html\r\n\r\n
                """.utf8)
            body += file + Data("\r\n".utf8)
        }
        return ByteBuffer(bytes: body + Data("--b--\r\n".utf8))
    }

    private static func send(
        _ office: TestOffice, _ path: String, _ token: String,
        _ fields: KeyValuePairs<String, String>, _ file: Data? = pixel
    ) async throws -> TestOffice.Answer {
        try await office.send(
            .post, path, token: token,
            headers: [
                .origin: TestOffice.origin, .contentType: "multipart/form-data; boundary=b",
            ], body: .init(buffer: form(fields, file)))
    }

    @Test func `a photograph is kept by its hash and belongs to the agenda item`() async throws {
        try await Self.with { office in
            let token = try await office.token(.secretary)
            let before = try office.leftInFolder().sorted()
            let answer = try await Self.send(
                office, "/api/v1/photos", token,
                ["id": "p1", "owner": "i", "caption": "  Карта\n тартылууда "])
            #expect(answer.status == 201, "\(answer.text)")
            #expect(answer.headers[.location] == "/api/v1/photos/p1")
            let hash = BlobHash(of: Array(Self.pixel))
            #expect(answer.json["sha256"]?.text == hash.description)
            #expect(answer.json["caption"]?.text == "Карта тартылууда")
            // The camera's clock shows the time of Kyrgyzstan, and the file's own name is gone.
            #expect(answer.json["takenAt"]?.text == "2026-07-19T02:05:59Z")
            #expect(answer.json["name"]?.text == "2026-07-19 08-05.jpg")
            #expect(answer.json["mediaType"]?.text == "image/jpeg")
            #expect(try office.leftInFolder().sorted() == (before + ["blobs"]).sorted())
            // Sent once more it is the same one.
            let again = try await Self.send(
                office, "/api/v1/photos", token, ["id": "p1", "owner": "i"])
            #expect(again.status == 409)
            let page = try await office.send(.get, "/events/e/photos", token: token)
            #expect(page.text.contains("/photos/p1?v=\(hash.description.prefix(12))"))
            #expect(page.text.contains("Карта тартылууда"))
            let minutes = try await office.send(.get, "/events/e/minutes", token: token)
            #expect(minutes.text.contains("/events/e/photos#photo-p1"))
        }
    }

    @Test func `a photograph alone is taken too, and its caption stays out of addresses`()
        async throws
    {
        try await Self.with { office in
            let token = try await office.token(.facilitator)
            let answer = try await office.send(
                .post, "/api/v1/photos?owner=e&caption=x", token: token,
                headers: [.contentType: "image/jpeg"],
                body: .init(buffer: ByteBuffer(bytes: Self.pixel)))
            #expect(answer.status == 201 && answer.json["caption"]?.text == nil)
            let other = try await office.send(
                .post, "/api/v1/photos?owner=e", token: token,
                headers: [.contentType: "text/html"],
                body: .init(buffer: ByteBuffer(bytes: Self.pixel)))
            #expect(other.status == 415)
        }
    }

    @Test(arguments: [AccountRole.facilitator, .viewer])
    func `who is logged in sees it as a picture and nothing else`(_ role: AccountRole)
        async throws
    {
        try await Self.with { office in
            let writer = try await office.token(.secretary)
            _ = try await Self.send(
                office, "/api/v1/photos", writer, ["id": "p1", "owner": "e"])
            let token = try await office.token(role)
            for path in ["/photos/p1", "/photos/p1?v=1", "/api/v1/photos/p1"] {
                let answer = try await office.send(.get, path, token: token)
                #expect(answer.status == 200)
                #expect(answer.headers[.contentType] == "image/jpeg")
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.cacheControl]?.contains("private") == true)
                #expect(answer.headers[.vary] == "Cookie")
                let known = try await office.send(
                    .get, path, token: token,
                    headers: [.ifNoneMatch: answer.headers[.eTag] ?? ""])
                #expect(known.status == 304 && known.text.isEmpty)
            }
            let anybody = try await office.send(.get, "/photos/p1")
            #expect(anybody.status == 303)
            #expect(try await office.send(.get, "/api/v1/photos/p1").status == 401)
            _ = try await office.store.commit(
                [.delete(.attachment, try #require(RecordID("p1")))], by: .program)
            #expect(try await office.send(.get, "/photos/p1", token: token).status == 410)
            #expect(try await office.send(.get, "/photos/p2", token: token).status == 404)
        }
    }

    @Test func `who may only look hands nothing in`() async throws {
        try await Self.with { office in
            let token = try await office.token(.viewer)
            for path in ["/api/v1/photos", "/events/e/photos"] {
                let answer = try await Self.send(office, path, token, ["owner": "e"])
                #expect(answer.status == 403)
            }
            let page = try await office.send(.get, "/events/e/photos", token: token)
            #expect(
                page.status == 200 && !page.text.contains("<input class=\"input\" type=\"file\""))
        }
    }

    @Test func `what is refused says so at its field, and nothing is left of it`() async throws {
        try await Self.with { office in
            let token = try await office.token(.secretary)
            let before = try office.leftInFolder().sorted()
            let html = Data("<script>alert(1)</script>".utf8)
            let long = String(repeating: "а", count: 501)
            for (fields, file, field, words) in [
                (["owner": "i"] as KeyValuePairs, html, "file", "Бул файл сүрөт эмес."),
                (["owner": "i"], Data(), "file", "Сүрөттү тандаңыз."),
                (["owner": "i", "caption": long], Self.pixel, "caption", "500"),
            ] {
                let answer = try await Self.send(office, "/events/e/photos", token, fields, file)
                #expect(answer.status == 422)
                #expect(answer.text.contains("id=\"\(field)-error\""))
                #expect(answer.text.contains("href=\"#\(field)\""))
                #expect(answer.text.contains(words), "\(words)")
                #expect(answer.text.contains("<option value=\"i\" selected>"))
            }
            let api = try await Self.send(office, "/api/v1/photos", token, ["owner": "e"], html)
            #expect(api.status == 422)
            #expect(api.json["type"]?.text == "urn:ashar:problem:photo")
            #expect(api.json["detail"]?.text?.contains("no photograph") == true)
            for owner in ["", "nobody", "../../etc"] {
                let answer = try await Self.send(
                    office, "/api/v1/photos", token, ["owner": owner])
                #expect(answer.status == 422, "\(owner)")
            }
            let large = Data(repeating: 0xFF, count: PhotoLimits.uploadBytes + 1)
            let tooLarge = try await Self.send(
                office, "/api/v1/photos", token, ["owner": "e"], large)
            #expect(tooLarge.status == 413)
            #expect(try office.leftInFolder().sorted() == before)
            #expect(try await office.store.read { try $0.count(.attachment) } == 0)
        }
    }

    @Test func `the form of the page works without scripts`() async throws {
        try await Self.with { office in
            let token = try await office.token(.secretary)
            let answer = try await Self.send(
                office, "/events/e/photos", token, ["owner": "j", "caption": "Токоч"])
            #expect(answer.status == 303)
            #expect(answer.headers[.location] == "/events/e/photos")
            // A form of this meeting puts nothing to another record.
            _ = try await Self.send(office, "/events/e/photos", token, ["owner": "aida"])
            let photos = try await office.store.read { reader in
                try reader.photographs(of: try #require(RecordID("e")))
            }
            #expect(photos.map { $0[Schema.attachment.owner]?.text } == ["j", "e"])
        }
    }

    @Test func `a photograph that is not here yet says so, and one that is none is not shown`()
        async throws
    {
        try await Self.with { office in
            let token = try await office.token(.secretary)
            let html = Array("<script>alert(1)</script>".utf8)
            _ = try await office.store.withBlobs { try $0.add(html) }
            for (id, hash) in [
                ("away", BlobHash(of: [1]).description), ("html", BlobHash(of: html).description),
            ] {
                #expect(
                    try await office.take(
                        """
                        {"entity":"attachment","id":"\(id)","owner":"e","name":"a","mediaType":"image/jpeg","sha256":"\(hash)","size":2000}
                        """
                    ).isTaken)
                let answer = try await office.send(.get, "/photos/\(id)", token: token)
                #expect(answer.status == 404)
                #expect(answer.text.contains("Сүрөт келе элек"))
            }
            let page = try await office.send(.get, "/events/e/photos", token: token)
            #expect(page.text.contains("is-away") && !page.text.contains("/photos/away"))
        }
    }

    @Test func `photographs of an agenda item that was deleted stay in the album`() async throws {
        try await Self.with { office in
            let token = try await office.token(.secretary)
            _ = try await Self.send(
                office, "/api/v1/photos", token, ["id": "p1", "owner": "i"])
            _ = try await office.store.commit(
                [.delete(.agendaItem, try #require(RecordID("i")))], by: .program)
            let page = try await office.send(.get, "/events/e/photos", token: token)
            #expect(page.text.contains("id=\"photo-p1\"") && page.text.contains("album-whole"))
        }
    }

    @Test(arguments: [
        ("2026-07-19T08:05:59", "2026-07-19T02:05:59Z"),
        ("2026-01-01T00:00:00", "2025-12-31T18:00:00Z"), ("0000-00-00T00:00:00", nil),
        ("2026-02-30T08:00:00", nil), ("2026-07-19T24:00:00", nil), ("1970-01-01T00:00:00", nil),
    ])
    func `a camera's clock is read as far as it can be true`(
        _ local: String, _ utc: String?
    ) async throws {
        struct Clock: PhotoWorkshop {
            let local: String
            func reduce(_ file: URL) async throws -> ReducedPhoto {
                guard let size = PhotoSize(1, 1) else { throw PhotoRefusal.damaged }
                return ReducedPhoto(bytes: [0xFF, 0xD8, 0xFF], size: size, takenAt: local)
            }
        }
        try await TestOffice.with(photographs: Clock(local: local)) { office in
            #expect(try await office.take(Lines.place).isTaken)
            let token = try await office.token(.secretary)
            let answer = try await Self.send(office, "/api/v1/photos", token, ["owner": "e"])
            #expect(answer.status == 201)
            #expect(answer.json["takenAt"]?.text == utc)
        }
    }
}
