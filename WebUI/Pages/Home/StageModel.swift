import Participation

/// A stage as the home page shows it.
struct StageModel: Sendable {
    let number: String
    let title: String
    let state: String
    let stateLabel: String
    let stateTitle: String
    let percent: String
    let isDone: Bool
    let isNow: Bool
    let anchor: String
    let has: [Line]
    let lacks: [Line]

    struct Line: Sendable {
        let text: String
        let href: String?
    }

    init(
        _ stage: CyclePath.Stage, _ path: CyclePath, _ cycle: RecordID, _ texts: Texts,
        _ access: Access
    ) {
        let counts = ["has": String(stage.met), "total": String(stage.needs.count)]
        number = String(stage.number)
        title = texts["choices.cycle.stage.\(stage.number)"]
        state = texts("home.stageState", counts)
        stateLabel = texts("home.stageStateLabel", counts)
        stateTitle = texts(
            "home.stageTitle", counts.merging(["number": number, "title": title]) { $1 })
        percent = String(stage.met * 100 / max(1, stage.needs.count))
        isDone = stage.isDone
        isNow = stage.number == path.current
        anchor = "stage-\(stage.number)"
        has = stage.needs.filter(\.isMet).map {
            Line(text: texts("\($0.key).has", $0.details), href: nil)
        }
        lacks = stage.needs.filter { !$0.isMet }.map {
            Line(
                text: texts("\($0.key).lacks", $0.details), href: $0.place.path(cycle, for: access))
        }
    }
}

extension CyclePath.Place {
    /// The address of the place where what is lacking is done; nil for those who may not do it.
    func path(_ cycle: RecordID, for access: Access) -> String? {
        guard isOpen(to: access) else { return nil }
        switch self {
        case .list(let entity): return Paths.list(entity)
        case .new(let entity, let fields):
            let query = fields.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }
                .map { "\($0.key)=\(Percent.encoded($0.value))" }.joined(separator: "&")
            return Paths.new(entity) + (query.isEmpty ? "" : "?" + query)
        case .record(let entity, let id): return Paths.record(entity, id)
        case .people(let event): return Paths.people(event)
        case .minutes(let event): return Paths.minutes(event)
        case .gallery(let event): return Paths.gallery(event)
        case .ranking(let village): return Paths.ranking(cycle, village: village)
        case .meeting(let event): return Paths.event(event)
        case .readiness: return Paths.readiness(cycle)
        case .calendar: return Paths.calendar
        }
    }

    private func isOpen(to access: Access) -> Bool {
        switch self {
        case .list(let entity), .new(let entity, _), .record(let entity, _):
            access.mayRead(entity) && access.mayWrite(entity)
        case .people: SessionTab.people.isOpen(to: access) && access.mayWrite(.attendance)
        case .minutes: SessionTab.minutes.isOpen(to: access) && access.mayWrite(.minutesEntry)
        case .gallery: access.mayWrite(.sticker)
        case .ranking: access.mayWrite(.theme)
        case .meeting: access.mayWrite(.agendaItem)
        case .readiness: access.mayWrite(.readiness)
        case .calendar: access.mayWrite(.event)
        }
    }
}
