import HTTPTypes
import Hummingbird
import Participation
import Store

/// What is done in the list of institutions: adding, ordering, taking over from another diagram.
extension VennPage {
    static func add(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let name = input.words("name")
        var members: [JSON.Member] = [
            .init(Schema.institution.event.name, .string(board.meeting.id.text)),
            .init(Schema.institution.drawnBy.name, .string(board.drawnBy.rawValue)),
        ]
        for field in ["kind", "importance"] {
            if let word = input[field], !word.isEmpty {
                members.append(.init(field, .string(word)))
            }
        }
        let (record, errors) = list(board).adding(
            members, named: name, as: .institution, visit.texts)
        guard errors.isEmpty else {
            let problem = errors["name"] ?? errors.links.first?.text ?? ""
            guard !visit.request.isOfProgram else {
                return MethodAnswer(problem: problem).response(
                    visit, back: Paths.venn(board), flash: "venn.flash.done")
            }
            let entry = VennEntry(name: name, nameError: problem)
            return try await again(
                board, entry, [.init(text: problem, href: "#venn-name")], visit)
        }
        let receipt = try await visit.commit([.make(record)])
        return MethodAnswer(
            said: visit.texts("venn.said.added", ["name": name]), commit: receipt.commit
        ).response(visit, back: Paths.venn(board) + "#venn-name", flash: "venn.flash.done")
    }

    private static func list(_ board: VennBoard) -> MethodList {
        MethodList(
            records: board.sheet.institutions, name: Schema.institution.name.name,
            missing: "venn.error.institution.missing", known: "venn.error.institution.known",
            most: (VennSpace.most, "venn.error.institution.tooMany"))
    }

    /// Moves an institution one place up or down; all get the rank of their place.
    static func rank(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let move = try list(board).move(input, "institution", .institution)
        let edits = VennEdits(board: board, makeID: visit.store.makeID).ranks(move.order)
        let receipt = try await visit.commit(edits)
        return MethodAnswer(
            said: visit.texts(
                "venn.said.ranked",
                ["name": move.record.title, "place": String(move.place)]),
            commit: receipt.commit
        ).response(
            visit, back: Paths.venn(board) + "#institution-\(move.record.id)",
            flash: "venn.flash.done")
    }

    /// Takes over names and kinds from another diagram; what matters how much and who works with
    /// whom is for those who draw this one.
    static func copy(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        let from = try input.choice("from", DrawnBy.self)
        let room = max(0, VennSpace.most - board.sheet.institutions.count)
        let missing = VennCopy.missing(in: board.sheet, of: board[from]).prefix(room)
        let edits = missing.map { record in
            Edit.make(
                RecordInput(
                    .institution, id: nil,
                    fields: [
                        Schema.institution.event.name: board.meeting.id.value,
                        Schema.institution.drawnBy.name: board.drawnBy.value,
                        Schema.institution.name.name: record.values[Schema.institution.name.name]
                            ?? record.title.value,
                        Schema.institution.kind.name:
                            (record[Schema.institution.kind] ?? .localInstitution).value,
                        Schema.institution.importance.name: Importance.medium.value,
                    ]))
        }
        let receipt = try await visit.commit(edits)
        return MethodAnswer(
            said: visit.texts("venn.said.copied", ["count": String(edits.count)]),
            commit: receipt.commit
        ).response(visit, back: Paths.venn(board), flash: "venn.flash.done")
    }
}
