import Participation
import Store

/// The Tokoch of a meeting, the real budget beside it, and the topics that came of them.
struct TokochBoard: Sendable {
    private static let mostLines = 500
    private static let mostTopics = 200

    let meeting: Meeting
    let sheet: TokochSheet
    /// The budgets of the municipality, the newest first.
    let budgets: [Record]
    let budget: Record?
    let reality: TokochReality?
    /// By votes, equals in Kyrgyz order.
    let topics: [Record]
    let municipality: RecordID?

    /// `chosen` is the budget that was asked for.
    init(_ id: RecordID, budget chosen: RecordID?, _ reader: Reader) throws {
        meeting = try Meeting(id, reader)
        let sheet = TokochSheet(
            meeting.facts.slices, budget: meeting.event[Schema.event.tokochTotal])
        self.sheet = sheet
        municipality = try meeting.event[Schema.event.cycle].flatMap {
            try reader.record(.cycle, $0)?[Schema.cycle.municipality]
        }
        let budgets = try Self.budgets(municipality, reader)
        let matches = try reader.records(
            .tokochMatch, where: Schema.tokochMatch.event, is: id, limit: 2000)
        let budget = try Self.choose(
            chosen, budgets, matches, year: meeting.event[Schema.event.date]?.year, reader)
        self.budgets = budgets
        self.budget = budget
        reality = try budget.map { budget in
            let lines = try reader.records(
                .budgetLine, where: Schema.budgetLine.budget, is: budget.id,
                limit: Self.mostLines)
            return TokochReality(
                sheet, lines: lines, status: budget.status(Schema.budget.status), matches: matches)
        }
        topics = KyrgyzCollation.sorted(
            try reader.records(
                .hearingTopic, where: Schema.hearingTopic.event, is: id, limit: Self.mostTopics),
            by: \.title
        ).enumerated().sorted { left, right in
            let votes = [left, right].map { $0.element[Schema.hearingTopic.votes] ?? 0 }
            return votes[0] == votes[1] ? left.offset < right.offset : votes[0] > votes[1]
        }.map(\.element)
    }

    /// The board of the address; `?budget=` names the budget beside it.
    static func read(_ visit: Visit) async throws -> TokochBoard {
        try await read(visit, budget: try visit.query().id("budget"))
    }

    static func read(_ visit: Visit, budget: RecordID?) async throws -> TokochBoard {
        let id = try visit.id()
        return try await visit.read { try TokochBoard(id, budget: budget, $0) }
    }

    private static func budgets(
        _ municipality: RecordID?, _ reader: Reader
    ) throws -> [Record] {
        guard let municipality else { return [] }
        return try reader.records(
            .budget, where: Schema.budget.municipality, is: municipality, limit: 100
        ).sorted { left, right in
            let years = [left, right].map { $0[Schema.budget.year] ?? 0 }
            return years[0] == years[1] ? left.id < right.id : years[0] > years[1]
        }
    }

    /// The one asked for, else the one whose lines were matched, else that of the meeting's year,
    /// else the newest.
    private static func choose(
        _ chosen: RecordID?, _ budgets: [Record], _ matches: [Record], year: Int?,
        _ reader: Reader
    ) throws -> Record? {
        if let chosen, let budget = budgets.first(where: { $0.id == chosen }) { return budget }
        for match in matches.reversed().prefix(20) {
            guard let line = match[Schema.tokochMatch.budgetLine],
                let id = try reader.record(.budgetLine, line)?[Schema.budgetLine.budget],
                let budget = budgets.first(where: { $0.id == id })
            else { continue }
            return budget
        }
        return budgets.first { $0[Schema.budget.year] == year } ?? budgets.first
    }
}
