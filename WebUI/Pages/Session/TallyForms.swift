import HTTPTypes
import Hummingbird
import Participation
import Store

extension TallyPage {
    /// Keeps what one of the two typed; an emptied field takes the entry back.
    static func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        guard let typist = form["as"].flatMap({ Typist(rawValue: $0) }) else {
            throw WebError.badRequest
        }
        let sheet = try await read(visit)
        var edits: [Edit] = []
        var typed: [RecordID: (text: String, error: String?)] = [:]
        var errors: [PageFrame.ErrorLink] = []
        for column in sheet.columns {
            guard let text = form["votes-\(column.id)"] else { continue }
            let words = text.filter { !$0.isWhitespace }
            typed[column.id] = (words, nil)
            do {
                if let edit = try edit(words, column.id, typist, sheet) { edits.append(edit) }
            } catch {
                let sentence = visit.texts.sentence(error)
                typed[column.id] = (words, sentence)
                errors.append(
                    .init(
                        text: visit.texts(
                            "tally.error", ["name": column.record.title, "problem": sentence]),
                        href: "#votes-\(column.id)"))
            }
        }
        let address = Paths.tally(sheet.board.meeting.id, as: typist)
        guard errors.isEmpty else {
            return try await visit.page(
                TallyPage(sheet, typist, typed: typed, visit), at: address, errors: errors,
                status: .unprocessableContent)
        }
        let commit = edits.isEmpty ? nil : try await visit.commit(edits).commit
        return visit.redirect(address, flash: "tally.saved", commit: commit)
    }

    /// Writes what both agree on as the votes, in one commit; what stood there before stays in
    /// the history.
    static func take(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let sheet = try await read(visit)
        let id = sheet.board.meeting.id
        let address =
            form["as"].flatMap { Typist(rawValue: $0) }.map { Paths.tally(id, as: $0) }
            ?? Paths.tally(id)
        guard sheet.isComplete, !sheet.open.isEmpty else { return visit.redirect(address) }
        let edits = sheet.open.map { column, votes in
            Edit.change(
                RecordInput(
                    .problem, id: column.id,
                    fields: [Schema.problem.votesByHand.name: .integer(votes)]))
        }
        let receipt = try await visit.commit(edits)
        return visit.redirect(
            address, flash: "tally.taken", commit: receipt.commit, title: String(edits.count))
    }

    private static func edit(
        _ text: String, _ column: RecordID, _ typist: Typist, _ sheet: TallySheet
    ) throws(InputProblem) -> Edit? {
        let known = sheet.entry(column, typist)
        guard !text.isEmpty else { return known.map { .delete(.tallyEntry, $0.id) } }
        guard let number = Int(text) else {
            throw InputProblem(.notWhole, field: Schema.tallyEntry.votes.name)
        }
        let votes = try Schema.tallyEntry.votes.parse(.integer(number))
        if let known {
            guard known[Schema.tallyEntry.votes] != number else { return nil }
            return .change(
                RecordInput(
                    .tallyEntry, id: known.id, fields: [Schema.tallyEntry.votes.name: votes]))
        }
        return .make(
            RecordInput(
                .tallyEntry, id: nil,
                fields: [
                    Schema.tallyEntry.event.name: sheet.board.meeting.id.value,
                    Schema.tallyEntry.problem.name: column.value,
                    Schema.tallyEntry.typist.name: typist.value,
                    Schema.tallyEntry.votes.name: votes,
                ]))
    }
}
