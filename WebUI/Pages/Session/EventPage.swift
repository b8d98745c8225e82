import Hummingbird
import Participation
import Store

/// A meeting: its programme, who was there, what the rules find, and the next step.
struct EventPage: PageModel {
    static let template = "event"

    let session: SessionHead
    let attendance: SessionCounts
    let findings: [SessionFinding]
    let next: NextStep?
    let canMarkHeld: Bool
    let startsAt: String
    let agenda: [AgendaLine]
    let agendaTotal: String?
    let newMethods: [SessionOption]
    let entry: Entry
    let team: [TeamMember]
    let mayRun: Bool
    /// R5 before a meeting is marked as held: nobody has written anything.
    let heldWarning: String?
    /// How far the readiness check before the sessions is.
    var readiness: Readiness?

    struct Readiness: Sendable {
        let text: String
        let href: String
        let label: String
    }

    struct NextStep: Sendable {
        let text: String
        let href: String
        let label: String
    }

    struct AgendaLine: Sendable {
        let id: String
        let position: String
        let span: String
        let name: String
        let minutes: String
        let method: String?
        let methods: [SessionOption]
        let isFirst: Bool
        let isLast: Bool
    }

    /// The line of inputs for one more item of the agenda.
    struct Entry: Sendable {
        let title: String
        let minutes: String
        let titleError: String?
        let minutesError: String?
    }

    struct TeamMember: Sendable {
        let name: String
        let role: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let (meeting, programme) = try await read(visit)
        var page = EventPage(meeting, programme, AgendaForm(), visit)
        page.readiness = try await readiness(meeting, visit)
        return try await visit.page(page)
    }

    /// The meeting of the address with its agenda.
    static func read(_ visit: Visit) async throws -> (Meeting, Programme) {
        let id = try visit.id()
        return try await visit.read { reader in
            let meeting = try Meeting(id, reader)
            return (meeting, try Programme(meeting, reader))
        }
    }

    init(_ meeting: Meeting, _ programme: Programme, _ form: AgendaForm, _ visit: Visit) {
        let texts = visit.texts
        session = SessionHead(meeting, on: .programme, visit)
        attendance = SessionCounts(meeting.facts.count, texts)
        findings = SessionFinding.all(meeting, on: .programme, visit)
        next = Self.next(meeting, programme, visit)
        canMarkHeld = session.isPlanned && session.mayEdit
        startsAt = meeting.startsAt?.description ?? ""
        agenda = Self.agenda(programme, texts)
        agendaTotal = programme.total(texts)
        newMethods = SessionOption.all(
            Schema.agendaItem.method, .agendaItem, selected: Method(rawValue: form.method), texts)
        entry = Entry(
            title: form.title, minutes: form.minutes, titleError: form.errors["title"],
            minutesError: form.errors["minutes"])
        team = Self.team(meeting.facts, visit)
        mayRun = session.mayEdit && !session.isCancelled && !agenda.isEmpty
        heldWarning =
            meeting.facts.minutesEntries == 0 ? texts["findings.minutesMissing"] : nil
    }

    /// Before a session it helps to know what is not ready yet.
    private static func readiness(_ meeting: Meeting, _ visit: Visit) async throws -> Readiness? {
        guard meeting.facts.isSession, let cycle = meeting.event[Schema.event.cycle],
            meeting.event.status(Schema.event.status) == .planned
        else { return nil }
        let answers = try await visit.read {
            try $0.records(.readiness, where: Schema.readiness.cycle, is: cycle, limit: 1000)
        }
        let yes = Set(
            answers.filter { $0[Schema.readiness.answer] == .yes }.compactMap {
                $0[Schema.readiness.question]
            })
        return Readiness(
            text: visit.texts(
                "readiness.open",
                ["yes": String(yes.count), "all": String(ReadinessCheck.questions.count)]),
            href: Paths.readiness(cycle), label: visit.texts["readiness.link"])
    }

    private static func agenda(_ programme: Programme, _ texts: Texts) -> [AgendaLine] {
        programme.items.enumerated().map { index, item in
            let record = item.record
            let method = record[Schema.agendaItem.method]
            return AgendaLine(
                id: record.id.text,
                position: String(record[Schema.agendaItem.position] ?? 0),
                span: item.span ?? "", name: record.title,
                minutes: record[Schema.agendaItem.minutes].map(String.init) ?? "",
                method: method.map {
                    texts.choice($0, Schema.agendaItem.method, .agendaItem)
                },
                methods: SessionOption.all(
                    Schema.agendaItem.method, .agendaItem, selected: method, texts),
                isFirst: index == 0, isLast: index == programme.items.count - 1)
        }
    }

    /// Who leads and who writes; those who may not read names see how many there are (R15).
    private static func team(_ facts: SessionFacts, _ visit: Visit) -> [TeamMember] {
        let roles: [AttendanceRole] = [.facilitator, .secretary]
        return roles.flatMap { role -> [TeamMember] in
            let label = visit.texts.choice(role, Schema.attendance.role, .attendance)
            let here = facts.attendances.filter { $0[Schema.attendance.role] == role }
            guard visit.access.mayRead(.person) else {
                return here.isEmpty ? [] : [TeamMember(name: label, role: String(here.count))]
            }
            return here.compactMap { $0[Schema.attendance.person] }.map { id in
                TeamMember(name: facts.people[id]?.title ?? id.text, role: label)
            }
        }
    }

    /// The first thing that is still to do; nil for those who may not do it.
    private static func next(
        _ meeting: Meeting, _ programme: Programme, _ visit: Visit
    ) -> NextStep? {
        let facts = meeting.facts
        let status = meeting.event.status(Schema.event.status)
        guard status != .cancelled, visit.access.mayWrite(.event) else { return nil }
        func step(_ key: String, _ href: String, count: Int = 0) -> NextStep {
            NextStep(
                text: visit.texts("event.next.\(key).text", ["count": String(count)]),
                href: href, label: visit.texts["event.next.\(key).label"])
        }
        let gallery = Paths.gallery(meeting.id)
        if status == .planned, programme.items.isEmpty { return step("programme", "#programme") }
        if facts.count.all == 0 { return step("people", Paths.people(meeting.id)) }
        if facts.minutesEntries == 0 { return step("minutes", Paths.minutes(meeting.id)) }
        if facts.isSession, facts.votes == 0, facts.problems.isEmpty {
            return step("gallery", gallery)
        }
        if facts.unsorted > 0 { return step("sorting", gallery, count: facts.unsorted) }
        if status == .planned { return step("held", "#held-title") }
        guard facts.isSession, let cycle = meeting.event[Schema.event.cycle] else { return nil }
        return step("ranking", Paths.ranking(cycle, village: meeting.village?.id))
    }
}
