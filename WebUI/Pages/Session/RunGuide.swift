import Participation

/// What the facilitator says and watches for at an item of the programme, and the pages it needs.
struct RunGuide: Sendable {
    let say: String
    let watch: String
    let links: [SessionFinding.Link]

    init(_ item: Record, _ meeting: Meeting, _ visit: Visit) {
        let key = Self.key(item, visit)
        say = visit.texts["run.guide.\(key).say"]
        watch = visit.texts["run.guide.\(key).watch"]
        links = Self.tabs(key, item).compactMap { tab in
            guard tab.belongs(to: meeting), tab.isOpen(to: visit.access) else { return nil }
            return SessionFinding.Link(
                href: tab.path(meeting.id), label: tab.label(visit.texts))
        }
    }

    /// An item of the standard programme is known by its title in any language, others by their
    /// method.
    private static func key(_ item: Record, _ visit: Visit) -> String {
        let standard = StandardProgramme.titles.first { title in
            visit.office.texts.values.contains { $0["event.standard.\(title)"] == item.title }
        }
        return standard ?? item[Schema.agendaItem.method]?.rawValue ?? "other"
    }

    /// The pages of an item: its method's, and what goes with it.
    private static func tabs(_ key: String, _ item: Record) -> [SessionTab] {
        var names = [item[Schema.agendaItem.method]?.rawValue ?? ""]
        switch key {
        case "greeting": names.append("people")
        case "map": names.append("venn")
        case "choosing": names.append("causeEffect")
        case "closing": names.append("minutes")
        default: break
        }
        return names.compactMap { SessionTab(rawValue: $0) }
    }
}
