import Hummingbird
import Participation
import Store

/// The meetings of a cycle by date, with who came and what the rules find.
enum CalendarPage {
    struct Model: PageModel {
        static let template = "calendar"
        let newHref: String
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

    /// Meetings of a cycle that are listed, and those whose figures are read.
    private static let mostMeetings = 1000
    private static let mostFigures = 200

    /// What the page reads of the store.
    private struct Found: Sendable {
        var cycle: RecordID?
        var villages: [Record] = []
        var events: [Record] = []
        var facts: [RecordID: SessionFacts] = [:]
    }

    /// The newest cycle, or the one in the address; all villages, or the one in the address.
    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let (asked, village) = (query.id("cycle"), query.id("village"))
        let found = try await visit.read { try read($0, asked, village) }
        var fields = ""
        if let cycle = found.cycle { fields += "?cycle=\(cycle)&kind=session" }
        if let village, found.cycle != nil { fields += "&village=\(village)" }
        let rows = CalendarRows(
            villages: found.villages, facts: found.facts, today: visit.today, texts: visit.texts)
        return try await visit.page(
            Model(
                newHref: Paths.new(.event) + fields, filters: filters(found, village, visit.texts),
                months: rows.months(found.events)))
    }

    private static func read(
        _ reader: Reader, _ asked: RecordID?, _ village: RecordID?
    ) throws -> Found {
        guard let cycle = try reader.cycle(asked) else { return Found() }
        var found = Found(cycle: cycle.id)
        if let municipality = cycle[Schema.cycle.municipality] {
            found.villages = try reader.villages(municipality)
        }
        found.events = try reader.records(
            .event, where: Schema.event.cycle, is: cycle.id, limit: mostMeetings
        ).filter { village == nil || $0[Schema.event.village] == village }
        // The newest are looked at closely where there are very many.
        for event in found.events.suffix(mostFigures) {
            found.facts[event.id] = try reader.session(event.id)
        }
        return found
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
