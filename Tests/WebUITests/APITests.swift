import Foundation
import HTTPTypes
import Participation
import Store
import Testing

struct APITests {
    @Test func `a record is made, read, changed, deleted`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(.facilitator)
            let path = "/api/v1/records/sticker"
            let made = try await office.send(
                .post, path, token: token, json: #"{"event":"e","text":"көпүрө бузук"}"#)
            #expect(made.status == 201)
            let id = try #require(made.json["id"]?.text)
            #expect(
                try await office.send(.get, "\(path)/\(id)", token: token).json["text"]
                    == "көпүрө бузук")
            let changed = try await office.send(
                .patch, "\(path)/\(id)", token: token, json: #"{"problem":"p"}"#)
            #expect(changed.json["problem"] == "p")
            #expect(changed.json["text"] == "көпүрө бузук")
            let cleared = try await office.send(
                .patch, "\(path)/\(id)", token: token, json: #"{"problem":null}"#)
            #expect(cleared.json["problem"] == nil)
            #expect(try await office.send(.delete, "\(path)/\(id)", token: token).status == 204)
            #expect(try await office.send(.get, "\(path)/\(id)", token: token).status == 410)
            let history = try await office.send(.get, "/api/v1/history/sticker/\(id)", token: token)
            guard case .array(let steps)? = history.json["history"] else {
                Issue.record("no history")
                return
            }
            #expect(steps.count == 4)
        }
    }

    @Test(arguments: [
        (#"{"event":"e"}"#, 422), (#"{"event":"nowhere","text":"x"}"#, 422),
        (#"{"event":"v","text":"x"}"#, 422), ("[]", 422), ("{", 422), ("", 422),
        (#"{"event":"e","text":"x","colour":1}"#, 422), (#"{"event":"e","text":""}"#, 422),
        (#"{"id":"a b","event":"e","text":"x"}"#, 422),
        (#"{"id":"v","event":"e","text":"x"}"#, 422),
        (#"{"id":"first","event":"e","text":"x"}"#, 409),
    ])
    func `bad input is refused with problem details that name the field`(
        _ body: String, _ status: Int
    ) async throws {
        try await TestOffice.with { office in
            _ = try await office.take(
                Lines.place + "\n" + #"{"entity":"sticker","id":"first","event":"e","text":"x"}"#)
            let token = try await office.token(.facilitator)
            let answer = try await office.send(
                .post, "/api/v1/records/sticker", token: token, json: body)
            #expect(answer.status == status)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.json["title"]?.text?.isEmpty == false)
        }
    }

    @Test func `lists are filtered and paged`() async throws {
        try await TestOffice.with { office in
            var lines = [Lines.place]
            for number in 0..<25 {
                let problem = number % 5 == 0 ? #","problem":"p""# : ""
                lines.append(
                    #"{"entity":"sticker","id":"s\#(number)","event":"e","text":"x","author":1\#(problem)}"#
                )
            }
            _ = try await office.take(lines.joined(separator: "\n"))
            let token = try await office.token(.facilitator)
            var ids: [String] = []
            var cursor = ""
            repeat {
                let page = try await office.send(
                    .get, "/api/v1/records/sticker?event=e&limit=10\(cursor)", token: token)
                guard case .array(let records)? = page.json["records"] else { break }
                ids += records.compactMap { $0["id"]?.text }
                cursor = page.json["next"]?.text.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(ids == (0..<25).map { "s\($0)" })
            for (filter, count) in [("problem=p", 5), ("author=1", 25), ("text=y", 0)] {
                let page = try await office.send(
                    .get, "/api/v1/records/sticker?\(filter)", token: token)
                guard case .array(let records)? = page.json["records"] else { break }
                #expect(records.count == count, "\(filter)")
            }
            for bad in ["colour=1", "author=x", "problem=a%20b", "cursor=-1", "limit=%FF"] {
                let page = try await office.send(
                    .get, "/api/v1/records/sticker?\(bad)", token: token)
                #expect(page.status == 422 || page.status == 400, "\(bad): \(page.status)")
            }
        }
    }

    @Test func `attendance, ranking and summary give the defined figures`() async throws {
        try await TestOffice.with { office in
            _ = try await office.take(Lines.place)
            let token = try await office.token(.viewer)
            let attendance = try await office.send(
                .get, "/api/v1/events/e/attendance", token: token)
            #expect(attendance.json["all"] == 1)
            #expect(attendance.json["womenShare"] == 100)
            #expect(attendance.json["source"] == "people")
            let ranking = try await office.send(.get, "/api/v1/ranking?cycle=c", token: token)
            guard case .array(let entries)? = ranking.json["municipality"] else { return }
            #expect(entries.first?["byVillage"] == ["v": 9])
            let summary = try await office.send(
                .get, "/api/v1/cycles/c/summary", token: token)
            #expect(summary.json["participants"] == 1)
            guard case .array(let stages)? = summary.json["stages"] else { return }
            #expect(stages.count == 8)
            #expect(try await office.send(.get, "/api/v1/ranking", token: token).status == 422)
            #expect(
                try await office.send(.get, "/api/v1/ranking?cycle=x", token: token).status == 404)
        }
    }

    @Test func `the description names every entity and its fields`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.viewer)
            let document = try await office.send(.get, "/api/v1/openapi.json", token: token).json
            for entity in Entity.all {
                let schema = document["components"]?["schemas"]?[entity.name.rawValue]
                for field in entity.fields where field.privacy != .secret {
                    #expect(
                        schema?["properties"]?[field.name] != nil, "\(entity.name).\(field.name)")
                }
                #expect(document["paths"]?["/api/v1/records/\(entity.name)"] != nil)
            }
        }
    }

    @Test func `an uploaded file is taken whole or not at all`() async throws {
        try await TestOffice.with { office in
            let token = try await office.token(.secretary)
            let bad = try await office.send(
                .post, "/api/v1/import", token: token, json: Lines.place + "\nbad")
            #expect(bad.status == 422)
            guard case .array(let errors)? = bad.json["errors"] else { return }
            #expect(errors.first?["line"] == 8)
            #expect(try await office.store.read { try $0.count(.village) } == 0)
            let good = try await office.send(
                .post, "/api/v1/import", token: token, json: Lines.place)
            #expect(good.json["made"] == 7)
            let left = try FileManager.default.contentsOfDirectory(atPath: office.store.folder.path)
            #expect(!left.contains { $0.hasPrefix("incoming") })
        }
    }
}
