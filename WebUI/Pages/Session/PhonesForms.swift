import HTTPTypes
import Hall
import Hummingbird
import Participation
import Store

/// What the facilitator does with the phones of the room.
enum PhonesForms {
    static func open(_ visit: Visit) async throws -> Response {
        let (room, board) = try await start(visit)
        let form = try await visit.form()
        var typed = PhonesPanel.Typed(
            question: form["question"], expected: form["expected"], perSeat: form["perSeat"],
            kind: form["kind"])
        do {
            let question = try OpenText(announced: form["question"] ?? "")
            guard let expected = number(form["expected"]) else {
                throw RoundRefusal.wrongNumber(least: 1, most: Round.mostPeople)
            }
            let kind = form["kind"] ?? "stickers"
            let options = try await options(kind, board, visit)
            let each = min(max(1, number(form["perSeat"]) ?? 3), max(1, options.count - 1))
            let plan = RoundPlan(
                event: board.meeting.id, kind: kind == "stickers" ? .stickers : .dots,
                question: question,
                perSeat: kind == "stickers" ? StickerLimit.each : min(each, 10),
                options: options, expected: expected)
            try await endOrphan(room, visit)
            try await room.box.open(plan, id: visit.store.makeID(), now: visit.store.now)
            try await room.box.set(.meeting, to: board.meeting.id.text)
        } catch let problem as InputProblem {
            typed.error =
                [.empty, .missing].contains(problem.code)
                ? visit.texts["phones.error.question"] : visit.texts.sentence(problem)
            return try await again(board, typed, visit)
        } catch let refusal as RoundRefusal {
            typed.error = sentence(refusal, visit.texts)
            return try await again(board, typed, visit)
        }
        return back(visit, board)
    }

    /// Ends a round whose meeting is not there any more; nobody could close it.
    private static func endOrphan(_ room: Room, _ visit: Visit) async throws {
        guard let round = try await room.box.standing()?.round else { return }
        let isThere = try await visit.read { try $0.record(.event, round.event) != nil }
        guard !isThere else { return }
        _ = try await room.box.close(round.id, makeID: visit.store.makeID)
        try await room.box.end(round.id, now: visit.store.now)
    }

    /// More people are in the room than was said: those who wait are let in.
    static func expect(_ visit: Visit) async throws -> Response {
        let (room, board) = try await start(visit)
        let form = try await visit.form()
        do {
            guard let people = number(form["expected"]), let round = form.id("round") else {
                throw RoundRefusal.wrongNumber(least: 1, most: Round.mostPeople)
            }
            try await room.box.expect(people, in: round)
        } catch let refusal as RoundRefusal {
            let typed = PhonesPanel.Typed(
                expected: form["expected"], error: sentence(refusal, visit.texts))
            return try await again(board, typed, visit)
        }
        return back(visit, board)
    }

    /// Ends the round: what the seats sent becomes records in one commit. What was cut off in the
    /// middle is done again without doubling anything.
    static func close(_ visit: Visit) async throws -> Response {
        let (room, board) = try await start(visit)
        guard let id = try await visit.form().id("round") else { throw WebError.badRequest }
        do {
            let store = visit.store
            let (round, result) = try await room.box.close(id, makeID: { store.makeID() })
            let edits = try await visit.read { try RoundResults.edits(round, result, $0) }
            let commit = edits.isEmpty ? nil : try await visit.commit(edits).commit
            try await room.box.end(id, now: store.now)
            return visit.redirect(
                Paths.gallery(round.event), flash: "phones.closed", commit: commit,
                title: String(result.votes))
        } catch RoundRefusal.notOpen {
            return back(visit, board)
        } catch let refusal as RoundRefusal {
            return try await again(
                board, .init(error: sentence(refusal, visit.texts)), visit)
        }
    }

    /// The Wi-Fi that phones have to join, in the facilitator's words.
    static func setNetwork(_ visit: Visit) async throws -> Response {
        let (room, board) = try await start(visit)
        let text = try await visit.form().words("network")
        do {
            let name = text.isEmpty ? nil : try OpenText(announced: text).text
            try await room.box.set(.network, to: name)
        } catch let problem as InputProblem {
            return try await again(
                board, .init(network: text, error: visit.texts.sentence(problem)), visit)
        } catch let refusal as RoundRefusal {
            return try await again(
                board, .init(network: text, error: sentence(refusal, visit.texts)), visit)
        }
        return back(visit, board)
    }

    /// Shows this meeting on the projector, or no longer.
    static func show(_ visit: Visit) async throws -> Response {
        let (room, board) = try await start(visit)
        let isShown = try await visit.form()["hide"] == nil
        do {
            try await room.box.set(.meeting, to: isShown ? board.meeting.id.text : nil)
        } catch let refusal as RoundRefusal {
            return try await again(
                board, .init(error: sentence(refusal, visit.texts)), visit)
        }
        return back(visit, board)
    }

