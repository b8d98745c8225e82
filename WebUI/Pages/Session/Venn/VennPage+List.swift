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
            .init(Schema.institution.name.name, .string(name)),
        ]
        for field in ["kind", "importance"] {
            if let word = input[field], !word.isEmpty {
                members.append(.init(field, .string(word)))
            }
        }
        let (record, problems) = RecordInput.parse(members, as: .institution)
        var errors = FieldErrors()
        errors.add(
            problems + record.missing, asking: ["name": visit.texts["venn.error.name"]],
            other: "name", visit.texts)
        let isKnown = board.sheet.institutions.contains {
            SearchText.fold($0.title) == SearchText.fold(name)
        }
        if errors.isEmpty, isKnown {
            errors.add("name", visit.texts("venn.error.known", ["name": name]))
        }
        if errors.isEmpty, board.sheet.institutions.count >= VennSpace.most {
            errors.add(
                "name", visit.texts("venn.error.tooMany", ["most": String(VennSpace.most)]))
        }
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

    /// Moves an institution one place up or down; all get the rank of their place.
    static func rank(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        var order = board.sheet.institutions
        guard let index = order.firstIndex(where: { $0.id == input.id("institution") }) else {
            throw WebError.noRecord(.institution)
        }
        let place = input["to"].flatMap { Int($0) }.map { $0 &- 1 }
        let next = place ?? (input["direction"] == "up" ? index - 1 : index + 1)
        let record = order.remove(at: index)
        order.insert(record, at: min(max(next, 0), order.count))
        let edits = VennEdits(board: board, makeID: visit.store.makeID).ranks(order)
        let receipt = try await visit.commit(edits)
        let rank = (order.firstIndex { $0.id == record.id } ?? 0) + 1
        return MethodAnswer(
            said: visit.texts(
                "venn.said.ranked", ["name": record.title, "place": String(rank)]),
            commit: receipt.commit
        ).response(
            visit, back: Paths.venn(board) + "#institution-\(record.id)", flash: "venn.flash.done")
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
