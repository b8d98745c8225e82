import Hummingbird
import Participation
import Store

/// A meeting that is going on: the item the room is at, its clock, what comes next, and the notes.
struct RunPage: PageModel {
    static let template = "run"

    let session: SessionHead
    let isProgrammed: Bool
    let isEnded: Bool
    let canMarkHeld: Bool
    /// The item that goes on; empty while there is none.
    let current: String
    let clock: Clock?
    let place: String?
    let title: String
    let state: String
    let action: Action?
    let canStepBack: Bool
    let guide: RunGuide?
    let steps: [Step]
    let distrust: String?
    let clockHref: String
    let arrivals: [SessionFinding]
    let arrived: String
    let findings: [SessionFinding]
    let mayNote: Bool
    let people: [String]
    let kinds: [SessionChoice]
    let sections: [MinutesPage.Section]

    /// What the script needs to go on counting, and what is read without it.
    struct Clock: Sendable {
        let begunAt: String
        let now: String
        let elapsed: String
        let planned: String?
        let seconds: String
        let percent: String
        let left: String
        let isOver: Bool
        let since: String
    }

    /// The button that goes on with the meeting.
    struct Action: Sendable {
        let label: String
        let following: String?
    }

    /// A line of the programme, planned against real.
    struct Step: Sendable {
        let id: String
        let number: String
        let name: String
        let planned: String
        let real: String?
        let state: String
        let isNow: Bool
        let isDone: Bool
        let canBegin: Bool
    }

    /// What the page is made from.
    struct Material: Sendable {
        let minutes: MinutesPage.Material
        let times: RunningTimes
        let timing: [Finding]

        var meeting: Meeting { minutes.meeting }
        var programme: Programme { minutes.programme }

        init(_ id: RecordID, now: Moment, _ reader: Reader) throws {
            minutes = try MinutesPage.Material(id, reader)
            times = RunningTimes(minutes.programme, minutes.meeting.startsAt, now: now)
            timing = try minutes.meeting.timing(reader)
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let material = try await read(visit)
        let album = try await MinutesPage.photos(material.minutes, visit)
        return try await visit.page(RunPage(material, album, visit))
    }

    /// The meeting of the address as it stands at this moment.
    static func read(_ visit: Visit) async throws -> Material {
        let (id, now) = (try visit.id(), Moment(milliseconds: visit.store.now))
        return try await visit.read { try Material(id, now: now, $0) }
    }

    private init(_ material: Material, _ album: PhotoAlbum, _ visit: Visit) {
        let (texts, times, meeting) = (visit.texts, material.times, material.meeting)
        let item = times.current.map { material.programme.items[$0].record }
        session = SessionHead(meeting, on: .run, visit)
        isProgrammed = !times.steps.isEmpty
        isEnded = times.stage == .ended
        canMarkHeld = isEnded && session.isPlanned && session.mayEdit
        current = item?.id.text ?? ""
        clock = times.current.map { Clock(times, at: $0, store: visit.store.now, texts) }
        place = times.current.map {
            texts(
                "run.place", ["number": String($0 + 1), "count": String(times.steps.count)])
        }
        title = item?.title ?? texts["run.stage.\(times.stage.rawValue)"]
        state = Self.state(times, texts)
        action = session.mayEdit ? Self.action(material, texts) : nil
        canStepBack = session.mayEdit && times.stage != .notBegun && isProgrammed
        guide = item.map { RunGuide($0, meeting, visit) }
        steps = Self.steps(material, visit)
        distrust = visit.store.clocks.isTrusted ? nil : texts["run.distrust"]
        clockHref = Paths.clock
        let arriving = session.isPlanned ? meeting.facts.arrivalFindings : []
        arrivals = SessionFinding.some(arriving, of: meeting, on: .run, visit)
        arrived = texts("run.arrived", ["count": String(meeting.facts.count.all)])
        findings = Self.findings(material, item, visit)
        mayNote = session.mayEdit && visit.access.mayRead(.minutesEntry)
        people = mayNote ? MinutesPage.speakers(meeting) : []
        kinds = SessionChoice.all(Schema.minutesEntry.kind, .minutesEntry, texts)
        let current = current
        sections =
            mayNote
            ? MinutesPage.sections(material.minutes, album, texts).map { section in
                var section = section
                section.isHidden = section.agendaItem != current
                return section
            } : []
    }

    /// How late the whole runs and when it will be over, in a sentence.
    private static func state(_ times: RunningTimes, _ texts: Texts) -> String {
        if times.isForgotten { return texts["run.forgotten"] }
        let length = times.plannedLength
        switch times.stage {
        case .notBegun:
            guard length > 0 else { return "" }
            return texts("run.wouldTake", ["length": Programme.length(length, texts)])
        case .running, .resting, .ended:
            guard let end = times.endedAt ?? times.expectedEnd else { return "" }
            let late = (times.late ?? 0) / 60
            let way = abs(late) < 3 ? "onTime" : late > 0 ? "late" : "early"
            let form = times.stage == .ended ? "ended" : times.isOpenEnded ? "open" : "going"
            return texts(
                "run.\(form).\(way)",
                ["time": end.time, "length": Programme.length(abs(late), texts)])
        }
    }

