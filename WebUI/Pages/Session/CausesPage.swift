import Hummingbird
import Participation
import Store

/// A focus group at a glance: the boards of its priorities, the people who will go on, and the
/// table for the reports (D8, D11).
struct CausesPage: PageModel {
    static let template = "causes"

    let session: SessionHead
    let findings: [SessionFinding]
    let hasBoards: Bool
    let boards: [Board]
    let others: [Other]
    let rankingHref: String?
    let people: People
    let groups: [GroupLine]
    let columns: [String]
    let rows: [Row]
    let hasRows: Bool

    struct Board: Sendable {
        let title: String
        let href: String
        let votes: String?
        let isPriority: Bool
        let figures: [Figure]
        let lacks: String?
        let isEmpty: Bool
    }

    struct Figure: Sendable {
        let label: String
        let count: String
    }

    struct Other: Sendable {
        let title: String
        let href: String
    }

    /// A line of the table for the reports.
    struct Row: Sendable {
        let title: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let label: String
        let lines: [Line]
    }

    struct Line: Sendable {
        let text: String
        let depth: String
        let isDeeper: Bool
    }

    /// What the page is made from.
    struct Material: Sendable {
        let causes: CausesMaterial
        let groups: [GroupFacts]
        let year: Int
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(CausesPage(try await read(visit), GroupForm(), visit))
    }

    static func read(_ visit: Visit) async throws -> Material {
        let (id, year) = (try visit.id(), visit.today.year)
        return try await visit.read { reader in
            let causes = try CausesMaterial(id, reader)
            let groups =
                try causes.meeting.event[Schema.event.cycle].map {
                    try reader.records(.group, where: Schema.group.cycle, is: $0, limit: 500)
                } ?? []
            return Material(
                causes: causes,
                groups: try groups.filter { $0[Schema.group.kind] == .initiative }
                    .compactMap { try reader.group($0.id, year: year) }, year: year)
        }
    }

    init(_ material: Material, _ form: GroupForm, _ visit: Visit) {
        let (texts, causes) = (visit.texts, material.causes)
        let meeting = causes.meeting
        session = SessionHead(meeting, on: .causeEffect, visit)
        findings = SessionFinding.some(
            meeting.facts.findings + causes.timing, of: meeting, on: .causeEffect, visit)
        boards = causes.boards.map { Board($0, meeting.id, texts) }
        hasBoards = !boards.isEmpty
        others = causes.others.map {
            Other(title: $0.title, href: Paths.board($0.id, of: meeting.id))
        }
        rankingHref = meeting.event[Schema.event.cycle].map {
            Paths.ranking($0, village: meeting.village?.id)
        }
        people = People(material, form, visit)
        groups = material.groups.map { GroupLine($0, visit) }
        columns = Self.reported.map { texts["causes.report.\($0.key)"] }
        rows = causes.boards.filter { !$0.cards.isEmpty }.map { board in
            Row(
                title: board.title,
                cells: Self.reported.map { Self.cell($0, board, texts) })
        }
        hasRows = !rows.isEmpty
    }

    /// The columns of D8 and D11 after the problem itself.
    private static let reported: [(key: String, kinds: [CauseEffectKind])] = [
        ("causes", [.cause]), ("consequences", [.consequenceSeen, .consequenceExpected]),
        ("solutions", [.solution]), ("ao", [.resourceAO]), ("council", [.resourceCouncil]),
        ("community", [.resourceCommunity]), ("others", [.resourceOther]),
    ]

    private static func cell(
        _ column: (key: String, kinds: [CauseEffectKind]), _ board: CausesMaterial.Board,
        _ texts: Texts
    ) -> Cell {
        let lines = column.kinds.flatMap { kind in
            board.column(kind).map { line in
                let text = line.card.title
                return Line(
                    text: kind == .consequenceExpected
                        ? texts("causes.report.expected", ["text": text]) : text,
                    depth: String(min(3, line.place.depth)), isDeeper: line.place.depth > 0)
            }
        }
        return Cell(label: texts["causes.report.\(column.key)"], lines: lines)
    }
}

extension CausesPage.Board {
    init(_ board: CausesMaterial.Board, _ event: RecordID, _ texts: Texts) {
        title = board.title
        href = Paths.board(board.id, of: event)
        votes = board.votes.map { texts("causes.votes", ["votes": texts.grouped($0)]) }
        isPriority = board.isPriority
        isEmpty = board.cards.isEmpty
        func count(_ key: String, _ kinds: Set<CauseEffectKind>) -> CausesPage.Figure {
            let number = board.cards.count { card in
                card[Schema.causeEffect.kind].map(kinds.contains) == true
            }
            return CausesPage.Figure(label: texts["causes.figures.\(key)"], count: String(number))
        }
        figures = [
            count("causes", [.cause]),
            count("consequences", [.consequenceSeen, .consequenceExpected]),
            count("solutions", [.solution]),
            count(
                "resources",
                [.resourceAO, .resourceCouncil, .resourceCommunity, .resourceOther]),
        ]
        let names = board.lacking.map { texts["causes.lacking.\($0.rawValue)"] }
        lacks =
            board.cards.isEmpty || names.isEmpty
            ? nil : texts("causes.lacks", ["what": names.joined(separator: ", ")])
    }
}