    private static func start(_ visit: Visit) async throws -> (Room, GalleryBoard) {
        guard visit.access.mayWrite(.sticker), visit.access.mayWrite(.problem),
            visit.access.mayWrite(.hearingTopic)
        else { throw WebError.forbidden }
        guard let room = visit.office.room else { throw WebError.notFound }
        return (room, try await GalleryPage.read(visit))
    }

    private static func options(
        _ kind: String, _ board: GalleryBoard, _ visit: Visit
    ) async throws -> [Round.Option] {
        let options: [Round.Option]
        // What R15 keeps from the projector is on no phone either.
        let personal = board.meeting.facts.personal
        switch kind {
        case "stickers": return []
        case "hearingTopic":
            let topics = try await visit.read {
                try $0.records(
                    .hearingTopic, where: Schema.hearingTopic.event, is: board.meeting.id)
            }
            options = topics.compactMap { topic in
                OpenText(topic, Schema.hearingTopic.topic).flatMap(personal.passed).map {
                    .init(entity: .hearingTopic, id: topic.id, title: $0)
                }
            }
        case "problem":
            options = board.columns.filter { $0.stickers == 0 }.compactMap { column in
                OpenText(column.record, Schema.problem.title).flatMap(personal.passed).map {
                    .init(entity: .problem, id: column.id, title: $0)
                }
            }
        default: throw WebError.badRequest
        }
        guard (2...Round.mostOptions).contains(options.count) else { throw WebError.badRequest }
        return options
    }

    private static func number(_ text: String?) -> Int? {
        Int((text ?? "").filter { $0 != " " })
    }

    private static func back(_ visit: Visit, _ board: GalleryBoard) -> Response {
        visit.redirect(Paths.gallery(board.meeting.id) + "#phones")
    }

    private static func sentence(_ refusal: RoundRefusal, _ texts: Texts) -> String {
        switch refusal {
        case .otherRoundOpen: texts["phones.error.other"]
        case .notOpen: texts["phones.error.notOpen"]
        case .wrongNumber(let least, let most):
            texts("phones.error.number", ["least": String(least), "most": String(most)])
        case .diskFull: texts["phones.error.diskFull"]
        case .notKept: texts["phones.error.notKept"]
        }
    }

    private static func again(
        _ board: GalleryBoard, _ typed: PhonesPanel.Typed, _ visit: Visit
    ) async throws -> Response {
        var page = GalleryPage(board, target: nil, visit)
        page.phones = try await PhonesPanel.read(board, visit, typed: typed)
        let errors = typed.error.map { [PageFrame.ErrorLink(text: $0, href: "#phones")] } ?? []
        return try await visit.page(
            page, at: Paths.gallery(board.meeting.id), errors: errors,
            status: .unprocessableContent)
    }
}

/// What a round's result is among the records.
enum RoundResults {
    /// Stickers with the numbers of their seats, unsorted; dots as the votes of the options.
    static func edits(
        _ round: Round, _ result: RoundResult, _ reader: Reader
    ) throws -> [Edit] {
        switch result {
        case .stickers(let stickers): try edits(stickers, of: round, reader)
        case .dots(let dots): try edits(dots, of: round, reader)
        }
    }

    /// Seats are counted on from those of earlier rounds: two rounds' seats are other people.
    private static func edits(
        _ stickers: [RoundResult.Sticker], of round: Round, _ reader: Reader
    ) throws -> [Edit] {
        let own = Set(stickers.map(\.id))
        let there = try reader.records(.sticker, where: Schema.sticker.event, is: round.event)
        let last =
            there.filter { !own.contains($0.id.text) }
            .compactMap { $0[Schema.sticker.author] }.max() ?? 0
        return stickers.compactMap { sticker in
            RecordID(sticker.id).map { id in
                .put(
                    RecordInput(
                        .sticker, id: id,
                        fields: [
                            Schema.sticker.event.name: round.event.value,
                            Schema.sticker.text.name: .text(sticker.text),
                            // Beyond the last number a seat has none.
                            Schema.sticker.author.name: last < 100_000 - sticker.seat
                                ? .integer(last + sticker.seat) : nil,
                        ]))
            }
        }
    }

    private static func edits(
        _ dots: [Int], of round: Round, _ reader: Reader
    ) throws -> [Edit] {
        try zip(round.options, dots).compactMap { option, votes in
            guard let entity = EntityName(rawValue: option.entity), let id = RecordID(option.id),
                try reader.record(entity, id) != nil
            else { return nil }
            let field: Field<Int>
            switch entity {
            case .hearingTopic: field = Schema.hearingTopic.votes
            case .problem: field = Schema.problem.votesByHand
            default: return nil
            }
            return .change(RecordInput(entity, id: id, fields: [field.name: .integer(votes)]))
        }
    }
}
