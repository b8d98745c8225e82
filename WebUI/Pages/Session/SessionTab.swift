import Participation

/// The pages of a meeting, in the order of its work.
enum SessionTab: String, CaseIterable, Sendable {
    case programme, people, gallery, minutes, photos

    /// Those that a role may open.
    static func all(_ meeting: Meeting, _ access: Access) -> [SessionTab] {
        allCases.filter { $0.belongs(to: meeting) && $0.isOpen(to: access) }
    }

    func path(_ event: RecordID) -> String {
        switch self {
        case .programme: Paths.event(event)
        case .people: Paths.people(event)
        case .gallery: Paths.gallery(event)
        case .minutes: Paths.minutes(event)
        case .photos: Paths.photos(event)
        }
    }

    /// Whether such a meeting has this page.
    func belongs(to meeting: Meeting) -> Bool {
        switch self {
        case .programme, .people, .gallery, .minutes, .photos: true
        }
    }

    /// Whether the role may open it: names and minutes are for the working group (R15).
    func isOpen(to access: Access) -> Bool {
        switch self {
        case .programme, .gallery: true
        case .people: access.mayRead(.person)
        case .minutes: access.mayRead(.minutesEntry)
        case .photos: access.mayRead(.attachment)
        }
    }

    /// How much there is on it already.
    func count(_ facts: SessionFacts) -> String? {
        let number =
            switch self {
            case .programme, .photos: 0
            case .people: facts.count.all
            case .gallery: facts.problems.count
            case .minutes: facts.minutesEntries
            }
        return number > 0 ? String(number) : nil
    }

    func label(_ texts: Texts) -> String { texts["event.tabs.\(rawValue)"] }
}
