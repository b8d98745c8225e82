import Participation

/// The pages of a meeting, in the order of its work.
enum SessionTab: String, CaseIterable, Sendable {
    case programme, run, people, map, venn, tokoch, gallery, causeEffect, minutes, photos

    /// Those that a role may open.
    static func all(_ meeting: Meeting, _ access: Access) -> [SessionTab] {
        allCases.filter { $0.belongs(to: meeting) && $0.isOpen(to: access) }
    }

    func path(_ event: RecordID) -> String {
        switch self {
        case .programme: Paths.event(event)
        case .run: Paths.run(event)
        case .people: Paths.people(event)
        case .map: Paths.map(event)
        case .venn: Paths.venn(event)
        case .tokoch: Paths.tokoch(event)
        case .gallery: Paths.gallery(event)
        case .causeEffect: Paths.causes(event)
        case .minutes: Paths.minutes(event)
        case .photos: Paths.photos(event)
        }
    }

    /// Whether such a meeting has this page.
    func belongs(to meeting: Meeting) -> Bool {
        switch self {
        case .programme, .run, .people, .gallery, .minutes, .photos: true
        case .map: meeting.has(.map) || meeting.facts.mapFeatures > 0
        case .venn: meeting.has(.venn) || meeting.institutions > 0
        case .tokoch: meeting.has(.tokoch) || !meeting.facts.slices.isEmpty
        case .causeEffect:
            meeting.facts.isFocusGroup || !meeting.facts.cards.isEmpty
                || meeting.facts.methods.contains(.causeEffect)
        }
    }

    /// Whether the role may open it: names and minutes are for the working group (R15).
    func isOpen(to access: Access) -> Bool {
        switch self {
        case .programme, .run, .map, .venn, .tokoch, .gallery, .causeEffect: true
        case .people: access.mayRead(.person)
        case .minutes: access.mayRead(.minutesEntry)
        case .photos: access.mayRead(.attachment)
        }
    }

    /// How much there is on it already.
    func count(_ meeting: Meeting) -> String? {
        let facts = meeting.facts
        let number =
            switch self {
            case .programme, .run, .photos: 0
            case .people: facts.count.all
            case .map: min(facts.mapFeatures, Limits.mapFeatures)
            case .venn: meeting.institutions
            case .tokoch: facts.slices.count
            case .gallery: facts.problems.count
            case .causeEffect: facts.cards.values.reduce(0, +)
            case .minutes: facts.minutesEntries
            }
        return number > 0 ? String(number) : nil
    }

    func label(_ texts: Texts) -> String { texts["event.tabs.\(rawValue)"] }
}
