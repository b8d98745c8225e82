import HTTPTypes
import Hummingbird
import Participation
import Store

/// The real budget's lines beside the slices, and the topics people want a hearing on.
extension TokochPage {
    /// Says to which slices budget lines belong: `line-ID` names a slice, or nothing.
    static func match(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        guard let reality = board.reality else { throw WebError.noRecord(.budget) }
        let known = Set(board.sheet.slices.map(\.id))
        let isAll = !(input["all"] ?? "").isEmpty
        let suggestions = isAll ? reality.suggestions(board.sheet) : [:]
        var edits: [Edit] = []
        for line in reality.lines {
            let id = line.record.id
            let slice: RecordID?
            if let suggested = suggestions[id] {
                slice = suggested
            } else if let typed = input["line-\(id)"] {
                slice = RecordID(typed)
                guard typed.isEmpty || slice.map(known.contains) == true else {
                    throw WebError.refused([
                        InputProblem(
                            .danglingReference, field: "line-\(id)",
                            ["id": String(typed.prefix(64))])
                    ])
                }
            } else {
                continue
            }
            if let edit = edit(line: id, slice, reality.matches[id], board) { edits.append(edit) }
        }
        let receipt = try await visit.commit(edits)
        return answer(visit.texts["tokoch.said.matched"], receipt, board, visit, at: "#real")
    }

    private static func edit(
        line: RecordID, _ slice: RecordID?, _ match: TokochReality.Match?, _ board: TokochBoard
    ) -> Edit? {
        switch (slice, match) {
        case (nil, nil): nil
        case (nil, let match?): .delete(.tokochMatch, match.record)
        case (let slice?, let match?):
            slice == match.slice
                ? nil
                : .change(
                    RecordInput(
                        .tokochMatch, id: match.record,
                        fields: [Schema.tokochMatch.slice.name: slice.value]))
        case (let slice?, nil):
            .make(
                RecordInput(
                    .tokochMatch, id: nil,
                    fields: [
                        Schema.tokochMatch.event.name: board.meeting.id.value,
                        Schema.tokochMatch.slice.name: slice.value,
                        Schema.tokochMatch.budgetLine.name: line.value,
                    ]))
        }
    }

    /// A topic in people's own words, or made of a difference with one press.
    static func addTopic(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        var topic = input.words("topic")
        if let id = input.id("slice"), topic.isEmpty,
            let slice = board.sheet.slices.first(where: { $0.id == id }),
            let one = board.reality?.differences(board.sheet).first(where: { $0.slice == id })
        {
            topic = Self.topic(of: one, slice, visit.texts)
        }
        let list = MethodList(
            records: board.topics, name: Schema.hearingTopic.topic.name,
            missing: "tokoch.error.topic.missing", known: "tokoch.error.topic.known")
        let (record, errors) = list.adding(
            [.init(Schema.hearingTopic.event.name, .string(board.meeting.id.text))],
            named: topic, as: .hearingTopic, visit.texts)
        guard errors.isEmpty else {
            let entry = TokochEntry(topic: topic, topicError: errors["topic"])
            return try await refused(errors.links, board, entry, visit)
        }
        let receipt = try await visit.commit([.make(record)])
        return answer(
            visit.texts("tokoch.said.topic", ["topic": topic]), receipt, board, visit,
            at: "#topics")
    }

    /// A hand goes up, or down again.
    static func vote(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        guard let topic = board.topics.first(where: { $0.id == input.id("record") }) else {
            throw WebError.noRecord(.hearingTopic)
        }
        let step = input["direction"] == "down" ? -1 : 1
        let votes = min(
            max((topic[Schema.hearingTopic.votes] ?? 0) + step, 0), Limits.count.upperBound)
        let receipt = try await visit.commit([
            .change(
                RecordInput(
                    .hearingTopic, id: topic.id,
                    fields: [Schema.hearingTopic.votes.name: votes.value]))
        ])
        return answer(
            visit.texts(
                "tokoch.said.voted", ["topic": topic.title, "votes": String(votes)]), receipt,
            board, visit, at: "#topics")
    }
}
