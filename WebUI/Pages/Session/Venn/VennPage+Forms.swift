import HTTPTypes
import Hummingbird
import Participation
import Store

extension VennPage {
    /// Lets a circle go at a place; what it is to the others there is stated.
    static func place(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        guard let circle = input.id("institution").flatMap({ board.sheet.diagram[$0] }) else {
            throw WebError.noRecord(.institution)
        }
        guard let x = try input.value("x", as: Schema.institution.x),
            let y = try input.value("y", as: Schema.institution.y),
            abs(x) <= VennSpace.edge, abs(y) <= VennSpace.edge
        else {
            let bounds = ["low": String(Int(-VennSpace.edge)), "high": String(Int(VennSpace.edge))]
            throw WebError.refused([InputProblem(.outOfRange, field: "x", bounds)])
        }
        let after = board.sheet.diagram.moving(
            circle.id, x: VennSpace.within(x) ?? 0, y: VennSpace.within(y) ?? 0)
        let stated = after.statements(of: circle.id).sorted { $0.key < $1.key }
        let edits = VennEdits(board: board, makeID: visit.store.makeID)
        let receipt = try await visit.commit(
            edits.places(after, moved: [circle.id]) + stated.map { edits.state($0.value, $0.key) })
        let said = stated.map { visit.texts.sentence($0.value, $0.key, board.sheet) }
        let name = board.name(circle.id)
        return MethodAnswer(
            said: said.isEmpty
                ? visit.texts("venn.said.moved", ["name": name]) : said.joined(separator: ". "),
            commit: receipt.commit
        ).response(visit, back: Paths.venn(board), flash: "venn.flash.done")
    }

    /// Sets what two institutions are to each other; the circles move until it can be read. What
    /// would have to give way is asked first.
    static func relate(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        guard let first = input.id("first"), let second = input.id("second"),
            let relation = Participation.Relation(rawValue: input["relation"] ?? "")
        else { throw WebError.badRequest }
        let pair = VennPair(first, second)
        let move = board.sheet.diagram.setting(relation, pair)
        var entry = VennEntry(first: first, second: second, relation: relation)
        if let obstacle = move.obstacle {
            let problem = sentence(obstacle, pair, board, visit.texts)
            guard !visit.request.isOfProgram else {
                return MethodAnswer(problem: problem).response(
                    visit, back: Paths.venn(board), flash: "venn.flash.done")
            }
            entry.relationError = problem
            return try await again(
                board, entry, [.init(text: problem, href: "#venn-first")], visit)
        }
        if !move.broken.isEmpty, (input["anyway"] ?? "").isEmpty {
            let question = visit.texts(
                "venn.question.relation",
                ["broken": said(move.broken, board.sheet.diagram.stated, board, visit.texts)])
            return try await asked(question, board, entry, visit)
        }
        let edits = VennEdits(board: board, makeID: visit.store.makeID)
        let receipt = try await visit.commit(edits.move(move) + [edits.state(relation, pair)])
        let wish = visit.texts.sentence(relation, pair, board.sheet)
        return MethodAnswer(
            said: ([wish] + consequences(move, board, visit.texts)).joined(separator: ". "),
            commit: receipt.commit
        ).response(visit, back: Paths.venn(board), flash: "venn.flash.done")
    }

