import Hummingbird
import Participation
import Store

/// The Venn diagram of institutions: circles that are moved by hand or by list, what they are to
/// each other in words, and what women and men drew differently.
struct VennPage: PageModel {
    static let template = "venn"

    let session: SessionHead
    let drawnBy: String
    let views: [View]
    let hasInstitutions: Bool
    let hidden: String?
    let drawing: VennDrawing
    let legend: [VennKey]
    let snap: String
    let relations: [Relation]
    let hasRelations: Bool
    let mismatches: [String]
    let hasMismatches: Bool
    let rows: [Row]
    let form: Form
    let relationWords: [SessionChoice]
    let kinds: [SessionChoice]
    let sizes: [SessionOption]
    let copies: [Copy]
    let comparison: Comparison?

    struct View: Sendable {
        let href: String
        let label: String
        let count: String?
        let isCurrent: Bool
    }

    struct Relation: Sendable {
        let first: String
        let second: String
        let word: String
        let text: String
    }

    /// An institution in the list, by importance.
    struct Row: Sendable {
        let id: String
        let place: String
        let name: String
        let isFirst: Bool
        let isLast: Bool
        let kinds: [SessionOption]
        let sizes: [SessionOption]
        let answers: [SessionOption]
        let note: String
        let aoRole: String
        let hasMore: Bool
    }

    /// The forms as they were filled in, where one came back.
    struct Form: Sendable {
        let firsts: [SessionOption]
        let seconds: [SessionOption]
        let words: [SessionOption]
        let question: String?
        let relationError: String?
        let name: String
        let nameError: String?
    }

    /// A diagram whose institutions can be taken over.
    struct Copy: Sendable {
        let value: String
        let label: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let board = try await VennBoard.read(visit)
        // Refreshed, it stays the diagram it is, whatever is drawn on the others meanwhile.
        return try await visit.page(VennPage(board, VennEntry(), visit), at: Paths.venn(board))
    }

    init(_ board: VennBoard, _ entry: VennEntry, _ visit: Visit) {
        let (sheet, texts) = (board.sheet, visit.texts)
        session = SessionHead(board.meeting, on: .venn, visit)
        drawnBy = board.drawnBy.rawValue
        views = DrawnBy.allCases.map { one in
            let count = board[one].institutions.count
            return View(
                href: Paths.venn(board.meeting.id, one),
                label: texts.choice(one, Schema.institution.drawnBy, .institution),
                count: count > 0 ? String(count) : nil, isCurrent: one == board.drawnBy)
        }
        hasInstitutions = !sheet.institutions.isEmpty
        hidden =
            sheet.hidden > 0
            ? texts(
                "venn.hidden",
                ["most": String(VennSpace.most), "count": texts.grouped(sheet.hidden)]) : nil
        drawing = VennDrawing(sheet, isHandled: session.mayEdit, texts)
        legend = VennKey.all(texts)
        snap = VennDrawing.text(VennSpace.snap)
        relations = Self.relations(sheet, texts)
        hasRelations = !relations.isEmpty
        mismatches = sheet.diagram.mismatches.prefix(20).compactMap { pair in
            sheet.diagram.stated[pair].map { texts.sentence($0, pair, sheet) }
        }
        hasMismatches = !mismatches.isEmpty
        rows = sheet.institutions.enumerated().map { index, record in
            Row(
                record, place: index + 1, isLast: index == sheet.institutions.count - 1, texts)
        }
        form = Form(sheet, entry, texts)
        relationWords = SessionChoice.all(
            Schema.institutionLink.relation, .institutionLink, texts)
        kinds = SessionChoice.all(Schema.institution.kind, .institution, texts)
        sizes = Self.sizes(.medium, texts)
        copies = Self.copies(board, texts)
        comparison = Comparison(board, texts)
    }

    /// Nearest first, and by importance within.
    private static func relations(_ sheet: VennSheet, _ texts: Texts) -> [Relation] {
        let words = Participation.Relation.allCases
        return sheet.diagram.readings.sorted { left, right in
            let places = [left, right].map { words.firstIndex(of: $0.relation) ?? 0 }
            return places[0] == places[1] ? left.pair < right.pair : places[0] > places[1]
        }.map {
            Relation(
                first: $0.pair.first.text, second: $0.pair.second.text,
                word: $0.relation.rawValue, text: texts.sentence($0.relation, $0.pair, sheet))
        }
    }

    static func sizes(_ selected: Importance?, _ texts: Texts) -> [SessionOption] {
        Importance.allCases.reversed().map {
            SessionOption(
                value: $0.rawValue, label: texts["venn.size.\($0)"], isSelected: $0 == selected)
        }
    }

    /// The word for an answer that may not have been given.
    static func word(_ satisfied: Bool?) -> String {
        satisfied.map { $0 ? "true" : "false" } ?? "none"
    }

    /// Other diagrams that have what this one does not.
    private static func copies(_ board: VennBoard, _ texts: Texts) -> [Copy] {
        DrawnBy.allCases.compactMap { one in
            guard one != board.drawnBy else { return nil }
            let count = VennCopy.missing(in: board.sheet, of: board[one]).count
            guard count > 0 else { return nil }
            let who = texts.choice(one, Schema.institution.drawnBy, .institution)
            return Copy(
                value: one.rawValue,
                label: texts("venn.copy.button", ["who": who, "count": String(count)]))
        }
    }
}

extension VennPage.Row {
    init(_ record: Record, place: Int, isLast: Bool, _ texts: Texts) {
        id = record.id.text
        self.place = String(place)
        name = record.title
        isFirst = place == 1
        self.isLast = isLast
        kinds = SessionOption.all(
            Schema.institution.kind, .institution, selected: record[Schema.institution.kind], texts)
        sizes = VennPage.sizes(VennSheet.size(record), texts)
        let answer = VennPage.word(record[Schema.institution.satisfied])
        answers = ["none", "true", "false"].map {
            SessionOption(
                value: $0 == "none" ? "" : $0, label: texts["venn.satisfied.\($0)"],
                isSelected: $0 == answer)
        }
        note = record[Schema.institution.note] ?? ""
        aoRole = record[Schema.institution.aoRole] ?? ""
        hasMore = !note.isEmpty || !aoRole.isEmpty
    }
}

extension VennPage.Form {
    init(_ sheet: VennSheet, _ entry: VennEntry, _ texts: Texts) {
        func options(_ selected: RecordID?) -> [SessionOption] {
            sheet.institutions.map {
                SessionOption(value: $0.id.text, label: $0.title, isSelected: $0.id == selected)
            }
        }
        let ids = sheet.institutions.map(\.id)
        firsts = options(entry.first ?? ids.first)
        seconds = options(entry.second ?? ids.dropFirst().first)
        words = SessionOption.all(
            Schema.institutionLink.relation, .institutionLink,
            selected: entry.relation ?? .touching, texts)
        question = entry.question
        relationError = entry.relationError
        name = entry.name
        nameError = entry.nameError
    }
}

/// What was typed without scripts and could not be done as it was.
struct VennEntry: Sendable {
    var first: RecordID?
    var second: RecordID?
    var relation: Relation?
    var question: String?
    var relationError: String?
    var name = ""
    var nameError: String?
}
