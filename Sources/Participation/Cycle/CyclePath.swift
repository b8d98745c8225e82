/// The path of eight stages (domain.md §3): what each has, what it lacks, the next step.
public struct CyclePath: Sendable {
    /// A stage.
    public struct Stage: Sendable {
        /// 1 to 8.
        public let number: Int
        /// What it is made of.
        public let needs: [Need]

        /// Needs that are met.
        public var met: Int { needs.count(where: \.isMet) }
        /// Whether nothing is lacking.
        public var isDone: Bool { met == needs.count }
    }

    /// One of the things a stage is made of.
    public struct Need: Sendable {
        /// The key of its sentences: `stages.needs.sessions`; `stages.waiting.…` where nothing can
        /// be counted yet, because something else comes first.
        public let key: String
        /// Whether it is there.
        public let isMet: Bool
        /// What the sentences quote.
        public let details: [String: String]
        /// Where it can be seen or mended.
        public let place: Place
    }

    /// Where the program has something.
    public enum Place: Sendable, Equatable {
        case list(EntityName)
        case new(EntityName, [String: String])
        case record(EntityName, RecordID)
        case people(RecordID)
        case minutes(RecordID)
        case gallery(RecordID)
        case ranking(RecordID?)
        case meeting(RecordID)
        case readiness
        case calendar
    }

    /// The stages in their order.
    public let stages: [Stage]
    /// The stage the cycle says it is at.
    public let current: Int

    /// The first thing that the current stage lacks; nil where it has all.
    public var next: Need? {
        stages.first { $0.number == current }?.needs.first { !$0.isMet }
    }

    /// Judges a cycle by its facts.
    public init(_ facts: CycleFacts) {
        current = min(8, max(1, facts.stage))
        let needs = [
            AssessmentNeeds.all(facts), GroupNeeds.all(facts), PlanNeeds.plan(facts),
            PlanNeeds.budget(facts), DoingNeeds.implementation(facts),
            DoingNeeds.monitoring(facts), DoingNeeds.evaluation(facts),
            DoingNeeds.reporting(facts),
        ]
        stages = needs.enumerated().map { Stage(number: $0.offset + 1, needs: $0.element) }
    }
}

/// Makes needs with little to write.
struct NeedMaker {
    let group: String
    let cycle: RecordID

    func callAsFunction(
        _ name: String, _ isMet: Bool, _ place: CyclePath.Place,
        _ details: KeyValuePairs<String, Int> = [:], words: [String: String] = [:]
    ) -> CyclePath.Need {
        CyclePath.Need(
            key: "stages.\(group).\(name)", isMet: isMet,
            details: details.reduce(into: words) { $0[$1.key] = String($1.value) }, place: place)
    }

    /// A need that cannot be judged yet: its sentence says what comes first.
    func waits(
        _ name: String, _ place: CyclePath.Place, words: [String: String] = [:]
    ) -> CyclePath.Need {
        CyclePath.Need(
            key: "stages.waiting.\(name)", isMet: false, details: words, place: place)
    }

    /// A need that is met; only where something is there to meet it.
    func has(_ name: String, _ details: KeyValuePairs<String, Int> = [:]) -> CyclePath.Need {
        self(name, true, .calendar, details)
    }

    /// A form for a new record of this cycle.
    func new(_ entity: EntityName, _ fields: KeyValuePairs<String, String> = [:]) -> CyclePath.Place
    {
        var values = ["cycle": cycle.text]
        for (name, value) in fields { values[name] = value }
        return .new(entity, values)
    }

    /// A paper of this cycle that is to be registered; `event` is the meeting it reports on.
    func paper(_ kind: DocumentKind, on event: RecordID? = nil) -> CyclePath.Place {
        guard let event else { return new(.document, ["kind": kind.rawValue]) }
        return new(.document, ["kind": kind.rawValue, "event": event.text])
    }
}
