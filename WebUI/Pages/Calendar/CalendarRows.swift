import Participation

/// Puts meetings under their months, in the order in which they take place.
struct CalendarRows {
    let villages: [RecordID: Record]
    let facts: [RecordID: MeetingSummary]
    let today: CalendarDate
    let texts: Texts

    init(
        villages: [Record], facts: [RecordID: MeetingSummary], today: CalendarDate, texts: Texts
    ) {
        self.villages = Dictionary(villages.map { ($0.id, $0) }) { first, _ in first }
        self.facts = facts
        self.today = today
        self.texts = texts
    }

    /// The months from the first; meetings without a date come last.
    func months(_ events: [Record]) -> [CalendarPage.Model.Month] {
        let ordered = events.sorted { first, second in
            let (left, right) = (key(first), key(second))
            return left == right ? first.id < second.id : left < right
        }
        var months: [(title: String, events: [CalendarPage.Model.Meeting])] = []
        for event in ordered {
            let title = month(event[Schema.event.date])
            if months.last?.title != title { months.append((title, [])) }
            months[months.count - 1].events.append(row(event))
        }
        return months.map { .init(title: $0.title, events: $0.events) }
    }

    /// `9999` sorts what has no date behind all dates.
    private func key(_ event: Record) -> String {
        let day = event[Schema.event.date]?.description ?? "9999-99-99"
        return day + " " + (start(event)?.description ?? "")
    }

    private func start(_ event: Record) -> TimeOfDay? {
        event[Schema.event.startsAt].flatMap { TimeOfDay($0) }
    }

    private func month(_ date: CalendarDate?) -> String {
        guard let date else { return texts["calendar.undated"] }
        return texts(
            "calendar.month",
            ["year": String(date.year), "month": texts["calendar.months.\(date.month)"]])
    }

    private func row(_ event: Record) -> CalendarPage.Model.Meeting {
        let date = event[Schema.event.date]
        let status = event.status(Schema.event.status)
        let isOverdue = status == .planned && date.map { $0 < today } == true
        let village = event[Schema.event.village].flatMap { villages[$0] }
        let place = [village?.title, event[Schema.event.place]].compactMap(\.self)
        return .init(
            day: date.map { String($0.day) } ?? "",
            weekday: date.map { texts["calendar.weekdays.\(Self.weekday($0))"] } ?? "",
            isToday: date == today,
            time: TimeOfDay.span(
                start(event), event[Schema.event.endsAt].flatMap { TimeOfDay($0) }),
            kind: Meeting.kind(event, texts),
            title: Meeting.heading(event, village: village, texts), href: Paths.event(event.id),
            place: place.isEmpty ? nil : place.joined(separator: ", "),
            people: people(facts[event.id]),
            status: isOverdue
                ? texts["calendar.overdue"]
                : texts.choice(status, Schema.event.status, .event),
            isHeld: status == .held, isCancelled: status == .cancelled, isOverdue: isOverdue,
            findings: findings(facts[event.id]))
    }

    private func people(_ facts: MeetingSummary?) -> String? {
        guard let count = facts?.count, count.all > 0 else { return nil }
        return texts(
            "calendar.people", ["all": String(count.all), "women": String(count.women)])
    }

    private func findings(_ facts: MeetingSummary?) -> String? {
        guard let count = facts?.findings.count, count > 0 else { return nil }
        return texts("calendar.findings", ["count": String(count)])
    }

    /// 1 for Monday to 7 for Sunday (Sakamoto's rule).
    static func weekday(_ date: CalendarDate) -> Int {
        let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let year = date.month < 3 ? date.year - 1 : date.year
        let sum = year + year / 4 - year / 100 + year / 400 + shifts[date.month - 1] + date.day
        return (sum + 6) % 7 + 1
    }
}
