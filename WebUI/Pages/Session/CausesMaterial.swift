import Participation
import Store

/// The boards of a focus group: the priorities of its village and what was written about each.
struct CausesMaterial: Sendable {
    /// Cards of one board that are shown; a focus group writes a few dozen.
    static let shown = 1000

    let meeting: Meeting
    let boards: [Board]
    /// Problems of the ranking that are no boards yet.
    let others: [Ranking.Entry]
    let timing: [Finding]

    /// A priority with its cards.
    struct Board: Sendable {
        let id: RecordID
        let title: String
        let votes: Int?
        let rank: Int?
        let isPriority: Bool
        let cards: [Record]

        /// The cards of a column: causes in their chains, others in their order.
        func column(_ kind: CauseEffectKind) -> [Line] {
            let here = cards.filter { $0[Schema.causeEffect.kind] == kind }
            let known = Dictionary(here.map { ($0.id, $0) }) { first, _ in first }
            // Only a cause has deeper ones; what was moved elsewhere stands by itself.
            let tree = CauseTree(
                here.map { card in
                    CauseTree.Card(
                        card.id,
                        parent: kind == .cause ? card[Schema.causeEffect.parent] : nil,
                        position: card[Schema.causeEffect.position] ?? .max, text: card.title)
                })
            return tree.lines.compactMap { line in
                known[line.id].map { card in
                    let same: RecordID? =
                        switch line.echo {
                        case .above(let id), .elsewhere(let id): id
                        case nil: nil
                        }
                    return Line(
                        card: card, place: line,
                        echoed: kind == .cause ? same.flatMap { known[$0]?.title } : nil)
                }
            }
        }

        /// Columns in which nothing stands yet; the resources count as one.
        var lacking: [CauseEffectKind] {
            let there = Set(cards.compactMap { $0[Schema.causeEffect.kind] })
            let asked: [CauseEffectKind] = [.cause, .consequenceSeen, .consequenceExpected]
            let resources: Set<CauseEffectKind> = [
                .resourceAO, .resourceCouncil, .resourceCommunity, .resourceOther,
            ]
            return (asked + [.solution]).filter { !there.contains($0) }
                + (there.isDisjoint(with: resources) ? [.resourceCommunity] : [])
        }
    }

    struct Line: Sendable {
        let card: Record
        let place: CauseTree.Line
        /// What was said before in the same words.
        let echoed: String?
    }

    init(_ id: RecordID, _ reader: Reader) throws {
        meeting = try Meeting(id, reader)
        timing = try meeting.timing(reader)
        let cards = Dictionary(
            grouping: try reader.records(
                .causeEffect, where: Schema.causeEffect.event, is: id
            ).filter { $0[Schema.causeEffect.theme] != nil }
        ) { $0[Schema.causeEffect.theme] ?? id }
        let entries = try Self.ranking(meeting, reader)
        var boards = entries.filter { $0.isPriority || cards[$0.id] != nil }.map { entry in
            Board(
                id: entry.id, title: entry.title, votes: entry.votes, rank: entry.rank,
                isPriority: entry.isPriority,
                cards: Array((cards[entry.id] ?? []).prefix(Self.shown)))
        }
        let known = Set(boards.map(\.id))
        // What was merged or deleted after people had talked about it keeps its board.
        for (theme, cards) in cards.sorted(by: { $0.key < $1.key }) where !known.contains(theme) {
            boards.append(try Self.board(theme, Array(cards.prefix(Self.shown)), reader))
        }
        self.boards = boards
        others = Array(entries.filter { !$0.isPriority && cards[$0.id] == nil }.prefix(60))
    }

    /// A board of the address: one of those, or one that is just being opened.
    func board(_ theme: RecordID, _ reader: Reader) throws -> Board {
        if let board = boards.first(where: { $0.id == theme }) { return board }
        guard try reader.target(theme, of: [.theme, .problem]) != nil else {
            throw WebError.noRecord(.problem)
        }
        return try Self.board(theme, [], reader)
    }

    private static func board(
        _ theme: RecordID, _ cards: [Record], _ reader: Reader
    ) throws -> Board {
        let named =
            try reader.target(theme, of: [.theme, .problem])
            ?? reader.anyRecord(.theme, theme)?.record ?? reader.anyRecord(.problem, theme)?.record
        return Board(
            id: theme, title: named?.title ?? theme.text, votes: nil, rank: nil,
            isPriority: false, cards: cards)
    }

    /// The ranking that the priorities come from: the village's, else the municipality's.
    private static func ranking(
        _ meeting: Meeting, _ reader: Reader
    ) throws -> [Ranking.Entry] {
        guard let cycle = meeting.event[Schema.event.cycle] else { return [] }
        let ranking = Ranking(try reader.ballot(cycle))
        return meeting.village.map { ranking.village($0.id) } ?? ranking.municipality
    }
}
