import Hummingbird
import Participation
import Store

/// The cycle as a path of eight stages: what each has and lacks, and the one next step.
struct HomePage: PageModel {
    static let template = "home"

    let title: String
    let period: String?
    let cycles: [CycleLink]
    let figures: [Figure]
    let stages: [StageModel]
    let nextStep: NextStep?
    let rankingHref: String
    let villages: [VillageLink]
    let ranking: [RankingLine]
    let findings: [FindingLine]
    let moreFindings: String?
    let calendarHref: String
    let newCycleHref: String
    /// What waits for a person after laptops met.
    var waiting: [WaitingLine] = []

    struct CycleLink: Sendable {
        let title: String
        let href: String
        let isCurrent: Bool
    }

    struct Figure: Sendable {
        let value: String
        let label: String
    }

    struct NextStep: Sendable {
        let text: String
        let reason: String?
        /// Nil for those who may not do it: they read what comes next.
        let href: String?
        let action: String
    }

    struct VillageLink: Sendable {
        let name: String
        let href: String
    }

    struct RankingLine: Sendable {
        let rank: String
        let title: String
        let href: String
        let isPriority: Bool
        let votes: String
        let percent: String
        let cells: [Cell]
    }

    struct Cell: Sendable {
        let village: String
        let votes: String
    }

    struct FindingLine: Sendable {
        let subject: String?
        let text: String
        let href: String?
        let action: String?
    }

    /// The cycle of the address, or the newest.
    static func show(_ visit: Visit) async throws -> Response {
        let asked = visit.context.parameters.get("id").flatMap { RecordID($0) }
        let cycles = try await visit.read { try $0.newest(.cycle, limit: 20).records }
        guard let current = asked ?? cycles.first?.id else {
            var page = HomePage(emptyFor: visit)
            page.waiting = try await visit.waitingLines()
            return try await visit.page(page)
        }
        guard
            let overview = try await visit.office.overviews.overview(
                current, year: visit.today.year, visit.store)
        else { throw try await visit.read { try $0.absence(.cycle, current) } }
        var page = HomePage(overview, cycles: cycles, visit)
        page.waiting = try await visit.waitingLines()
        return try await visit.page(page)
    }
}
