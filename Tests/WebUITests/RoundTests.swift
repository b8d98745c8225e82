import Foundation
import HTTPTypes
import Participation
import Store
import SyncSimulation
import Testing

@testable import Hall
@testable import WebUI

/// What a round of the room becomes among the records, and what the hall may know of them.
struct RoundTests {
    private static func id(_ text: String) throws -> RecordID { try #require(RecordID(text)) }

    private static func round(_ kind: RoundKind, options: [Round.Option] = []) throws -> Round {
        Round(
            id: try id("r"), event: try id("e"), kind: kind,
            question: try OpenText(announced: "Эмне көйгөй?"), perSeat: 5, options: options,
            code: "12345", expected: 9, state: .closing, openedAt: 1, closedAt: nil)
    }

    @Test func `stickers come in one commit, unsorted, with seats counted on, and only once`()
        async throws
    {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"sticker","id":"old","event":"e","text":"жол","author":7}
                        """
                ).isTaken)
            let round = try Self.round(.stickers)
            let result = RoundResult.stickers([
                .init(id: "n1", seat: 1, text: "суу жок"), .init(id: "n2", seat: 1, text: "жол"),
                .init(id: "n3", seat: 2, text: "<b>клуб</b>"),
            ])
            // A closing that was cut off after the commit is done once more.
            for turn in 1...2 {
                let edits = try await office.store.read {
                    try RoundResults.edits(round, result, $0)
                }
                let receipt = try await office.store.commit(edits, by: .program)
                #expect((receipt.commit != nil) == (turn == 1))
            }
            let stickers = try await office.store.read {
                try $0.records(.sticker, where: Schema.sticker.event, is: round.event)
            }
            #expect(stickers.map { $0[Schema.sticker.author] } == [7, 8, 8, 9])
            #expect(stickers.allSatisfy { $0[Schema.sticker.problem] == nil })
            #expect(stickers.last?.title == "<b>клуб</b>")
        }
    }

    @Test func `dots become the votes of what is still there`() async throws {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"hearingTopic","id":"t","event":"e","topic":"Бюджет","votes":3}
                        """
                ).isTaken)
            let title = try OpenText(announced: "Бюджет")
            let round = try Self.round(
                .dots,
                options: [
                    .init(entity: .hearingTopic, id: try Self.id("t"), title: title),
                    .init(entity: .problem, id: try Self.id("p"), title: title),
                    .init(entity: .problem, id: try Self.id("gone"), title: title),
                    .init(entity: .person, id: try Self.id("aida"), title: title),
                ])
            let edits = try await office.store.read {
                try RoundResults.edits(round, .dots([11, 4, 9, 2]), $0)
            }
            try await office.store.commit(edits, by: .program)
            let (topic, problem) = try await office.store.read { reader in
                (
                    try reader.record(.hearingTopic, Self.id("t")),
                    try reader.record(.problem, Self.id("p"))
                )
            }
            #expect(topic?[Schema.hearingTopic.votes] == 11)
            #expect(problem?[Schema.problem.votesByHand] == 4)
            #expect(edits.count == 2)
        }
    }

    @Test func `the hall learns columns and counts, and no text that holds a person`() async throws
    {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"problem","id":"q","event":"e","title":"Аида Сыналганова суусуз","votesByHand":3}
                        {"entity":"sticker","id":"s","event":"e","text":"жашыруун сөз"}
                        {"entity":"minutesEntry","id":"x","event":"e","position":1,"kind":"text","text":"протокол сөзү","speaker":"Аида"}
                        {"entity":"agendaItem","id":"i","event":"e","position":1,"title":"Галерея","minutes":20,"method":"gallery","begunAt":"2026-11-21T09:00:00Z"}
                        """
                ).isTaken)
            let view = RoomView(texts: office.office.texts)
            let shown = try #require(
                try await office.store.read { try view.meeting(Self.id("e"), $0) })
            let said =
                String(decoding: try JSONEncoder().encode(shown.meeting), as: UTF8.self)
                + shown.pictures.values.joined()
            #expect(said.contains("Жол начар"))
            for secret in ["Аида", "Сыналганова", "0555", "жашыруун", "протокол сөзү", "1990"] {
                #expect(!said.contains(secret), "\(secret)")
            }
            #expect(shown.meeting.now?.begunAt == 1_795_251_600_000)
            #expect(shown.meeting.unsorted == 1)
            #expect(shown.pictures.count == 3)
            #expect(shown.meeting.heading["ky"]?.text.contains("Арал") == true)
        }
    }

    @Test(arguments: ["map", "venn", "tokoch"])
    func `no picture for the hall names a person`(_ method: String) async throws {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"mapFeature","id":"drawn","event":"e","category":"infrastructure","geometry":{"type":"Point","coordinates":[500,300]},"name":"Сыналганова Аиданын үйү"}
                        {"entity":"institution","id":"shop","event":"e","drawnBy":"all","name":"Аида Сыналганованын дүкөнү","kind":"localGroup","importance":"large","x":300,"y":300}
                        {"entity":"institution","id":"ao","event":"e","drawnBy":"all","name":"Айыл өкмөтү","kind":"localInstitution","importance":"large","x":380,"y":300}
                        {"entity":"tokochSlice","id":"slice","event":"e","item":"Сыналганова Аидага жардам","percent":100}
                        {"entity":"agendaItem","id":"item","event":"e","position":1,"title":"Аида Сыналганова сүйлөйт","minutes":20,"method":"\(method)","begunAt":"2026-11-21T09:00:00Z"}
                        """
                ).isTaken)
            let titled = try await office.send(
                .patch, "/api/v1/records/event/e", token: try await office.token(.facilitator),
                json: #"{"title":"Сыналганова Аиданын үйүндөгү жыйын"}"#)
            #expect(titled.status == 200)
            let view = RoomView(texts: office.office.texts)
            let shown = try #require(
                try await office.store.read { try view.meeting(Self.id("e"), $0) })
            #expect(shown.pictures.count == 3)
            let pictures = shown.pictures.values.joined()
            #expect(method != "venn" || pictures.contains(/<desc>[^<]*…/))
            let said =
                String(decoding: try JSONEncoder().encode(shown.meeting), as: UTF8.self) + pictures
            #expect(!said.contains("Аида") && !said.contains("Сыналганова"))
        }
    }

    @Test func `a neighbour who did not come is not named in the hall either`() async throws {
        try await TestOffice.with { office in
            #expect(
                try await office.take(
                    Lines.place + """

                        {"entity":"person","id":"absent","fullName":"Бакыт Жолдошев","village":"v"}
                        {"entity":"problem","id":"named","event":"e","title":"Бакыт Жолдошевдин дарбазасы жолду тосот","votesByHand":2}
                        """
                ).isTaken)
            let view = RoomView(texts: office.office.texts)
            let shown = try #require(
                try await office.store.read { try view.meeting(Self.id("e"), $0) })
            #expect(shown.meeting.columns.count == 2)
            #expect(shown.meeting.columns.compactMap(\.title?.text) == ["Жол начар"])
        }
    }

    @Test(arguments: [AccountRole.viewer, .deputy, .monitor])
    func `who may only look opens no round`(_ role: AccountRole) async throws {
        try await TestOffice.with { office in
            #expect(try await office.take(Lines.place).isTaken)
            let cookie = try await office.cookie(role)
            for path in ["round", "round/expect", "round/close", "room", "room/network"] {
                let answer = try await office.form(
                    "/events/e/\(path)", ["question": "а", "expected": "3"], cookie: cookie)
                #expect(answer.status == 403, "\(path)")
            }
        }
    }
}
