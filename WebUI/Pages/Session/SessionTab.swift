import Participation

/// The pages of a meeting, in the order of its work.
enum SessionTab: String, CaseIterable, Sendable {
    case programme, people, map, gallery, minutes

    /// Those that a role may open.
    static func all(_ meeting: Meeting, _ access: Access) -> [SessionTab] {
        allCases.filter { $0.belongs(to: meeting) && $0.isOpen(to: access) }
    }

    func path(_ event: RecordID) -> String {
        switch self {
        case .programme: Paths.event(event)
        case .people: Paths.people(event)
        case .map: Paths.map(event)
        case .gallery: Paths.gallery(event)
        case .minutes: Paths.minutes(event)
        }
    }

    /// Whether such a meeting has this page.
    func belongs(to meeting: Meeting) -> Bool {
        switch self {
        case .programme, .people, .gallery, .minutes: true
        case .map:
            meeting.facts.isSession || meeting.facts.methods.contains(.map)
                || meeting.facts.mapFeatures > 0
        }
    }

    /// Whether the role may open it: names and minutes are for the working group (R15).
    func isOpen(to access: Access) -> Bool {
        switch self {
        case .programme, .map, .gallery: true
        case .people: access.mayRead(.person)
        case .minutes: access.mayRead(.minutesEntry)
        }
    }

    /// How much there is on it already.
    func count(_ facts: SessionFacts) -> String? {
        let number =
            switch self {
            case .programme: 0
            case .people: facts.count.all
            case .map: min(facts.mapFeatures, Limits.mapFeatures)
            case .gallery: facts.problems.count
            case .minutes: facts.minutesEntries
            }
        return number > 0 ? String(number) : nil
    }

    func label(_ texts: Texts) -> String { texts["event.tabs.\(rawValue)"] }
}
