import Hummingbird
import Participation
import Store

/// The Tokoch: people divide a bread as they believe the budget is divided, see the real one
/// beside it, and say on what they want a hearing.
struct TokochPage: PageModel {
    static let template = "tokoch"

    let session: SessionHead
    let findings: [SessionFinding]
    let bread: TokochBread
    let slices: [Slice]
    let hasSlices: Bool
    let total: String
    let balance: String?
    let isExact: Bool
    let canFit: Bool
    let budgetTotal: String
    let hasTotal: Bool
    let real: Real?
    let noBudget: NoBudget?
    let topics: [Topic]
    let hasTopics: Bool
    let entry: TokochEntry

    struct Slice: Sendable {
        let id: String
        let number: String
        let item: String
        let percent: String
        let amount: String
        let colour: String
        let isFirst: Bool
        let isLast: Bool
        /// What is missing or too much would go here; nil where nothing is, or it has too little.
        let rest: String?
    }

    struct Topic: Sendable {
        let id: String
        let topic: String
        let votes: String
    }

    /// What to do where the municipality has no budget yet.
    struct NoBudget: Sendable {
        let href: String?
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(TokochPage(try await TokochBoard.read(visit), TokochEntry(), visit))
    }

    init(_ board: TokochBoard, _ entry: TokochEntry, _ visit: Visit) {
        let (sheet, texts) = (board.sheet, visit.texts)
        session = SessionHead(board.meeting, on: .tokoch, visit)
        findings = SessionFinding.all(board.meeting, on: .tokoch, visit)
        bread = TokochBread(sheet, isHandled: session.mayEdit, texts)
        slices = sheet.slices.indices.map { Slice(sheet, $0, texts) }
        hasSlices = !slices.isEmpty
        total = texts.share(sheet.total)
        isExact = sheet.missing == 0
        balance = Self.balance(sheet, texts)
        canFit = hasSlices && !isExact && sheet.total > 0
        budgetTotal = sheet.budget.map(texts.grouped) ?? ""
        hasTotal = sheet.budget != nil
        real = board.reality.flatMap { Real(board, $0, visit) }
        noBudget =
            board.budgets.isEmpty
            ? NoBudget(
                href: visit.access.mayWrite(.budget)
                    ? Paths.new(
                        .budget,
                        [Schema.budget.municipality.name: board.municipality?.text ?? ""]) : nil)
            : nil
        topics = board.topics.map {
            Topic(
                id: $0.id.text, topic: $0.title,
                votes: String($0[Schema.hearingTopic.votes] ?? 0))
        }
        hasTopics = !topics.isEmpty
        self.entry = entry
    }

    /// What is missing or too much, in a sentence; nil where it is exactly 100 %.
    static func balance(_ sheet: TokochSheet, _ texts: Texts) -> String? {
        guard !sheet.slices.isEmpty, sheet.missing != 0 else { return nil }
        return texts(
            sheet.missing > 0 ? "tokoch.balance.missing" : "tokoch.balance.tooMuch",
            ["share": texts.share(abs(sheet.missing)), "total": texts.share(sheet.total)])
    }
}

extension TokochPage.Slice {
    init(_ sheet: TokochSheet, _ index: Int, _ texts: Texts) {
        let (slice, share) = (sheet.slices[index], sheet.shares[index])
        id = slice.id.text
        number = String(index + 1)
        item = slice.title
        percent = texts.decimal(TokochShares.percent(share))
        amount = slice[Schema.tokochSlice.amount].map(texts.grouped) ?? ""
        colour = TokochPage.colour(index)
        isFirst = index == 0
        isLast = index == sheet.slices.count - 1
        let after = share + sheet.missing
        rest =
            sheet.missing != 0 && (0...TokochShares.whole).contains(after)
            ? texts("tokoch.rest.button", ["share": texts.share(after)]) : nil
    }
}

/// What was typed without scripts and refused.
struct TokochEntry: Sendable {
    var item = ""
    var percent = ""
    var itemError: String?
    var percentError: String?
    var sharesError: String?
    var topic = ""
    var topicError: String?
}
