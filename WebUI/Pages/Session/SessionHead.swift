import Participation

/// What stands on top of a meeting's pages: what is known of it, and the tabs.
struct SessionHead: Sendable {
    let id: String
    let heading: String
    let date: String?
    let dateIso: String
    let time: String?
    let village: String?
    let place: String?
    let ageBand: String?
    let audience: String?
    let status: String
    let isPlanned: Bool
    let isHeld: Bool
    let isCancelled: Bool
    let tabs: [Tab]
    /// Whether the role may change the meeting and what belongs to it.
    let mayEdit: Bool
    let mayOpenPeople: Bool

    struct Tab: Sendable {
        let href: String
        let label: String
        let count: String?
        let isCurrent: Bool
    }

    init(_ meeting: Meeting, on tab: SessionTab, _ visit: Visit) {
        let (event, texts) = (meeting.event, visit.texts)
        let heading = meeting.heading(texts)
        /// What the heading says already is not said again.
        func unsaid(_ text: String?) -> String? {
            text.flatMap { heading.contains($0) ? nil : $0 }
        }
        id = event.id.text
        self.heading = heading
        date = event[Schema.event.date].map { texts.date($0) }
        dateIso = event[Schema.event.date]?.description ?? ""
        time = TimeOfDay.span(
            meeting.startsAt, event[Schema.event.endsAt].flatMap { TimeOfDay($0) })
        village = unsaid(meeting.village?.title)
        place = event[Schema.event.place]
        ageBand = unsaid(Meeting.ageBand(event, texts))
        audience = unsaid(event[Schema.event.audience])
        let status = event.status(Schema.event.status)
        self.status = texts.choice(status, Schema.event.status, .event)
        isPlanned = status == .planned
        isHeld = status == .held
        isCancelled = status == .cancelled
        tabs = SessionTab.all(meeting, visit.access).map { one in
            Tab(
                href: one.path(event.id), label: one.label(texts),
                count: one.count(meeting), isCurrent: one == tab)
        }
        let parts: [EntityName] = [.event, .agendaItem, .attendance, .sticker, .problem]
        mayEdit = parts.allSatisfy { visit.access.mayWrite($0) }
        mayOpenPeople = SessionTab.people.isOpen(to: visit.access)
    }
}

/// Who was there, in numbers.
struct SessionCounts: Sendable {
    let all: String
    let women: String
    let men: String
    let share: String?
    let source: String

    init(_ count: AttendanceCount, _ texts: Texts) {
        all = String(count.all)
        women = String(count.women)
        men = String(count.men)
        share = count.womenShare.map { texts.percent($0) }
        source = texts["event.counts.source.\(count.all == 0 ? "none" : count.source.rawValue)"]
    }
}

/// A sentence of the rules, and the page on which people mend what it is about.
struct SessionFinding: Sendable {
    let text: String
    let link: Link?

    struct Link: Sendable {
        let href: String
        let label: String
    }

    /// What the rules find in a meeting; the page that is open needs no link to itself.
    static func all(_ meeting: Meeting, on tab: SessionTab, _ visit: Visit) -> [SessionFinding] {
        some(meeting.facts.findings, of: meeting, on: tab, visit)
    }

    /// Some of what the rules find in a meeting.
    static func some(
        _ findings: [Finding], of meeting: Meeting, on tab: SessionTab, _ visit: Visit
    ) -> [SessionFinding] {
        findings.map { finding in
            SessionFinding(
                text: visit.texts.sentence(finding),
                link: link(finding, meeting.id, on: tab, visit))
        }
    }

    private static func link(
        _ finding: Finding, _ event: RecordID, on open: SessionTab, _ visit: Visit
    ) -> Link? {
        let tab: SessionTab
        switch finding.rule {
        case .r3, .r4, .r13: tab = .people
        case .r10: tab = finding.isOfPeople ? .people : .causeEffect
        case .r5: tab = .minutes
        case .r6, .r7, .r9, .r15: tab = .gallery
        case .r12: tab = .tokoch
        case .r1, .r2: return nil
        }
        guard tab != open, tab.isOpen(to: visit.access) else { return nil }
        return Link(href: tab.path(event), label: tab.label(visit.texts))
    }
}
