/// The readiness check before the sessions: what the program knows by itself about each of the
/// eight questions, so that people answer with the figures before their eyes.
public struct ReadinessCheck: Sendable {
    /// The questions of the data dictionary.
    public static let questions = 1...8

    /// Something known about a question.
    public struct Known: Sendable, Equatable {
        /// The key of its sentence: `readiness.known.…`.
        public let key: String
        /// What the sentence quotes.
        public let details: [String: String]
        /// Whether it speaks for a yes; nil where it only tells.
        public let isFine: Bool?
        /// Where it is mended.
        public let place: CyclePath.Place?
    }

    private let facts: CycleFacts
    private let attendances: [RecordID: [Record]]
    private let agendas: Set<RecordID>
    private let need: NeedMaker

    /// `attendances` are those of the cycle's sessions and trainings by meeting, `agendas` the
    /// meetings that have a programme.
    public init(
        _ facts: CycleFacts, attendances: [RecordID: [Record]], agendas: Set<RecordID>
    ) {
        self.facts = facts
        self.attendances = attendances
        self.agendas = agendas
        need = NeedMaker(group: "needs", cycle: facts.cycle.id)
    }

    /// What is known about a question.
    public func known(_ question: Int) -> [Known] {
        switch question {
        case 1: workingGroup
        case 2: trained
        case 3: perSession("programmes") { agendas.contains($0.id) }
        case 5: perSession("roles") { leading($0.id) >= 2 }
        case 6: schedule
        case 7: perSession("invited") { !(attendances[$0.id] ?? []).isEmpty }
        case 8: perSession("venues") { $0[Schema.event.place] != nil }
        default: []
        }
    }

    private var group: GroupFacts? {
        facts.groups.first { $0.group[Schema.group.kind] == .working }
    }

    /// R1: at least six members.
    private var workingGroup: [Known] {
        guard let group else {
            return [known("noGroup", false, need.new(.group, ["kind": "working"]))]
        }
        let members = group.memberships.count
        let place = CyclePath.Place.record(.group, group.group.id)
        guard members < 6 else { return [known("group", true, place, ["count": members])] }
        return [known("groupShort", false, place, ["count": members, "more": 6 - members])]
    }

    private var trained: [Known] {
        let trainings = facts.otherMeetings.filter {
            $0.event[Schema.event.kind] == .training
                && $0.event.status(Schema.event.status) != .cancelled
        }
        let held = trainings.filter(\.isHeld)
        guard let last = held.last ?? trainings.last else {
            return [known("noTraining", false, need.new(.event, ["kind": "training"]))]
        }
        guard !held.isEmpty else {
            return [known("trainingPlanned", false, .people(last.event.id))]
        }
        let members = Set(
            (group?.memberships ?? []).compactMap { $0[Schema.membership.person] })
        let came = Set(
            held.flatMap { attendances[$0.event.id] ?? [] }
                .compactMap { $0[Schema.attendance.person] })
        guard !members.isEmpty else {
            return [known("training", nil, .people(last.event.id), ["count": held.count])]
        }
        let both = members.intersection(came).count
        return [
            known(
                "trained", both == members.count, .people(last.event.id),
                ["count": both, "all": members.count])
        ]
    }

    /// A session has a day, a time and a place; the order that fixes them is registered.
    private var schedule: [Known] {
        let dates = perSession("dates") {
            $0[Schema.event.date] != nil && $0[Schema.event.startsAt] != nil
        }
        let order = facts.has(.d2)
        return dates + [known(order ? "orderThere" : "orderMissing", order, need.paper(.d2))]
    }

    private func leading(_ event: RecordID) -> Int {
        let roles = (attendances[event] ?? []).filter {
            [.facilitator, .secretary].contains($0[Schema.attendance.role])
        }
        return Set(roles.compactMap { $0[Schema.attendance.person] }).count
    }

    /// How many of the sessions that are still planned have something, and the first without it.
    private func perSession(_ name: String, _ has: (Record) -> Bool) -> [Known] {
        let planned = facts.sessions.filter { !$0.isHeld }.map(\.event)
        guard !planned.isEmpty else {
            guard facts.sessions.isEmpty else { return [known("allHeld", true, nil)] }
            return [known("noSessions", false, need.new(.event, ["kind": "session"]))]
        }
        let lacking = planned.filter { !has($0) }
        let figures: KeyValuePairs = [
            "count": planned.count - lacking.count, "all": planned.count,
        ]
        guard let first = lacking.first else { return [known(name, true, nil, figures)] }
        let place: CyclePath.Place =
            switch name {
            case "roles", "invited": .people(first.id)
            case "programmes": .meeting(first.id)
            default: .record(.event, first.id)
            }
        return [known(name, false, place, figures)]
    }

    private func known(
        _ key: String, _ isFine: Bool?, _ place: CyclePath.Place?,
        _ details: KeyValuePairs<String, Int> = [:]
    ) -> Known {
        Known(
            key: "readiness.known.\(key)",
            details: details.reduce(into: [:]) { $0[$1.key] = String($1.value) },
            isFine: isFine, place: place)
    }
}
