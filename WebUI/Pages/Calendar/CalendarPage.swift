import Hummingbird
import Participation
import Store

/// The meetings of a cycle by date, with who came and what the rules find.
enum CalendarPage {
    struct Model: PageModel {
        static let template = "calendar"
        let newHref: String?
        let newLabel: String
        let none: String
        let filters: [Filter]
        let months: [Month]

        struct Filter: Sendable {
            let label: String
            let href: String
            let isCurrent: Bool
        }

        struct Month: Sendable {
            let title: String
            let events: [Meeting]
        }

        struct Meeting: Sendable {
            let day: String
            let weekday: String
            let isToday: Bool
            let time: String?
            let kind: String
            let title: String
            let href: String
            let place: String?
            let people: String?
            let status: String
            let isHeld: Bool
            let isCancelled: Bool
            let isOverdue: Bool
            let findings: String?
        }
    }

    /// What the page reads of the store.
    private struct Found: Sendable {
        var cycle: RecordID?
        var villages: [Record] = []
        var events: [Record] = []
        var facts: [RecordID: MeetingSummary] = [:]
    }

    /// The newest cycle, or the one in the address; all villages, or the one in the address.
    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let (asked, village) = (query.id("cycle"), query.id("village"))
        let found = try await read(visit, asked, village)
        let rows = CalendarRows(
            villages: found.villages, facts: found.facts, today: visit.today, texts: visit.texts)
        let texts = visit.texts
        // A meeting belongs to a cycle: before the first one, that is what is to be begun.
        let isBegun = found.cycle != nil
        return try await visit.page(
            Model(
                newHref: newHref(found.cycle, village, visit.access),
                newLabel: texts[isBegun ? "calendar.add" : "home.noCycle.action"],
                none: texts[isBegun ? "calendar.none" : "calendar.noCycle"],
                filters: filters(found, village, texts), months: rows.months(found.events)))
    }

    private static func newHref(
        _ cycle: RecordID?, _ village: RecordID?, _ access: Access
    ) -> String? {
        guard let cycle else { return access.mayWrite(.cycle) ? Paths.new(.cycle) : nil }
        guard access.mayWrite(.event) else { return nil }
        return Paths.new(.event, ["cycle": cycle.text, "kind": EventKind.session.rawValue])
            + (village.map { "&village=\($0)" } ?? "")
    }

    private static func read(
        _ visit: Visit, _ asked: RecordID?, _ village: RecordID?
    ) async throws -> Found {
        guard let cycle = try await visit.read({ try $0.cycle(asked)?.id }),
            let overview = try await visit.office.overviews.overview(
                cycle, year: visit.today.year, visit.store)
        else { return Found() }
        return Found(
            cycle: cycle, villages: overview.villages,
            events: overview.meetings.values.map(\.event).filter {
                village == nil || $0[Schema.event.village] == village
            }, facts: overview.meetings)
    }

    /// All villages, then each; with one village there is nothing to choose.
    private static func filters(
        _ found: Found, _ chosen: RecordID?, _ texts: Texts
    ) -> [Model.Filter] {
        guard found.villages.count > 1 else { return [] }
        let all = Model.Filter(
            label: texts["calendar.all"],
            href: Paths.meetings(cycle: found.cycle, village: nil), isCurrent: chosen == nil)
        return [all]
            + found.villages.map { village in
                Model.Filter(
                    label: village.title,
                    href: Paths.meetings(cycle: found.cycle, village: village.id),
                    isCurrent: village.id == chosen)
            }
    }
}

extension Paths {
    /// The calendar of a cycle, of one village or of all.
    static func meetings(cycle: RecordID?, village: RecordID?) -> String {
        let parts = [cycle.map { "cycle=\($0)" }, village.map { "village=\($0)" }]
        let query = parts.compactMap(\.self).joined(separator: "&")
        return calendar + (query.isEmpty ? "" : "?" + query)
    }
}
