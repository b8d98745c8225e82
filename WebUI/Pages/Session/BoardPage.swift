import Hummingbird
import Participation
import Store

/// The board of one priority: causes, consequences, ways, and who can put in what (R10).
struct BoardPage: PageModel {
    static let template = "board"

    let session: SessionHead
    let theme: String
    let title: String
    let votes: String?
    let others: [Other]
    let columns: [Column]
    let entry: Entry

    /// Another board of the same meeting.
    struct Other: Sendable {
        let title: String
        let href: String
        let isCurrent: Bool
    }

    struct Column: Sendable {
        let kind: String
        let label: String
        let question: String
        let isCause: Bool
        let cards: [Card]
        let count: String
    }

    struct Card: Sendable {
        let id: String
        let text: String
        let tone: String
        let position: String
        let parent: String
        let depth: String
        let isCause: Bool
        /// Somebody said so before: the root seems to be reached, or two chains come together.
        let echo: String?
    }

    /// What was typed without scripts and refused.
    struct Entry: Sendable {
        var kind = ""
        var text = ""
        var error: String?
    }

    /// What the page is made from.
    struct Material: Sendable {
        let causes: CausesMaterial
        let board: CausesMaterial.Board
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(BoardPage(try await read(visit), Entry(), visit))
    }

    static func read(_ visit: Visit) async throws -> Material {
        let (id, theme) = (try visit.id(), try visit.id("theme"))
        return try await visit.read { reader in
            let causes = try CausesMaterial(id, reader)
            return Material(causes: causes, board: try causes.board(theme, reader))
        }
    }

    init(_ material: Material, _ entry: Entry, _ visit: Visit) {
        let (texts, board) = (visit.texts, material.board)
        let event = material.causes.meeting.id
        session = SessionHead(material.causes.meeting, on: .causeEffect, visit)
        theme = board.id.text
        title = board.title
        votes = board.votes.map { texts("causes.votes", ["votes": texts.grouped($0)]) }
        let boards = material.causes.boards
        let isNew = !boards.contains { $0.id == board.id }
        others = (boards + (isNew ? [board] : [])).map {
            Other(
                title: $0.title, href: Paths.board($0.id, of: event), isCurrent: $0.id == board.id)
        }
        columns = CauseEffectKind.allCases.map { Column($0, board, texts) }
        self.entry = entry
    }
}

extension BoardPage.Column {
    init(_ kind: CauseEffectKind, _ board: CausesMaterial.Board, _ texts: Texts) {
        let lines = board.column(kind)
        self.kind = kind.rawValue
        label = texts["causes.columns.\(kind.rawValue)"]
        question = texts["causes.questions.\(kind.rawValue)"]
        isCause = kind == .cause
        cards = lines.map { BoardPage.Card($0, kind, texts) }
        count = String(lines.count)
    }
}

extension BoardPage.Card {
    /// Deeper than this a chain is not moved in further.
    private static let deepest = 6

    init(_ line: CausesMaterial.Line, _ kind: CauseEffectKind, _ texts: Texts) {
        id = line.card.id.text
        text = line.card.title
        let tones: [CauseEffectKind: String] = [.cause: "1", .solution: "3"]
        tone = tones[kind] ?? "2"
        position = String(line.card[Schema.causeEffect.position] ?? 0)
        parent = line.place.parent?.text ?? ""
        depth = String(min(Self.deepest, line.place.depth))
        isCause = kind == .cause
        echo = line.echoed.map { words in
            let key =
                switch line.place.echo {
                case .above: "causes.echo.root"
                case .elsewhere, nil: "causes.echo.elsewhere"
                }
            return texts(key, ["text": words])
        }
    }
}