    private static func action(_ material: Material, _ texts: Texts) -> Action? {
        let times = material.times
        let next = times.next.map { material.programme.items[$0].record.title }
        switch times.stage {
        case .notBegun:
            guard next != nil else { return nil }
            return Action(label: texts["run.begin"], following: next)
        case .running:
            return Action(label: texts[next == nil ? "run.end" : "run.next"], following: next)
        case .resting: return Action(label: texts["run.next"], following: next)
        case .ended: return nil
        }
    }

    private static func steps(_ material: Material, _ visit: Visit) -> [Step] {
        let (texts, times) = (visit.texts, material.times)
        let mayGo = visit.access.mayWrite(.agendaItem) && times.stage != .notBegun
        return zip(material.programme.items, times.steps).enumerated().map { index, pair in
            let (item, step) = pair
            return Step(
                id: step.id.text, number: String(index + 1), name: item.record.title,
                planned: planned(item, texts), real: real(step, texts),
                state: texts["run.state.\(step.state.rawValue)"], isNow: step.state == .now,
                isDone: step.state == .done,
                canBegin: mayGo && step.state == .waiting && index != times.next)
        }
    }

    private static func planned(_ item: Programme.Item, _ texts: Texts) -> String {
        let length = item.record[Schema.agendaItem.minutes].map {
            Programme.length($0, texts)
        }
        return [item.span, length].compactMap(\.self).joined(separator: ", ")
    }

    private static func real(_ step: RunningTimes.Step, _ texts: Texts) -> String? {
        switch step.state {
        case .done:
            guard let start = step.start, let end = step.end, let took = step.took else {
                return nil
            }
            return texts(
                "run.real.done",
                [
                    "start": start.time, "end": end.time,
                    "length": Programme.length(took, texts),
                ])
        case .now: return step.start.map { texts("run.real.now", ["time": $0.time]) }
        case .waiting: return step.start.map { texts("run.real.waiting", ["time": $0.time]) }
        }
    }

    /// What the rules say that helps at this moment; the rest stands on its own page.
    private static func findings(
        _ material: Material, _ item: Record?, _ visit: Visit
    ) -> [SessionFinding] {
        let meeting = material.meeting
        let method = item?[Schema.agendaItem.method]
        let isOver = material.times.stage == .ended
        let mattering = (meeting.facts.findings + material.timing).filter { finding in
            switch finding.rule {
            case .r3, .r4, .r5, .r13, .r15: true
            case .r6, .r7, .r9: method == .gallery || isOver
            case .r10: finding.isOfPeople || method == .causeEffect || isOver
            case .r12: method == .tokoch || isOver
            case .r1, .r2: false
            }
        }
        return SessionFinding.some(mattering, of: meeting, on: .run, visit)
            + meeting.unwritten(isOver: isOver, on: .run, visit)
    }
}

extension RunPage.Clock {
    init(_ times: RunningTimes, at place: Int, store now: UInt64, _ texts: Texts) {
        let step = times.steps[place]
        let planned = (step.minutes ?? 0) * 60
        let begun = step.start?.seconds ?? 0
        begunAt = String(begun * 1000)
        self.now = String(now)
        let seconds = times.isForgotten ? planned : times.elapsed
        elapsed = Self.clock(seconds)
        self.planned = step.minutes.map { Programme.length($0, texts) }
        self.seconds = String(planned)
        percent = String(planned == 0 ? 0 : min(100, seconds * 100 / planned))
        let rest = planned - seconds
        isOver = planned > 0 && rest <= -60
        left =
            step.minutes == nil || times.isForgotten
            ? ""
            : texts(
                isOver ? "run.clock.over" : "run.clock.left",
                ["minutes": String(abs(rest) / 60 + (isOver || rest % 60 == 0 ? 0 : 1))])
        since = texts("run.real.now", ["time": step.start?.time ?? ""])
    }

    /// `5:07`, or `1:05:07` from an hour on; the page's script counts in the same way.
    private static func clock(_ seconds: Int) -> String {
        let parts = [seconds / 60 % 60, seconds % 60].map(Texts.two)
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return hours > 0 ? "\(hours):\(parts[0]):\(parts[1])" : "\(minutes):\(parts[1])"
    }
}

extension Moment {
    /// The time of day in Kyrgyzstan, `HH:MM`.
    var time: String { "\(Texts.two(minuteOfDay / 60)):\(Texts.two(minuteOfDay % 60))" }
}

extension RunningTimes {
    init(_ programme: Programme, _ startsAt: TimeOfDay?, now: Moment) {
        let items = programme.items.map { item in
            let record = item.record
            return Item(
                record.id, minutes: record[Schema.agendaItem.minutes],
                fixedStart: record[Schema.agendaItem.startsAt].flatMap { TimeOfDay($0) }?.minutes,
                begunAt: record[Schema.agendaItem.begunAt].flatMap { Moment($0) },
                endedAt: record[Schema.agendaItem.endedAt].flatMap { Moment($0) })
        }
        self.init(items, plannedStart: startsAt?.minutes, now: now)
    }

    /// Minutes that all items have together.
    var plannedLength: Int { steps.reduce(0) { $0 + ($1.minutes ?? 0) } }
}
