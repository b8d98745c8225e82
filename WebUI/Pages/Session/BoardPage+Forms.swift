import HTTPTypes
import Hummingbird
import Participation
import Store

extension BoardPage {
    /// Adds a card at the end of a column.
    static func add(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        guard let kind = form["kind"].flatMap({ CauseEffectKind(rawValue: $0) }) else {
            throw WebError.badRequest
        }
        let (event, board) = (material.causes.meeting.id, material.board)
        let last = board.column(kind).compactMap { $0.card[Schema.causeEffect.position] }.max()
        let members: [JSON.Member] = [
            .init(Schema.causeEffect.event.name, .string(event.text)),
            .init(Schema.causeEffect.theme.name, .string(board.id.text)),
            .init(Schema.causeEffect.kind.name, .string(kind.rawValue)),
            .init(Schema.causeEffect.text.name, .string(form.words("text"))),
            .init(Schema.causeEffect.position.name, .integer(MinutesPage.position(after: last))),
        ]
        let (input, problems) = RecordInput.parse(members, as: .causeEffect)
        var errors = FieldErrors()
        errors.add(
            problems + input.missing, asking: ["text": visit.texts["causes.error.text"]],
            other: "text", visit.texts)
        guard errors.isEmpty else {
            let entry = Entry(
                kind: kind.rawValue, text: form.words("text"), error: errors["text"])
            return try await visit.page(
                BoardPage(material, entry, visit), at: Paths.board(board.id, of: event),
                errors: errors.links, status: .unprocessableContent)
        }
        try await visit.commit([.make(input)])
        return visit.redirect(Paths.board(board.id, of: event, column: kind))
    }

    /// Makes one card of two: their words are joined, what stood under the one stands under the
    /// other. It is one commit, so that it can be taken back.
    static func merge(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        let cards = Dictionary(material.board.cards.map { ($0.id, $0) }) { first, _ in first }
        guard let card = form.id("card").flatMap({ cards[$0] }),
            let into = form.id("into").flatMap({ cards[$0] }), card.id != into.id
        else { throw WebError.noRecord(.causeEffect) }
        let (input, problems) = RecordInput.parse(
            [
                .init(
                    Schema.causeEffect.text.name,
                    .string(joined(into.title, card.title)))
            ], as: .causeEffect)
        guard problems.isEmpty else { throw WebError.refused(problems) }
        var edits: [Edit] = [
            .change(RecordInput(.causeEffect, id: into.id, fields: input.fields)),
            .delete(.causeEffect, card.id),
        ]
        if hangs(into, under: card.id, cards) {
            // What stood somewhere under the one now stands in its place.
            edits.append(hang(into, under: card[Schema.causeEffect.parent]))
        }
        edits += cards.values.filter {
            $0[Schema.causeEffect.parent] == card.id && $0.id != into.id
        }.sorted { $0.id < $1.id }.map { hang($0, under: into.id) }
        let receipt = try await visit.commit(edits)
        return visit.answer(
            Paths.board(material.board.id, of: material.causes.meeting.id),
            flash: "causes.flash.merged", receipt.commit)
    }

    /// Whether a card stands anywhere under another one.
    private static func hangs(
        _ card: Record, under top: RecordID, _ cards: [RecordID: Record]
    ) -> Bool {
        var seen: Set<RecordID> = []
        var next = card[Schema.causeEffect.parent]
        while let id = next, seen.insert(id).inserted {
            if id == top { return true }
            next = cards[id]?[Schema.causeEffect.parent]
        }
        return false
    }

    private static func hang(_ card: Record, under parent: RecordID?) -> Edit {
        .change(
            RecordInput(
                .causeEffect, id: card.id,
                fields: [
                    Schema.causeEffect.parent.name: parent == card.id ? nil : parent?.value
                ]))
    }

    /// Both texts; where one says all that the other says, that one.
    private static func joined(_ first: String, _ second: String) -> String {
        let folded = [first, second].map { SearchText.fold($0) }
        if folded[0].contains(folded[1]) { return first }
        if folded[1].contains(folded[0]) { return second }
        return first + "; " + second
    }
}
