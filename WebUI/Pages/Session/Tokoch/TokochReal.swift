import Participation
import Pictures
import Store

extension TokochPage {
    static func colour(_ index: Int) -> String {
        Palette.hex(index)
    }

    /// The real budget: its bread, its lines with the slices they belong to, and how far people's
    /// belief is from it.
    struct Real: Sendable {
        let title: String
        let budgets: [SessionOption]
        let hasChoice: Bool
        let budget: String
        let believed: TokochBread
        let bread: TokochBread
        let shares: [Share]
        let rest: String
        let total: String
        let lines: [Line]
        let hasLines: Bool
        let hasSuggestions: Bool
        let isMatched: Bool
        let differences: [Difference]
        let hasDifferences: Bool

        /// A slice's real share in the table of the bread.
        struct Share: Sendable {
            let number: String
            let item: String
            let colour: String
            let believed: String
            let real: String
        }

        struct Line: Sendable {
            let id: String
            let title: String
            let amount: String
            let share: String
            let slices: [SessionOption]
            /// The slice that is called most like it, until people confirm or choose.
            let suggestion: Suggestion?
        }

        struct Suggestion: Sendable {
            let slice: String
            let text: String
        }

        struct Difference: Sendable {
            let slice: String
            let number: String
            let colour: String
            let text: String
            let isLess: Bool
            let isMore: Bool
            /// A topic that was made of it already.
            let isTopic: Bool
        }

        /// Nil where a budget has no expenses.
        init?(_ board: TokochBoard, _ reality: TokochReality, _ visit: Visit) {
            guard let budget = board.budget else { return nil }
            let (sheet, texts) = (board.sheet, visit.texts)
            title = Self.title(budget, texts)
            budgets = board.budgets.map {
                SessionOption(
                    value: $0.id.text, label: Self.title($0, texts),
                    isSelected: $0.id == budget.id)
            }
            hasChoice = budgets.count > 1
            self.budget = budget.id.text
            believed = TokochBread(sheet, isHandled: false, texts)
            bread = TokochBread(reality, sheet, label: title)
            shares = zip(zip(sheet.slices, sheet.shares), reality.shares).enumerated().map {
                Share(
                    number: String($0 + 1), item: $1.0.0.title, colour: TokochPage.colour($0),
                    believed: texts.share($1.0.1), real: $1.1.map(texts.roundedShare) ?? "–")
            }
            rest = texts.roundedShare(reality.rest)
            total = texts.money(reality.total)
            let suggestions = reality.suggestions(sheet)
            lines = Self.lines(reality, sheet, suggestions, texts)
            hasLines = !lines.isEmpty
            hasSuggestions = !suggestions.isEmpty
            let found = reality.differences(sheet)
            isMatched = !found.isEmpty
            let topics = Set(board.topics.map { SearchText.fold($0.title) })
            differences = found.compactMap { Self.difference($0, sheet, topics, texts) }
            hasDifferences = !differences.isEmpty
        }

        static func title(_ budget: Record, _ texts: Texts) -> String {
            texts(
                "tokoch.real.year",
                [
                    "year": budget[Schema.budget.year].map { String($0) } ?? "–",
                    "status": texts.choice(
                        budget.status(Schema.budget.status), Schema.budget.status, .budget
                    ).lowercased(),
                ])
        }

        private static func lines(
            _ reality: TokochReality, _ sheet: TokochSheet, _ suggestions: [RecordID: RecordID],
            _ texts: Texts
        ) -> [Line] {
            let parts = TokochShares.fitted(reality.lines.map(\.amount))
            return zip(reality.lines, parts).map { line, part in
                let id = line.record.id
                let suggested = suggestions[id].flatMap { slice in
                    sheet.slices.first { $0.id == slice }
                }
                return Line(
                    id: id.text, title: line.record.title, amount: texts.money(line.amount),
                    share: texts.roundedShare(part),
                    slices: sheet.slices.enumerated().map { index, slice in
                        SessionOption(
                            value: slice.id.text, label: "\(index + 1). \(slice.title)",
                            isSelected: reality.matches[id]?.slice == slice.id)
                    },
                    suggestion: suggested.map {
                        Suggestion(
                            slice: $0.id.text,
                            text: texts(
                                "tokoch.match.suggestion",
                                ["line": line.record.title, "slice": $0.title]))
                    })
            }
        }

        private static func difference(
            _ one: TokochReality.Difference, _ sheet: TokochSheet, _ topics: Set<String>,
            _ texts: Texts
        ) -> Difference? {
            guard let index = sheet.slices.firstIndex(where: { $0.id == one.slice }) else {
                return nil
            }
            let slice = sheet.slices[index]
            let topic = TokochPage.topic(of: one, slice, texts)
            let (believed, real) = (texts.share(one.believed), texts.roundedShare(one.real))
            let key = believed == real ? "same" : one.real > one.believed ? "more" : "less"
            return Difference(
                slice: slice.id.text, number: String(index + 1),
                colour: TokochPage.colour(index),
                text: texts(
                    "tokoch.difference.\(key)",
                    ["item": slice.title, "believed": believed, "real": real]),
                isLess: key == "less", isMore: key == "more",
                isTopic: topics.contains(SearchText.fold(topic)))
        }
    }

    /// The topic that a difference makes: a question that a hearing can answer.
    static func topic(
        of one: TokochReality.Difference, _ slice: Record, _ texts: Texts
    ) -> String {
        let words = texts(
            "tokoch.topics.fromDifference",
            ["item": slice.title, "real": texts.roundedShare(one.real)])
        return String(words.prefix(Limits.lineLength))
    }
}