    /// Gives an institution another size; the circles move until all that is stated holds again.
    static func resize(_ visit: Visit) async throws -> Response {
        let (input, board) = try await read(visit)
        guard let id = input.id("institution"), board.sheet[id] != nil else {
            throw WebError.noRecord(.institution)
        }
        let size = try input.choice("importance", Importance.self)
        let move = board.sheet.diagram.resizing(id, to: size)
        if !move.broken.isEmpty, (input["anyway"] ?? "").isEmpty {
            let question = visit.texts(
                "venn.question.size",
                [
                    "name": board.name(id),
                    "broken": said(move.broken, board.sheet.diagram.stated, board, visit.texts),
                ])
            return try await asked(question, board, VennEntry(), visit)
        }
        let edits = VennEdits(board: board, makeID: visit.store.makeID)
        let change = Edit.change(
            RecordInput(
                .institution, id: id, fields: [Schema.institution.importance.name: size.value]))
        let receipt = try await visit.commit([change] + edits.move(move))
        let wish = visit.texts(
            "venn.said.sized", ["name": board.name(id), "size": visit.texts["venn.size.\(size)"]])
        return MethodAnswer(
            said: ([wish] + consequences(move, board, visit.texts)).joined(separator: ". "),
            commit: receipt.commit
        ).response(visit, back: Paths.venn(board), flash: "venn.flash.done")
    }

    /// Lays the circles as it is stated of them.
    static func arrange(_ visit: Visit) async throws -> Response {
        let (_, board) = try await read(visit)
        let move = board.sheet.diagram.arranged()
        let edits = VennEdits(board: board, makeID: visit.store.makeID)
        let receipt = try await visit.commit(edits.places(move.diagram, moved: Set(move.moved)))
        let left = move.diagram.mismatches
        let said =
            left.isEmpty
            ? visit.texts["venn.said.arranged"]
            : visit.texts(
                "venn.said.arrangedPartly",
                ["broken": said(left, move.diagram.stated, board, visit.texts)])
        return MethodAnswer(said: said, commit: receipt.commit)
            .response(visit, back: Paths.venn(board), flash: "venn.flash.done")
    }

    /// What a move had to change beside what was asked for, in sentences.
    private static func consequences(
        _ move: VennMove, _ board: VennBoard, _ texts: Texts
    ) -> [String] {
        let readings = Dictionary(
            uniqueKeysWithValues: (move.broken + move.cameAbout).map {
                ($0, move.diagram.reading($0) ?? .apart)
            })
        guard !readings.isEmpty else { return [] }
        let pairs = readings.keys.sorted().prefix(8)
        return [
            texts(
                "venn.said.also", ["pairs": said(Array(pairs), readings, board, texts)])
        ]
    }

    private static func said(
        _ pairs: [VennPair], _ relations: [VennPair: Participation.Relation], _ board: VennBoard,
        _ texts: Texts
    ) -> String {
        pairs.prefix(8).map { texts.sentence(relations[$0] ?? .apart, $0, board.sheet) }
            .joined(separator: "; ")
    }

    private static func sentence(
        _ obstacle: VennMove.Obstacle, _ pair: VennPair, _ board: VennBoard, _ texts: Texts
    ) -> String {
        switch obstacle {
        case .sameSize:
            texts(
                "venn.error.sameSize",
                ["a": board.name(pair.first), "b": board.name(pair.second)])
        case .noPair: texts["venn.error.pair"]
        }
    }

    /// Asks before anything gives way: a program reads the question, a page shows it.
    private static func asked(
        _ question: String, _ board: VennBoard, _ entry: VennEntry, _ visit: Visit
    ) async throws -> Response {
        guard !visit.request.isOfProgram else {
            return MethodAnswer(question: question).response(
                visit, back: Paths.venn(board), flash: "venn.flash.done")
        }
        var entry = entry
        entry.question = question
        return try await again(board, entry, [], visit)
    }

    static func again(
        _ board: VennBoard, _ entry: VennEntry, _ errors: [PageFrame.ErrorLink], _ visit: Visit
    ) async throws -> Response {
        try await visit.page(
            VennPage(board, entry, visit), at: Paths.venn(board), errors: errors,
            status: .unprocessableContent)
    }

    /// The body, and the diagram it names.
    static func read(_ visit: Visit) async throws -> (MethodInput, VennBoard) {
        guard visit.access.mayWrite(.institution) else { throw WebError.forbidden }
        let input = try await MethodInput.read(visit)
        return (input, try await VennBoard.read(visit, changing: input["drawnBy"] ?? ""))
    }
}
