import Hummingbird
import Participation
import Store

/// The villages with their people and what their sessions of a cycle brought.
enum VillagesPage {
    struct Model: PageModel {
        static let template = "villages"
        let newHref: String?
        let villages: [Village]
        let total: Total?

        struct Village: Sendable {
            let name: String
            let href: String
            let isCenter: Bool
            let residents: String
            let women: String
            let men: String
            let households: String
            let sessions: String
            let isShort: Bool
            let participants: String
            let womenShare: String
            let problems: String
            let votes: String
            let rankingHref: String
            let findings: String?
            let findingsHref: String
        }

        struct Total: Sendable {
            let residents: String
            let women: String
            let men: String
            let households: String
            let sessions: String
            let participants: String
            let womenShare: String
            let problems: String
            let votes: String
        }
    }

    /// A village and its figures.
    private struct Line: Sendable {
        let village: Record
        let figures: VillageFigures
    }

    /// The newest cycle, or the one in the address.
    static func show(_ visit: Visit) async throws -> Response {
        let asked = try visit.query().id("cycle")
        let cycle = try await visit.read { try $0.cycle(asked)?.id }
        let lines = try await read(cycle, visit)
        let texts = visit.texts
        let sum = VillageFigures(sumOf: lines.map(\.figures))
        return try await visit.page(
            Model(
                newHref: visit.access.mayWrite(.village) ? Paths.new(.village) : nil,
                villages: lines.map { row($0, cycle, texts) },
                total: lines.count > 1 ? total(sum, texts) : nil))
    }

    private static func read(_ cycle: RecordID?, _ visit: Visit) async throws -> [Line] {
        guard let cycle,
            let overview = try await visit.office.overviews.overview(
                cycle, year: visit.today.year, visit.store)
        else {
            // Before the first cycle there are villages, and no sessions in them.
            let villages = try await visit.read { reader in
                let newest = try reader.newest(.municipality, limit: 1).records.first?.id
                return try newest.map { try reader.villages($0) } ?? []
            }
            return villages.map {
                Line(village: $0, figures: VillageFigures($0, sessions: []))
            }
        }
        let sessions = overview.meetings.values.filter {
            $0.isSession && $0.event.status(Schema.event.status) != .cancelled
        }
        let byVillage = Dictionary(grouping: sessions) { $0.event[Schema.event.village] }
        return overview.villages.map {
            Line(
                village: $0, figures: VillageFigures($0, sessions: byVillage[$0.id] ?? []))
        }
    }

    private static func row(
        _ line: Line, _ cycle: RecordID?, _ texts: Texts
    ) -> Model.Village {
        let (village, figures) = (line.village, line.figures)
        let id = village.id
        return Model.Village(
            name: village.title, href: Paths.record(.village, id),
            isCenter: village.has(Schema.village.isCenter),
            residents: known(figures.residents, texts), women: known(figures.women, texts),
            men: known(figures.men, texts), households: known(figures.households, texts),
            sessions: "\(figures.held) / \(figures.needed)",
            isShort: figures.held < figures.needed,
            participants: texts.grouped(figures.participants),
            womenShare: texts.percent(figures.womenShare),
            problems: texts.grouped(figures.problems), votes: texts.grouped(figures.votes),
            rankingHref: cycle.map { Paths.ranking($0, village: id) } ?? Paths.list(.cycle),
            findings: figures.findings > 0
                ? texts("villages.findings", ["count": String(figures.findings)]) : nil,
            findingsHref: Paths.meetings(cycle: cycle, village: id))
    }

    private static func total(_ sum: VillageFigures, _ texts: Texts) -> Model.Total {
        Model.Total(
            residents: known(sum.residents, texts), women: known(sum.women, texts),
            men: known(sum.men, texts), households: known(sum.households, texts),
            sessions: "\(sum.held) / \(sum.needed)",
            participants: texts.grouped(sum.participants),
            womenShare: texts.percent(sum.womenShare), problems: texts.grouped(sum.problems),
            votes: texts.grouped(sum.votes))
    }

    private static func known(_ number: Int?, _ texts: Texts) -> String {
        number.map { texts.grouped($0) } ?? "–"
    }
}
