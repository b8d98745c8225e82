import Documents
import Hummingbird
import Participation
import Store

/// D6 to print: the list people sign at the door.
struct ParticipantListPage: PageModel {
    static let template = "paper"

    let title: String
    let paper: String
    let backHref: String

    static func show(_ visit: Visit) async throws -> Response {
        guard visit.access.mayRead(.person) else { throw WebError.forbidden }
        let id = try visit.id()
        let (facts, village, municipality) = try await visit.read { reader in
            guard let facts = try reader.session(id) else { throw try reader.absence(.event, id) }
            let village = try facts.event[Schema.event.village].flatMap {
                try reader.record(.village, $0)
            }
            let cycle = try facts.event[Schema.event.cycle].flatMap {
                try reader.record(.cycle, $0)
            }
            let municipality = try cycle?[Schema.cycle.municipality].flatMap {
                try reader.record(.municipality, $0)
            }
            return (facts, village, municipality)
        }
        let event = facts.event
        let people = facts.attendances
            .filter { ($0[Schema.attendance.role] ?? .participant) == .participant }
            .compactMap { $0[Schema.attendance.person].flatMap { facts.people[$0] } }
        let year = event[Schema.event.date]?.year ?? visit.today.year
        let ky = visit.office.texts(.ky)
        let list = ParticipantList(
            letterhead: Letterhead(municipality), event: ky.name(of: event, withDate: false),
            date: event[Schema.event.date].map { ky.date($0) } ?? "",
            place: place(event, village),
            lines: people.map { ParticipantList.Line($0, year: year) })
        return try await visit.page(
            ParticipantListPage(
                title: ky.name(of: event), paper: list.html, backHref: Paths.people(id)))
    }

    /// Village and place, the village once.
    private static func place(_ event: Record, _ village: Record?) -> String {
        let place = event[Schema.event.place]
        guard let name = village?.title, place?.contains(name) != true else { return place ?? "" }
        return [name, place].compactMap(\.self).joined(separator: ", ")
    }
}
