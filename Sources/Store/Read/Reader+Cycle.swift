import GRDB
public import Participation

extension Reader {
    /// All that the path of a cycle is judged by; nil where there is no such cycle. `year` is
    /// this year.
    public func cycleFacts(_ id: RecordID, year: Int) throws -> CycleFacts? {
        guard let cycle = try record(.cycle, id) else { return nil }
        var facts = CycleFacts(cycle: cycle)
        if let municipality = cycle[Schema.cycle.municipality] {
            facts.villages = try villages(municipality)
            facts.notices = try records(
                .notice, where: Schema.notice.municipality, is: municipality, limit: 1000
            ).count
        }
        facts.ballot = try ballot(id)
        try addMeetings(&facts, id)
        facts.groups = try records(.group, where: Schema.group.cycle, is: id).compactMap {
            try group($0.id, year: year)
        }
        let answers = try records(.readiness, where: Schema.readiness.cycle, is: id)
        facts.ready = Set(
            answers.filter { $0[Schema.readiness.answer] == .yes }.compactMap {
                $0[Schema.readiness.question]
            })
        facts.documents = try records(.document, where: Schema.document.cycle, is: id)
        try addPlan(&facts, id)
        facts.observations = try facts.groups.reduce(0) {
            try $0 + records(.observation, where: Schema.observation.group, is: $1.group.id).count
        }
        return facts
    }

    /// The villages of a municipality in Kyrgyz order.
    public func villages(_ municipality: RecordID) throws -> [Participation.Record] {
        KyrgyzCollation.sorted(
            try records(.village, where: Schema.village.municipality, is: municipality),
            by: \.title)
    }

    private func addMeetings(_ facts: inout CycleFacts, _ cycle: RecordID) throws {
        let position = try logEnd()
        for event in try records(.event, where: Schema.event.cycle, is: cycle, limit: 1000) {
            guard let meeting = try summary(of: event.id, at: position) else { continue }
            switch event[Schema.event.kind] {
            case .session, .focusGroup:
                facts.meetings.append(meeting)
            default:
                facts.otherMeetings.append(meeting)
                let proposals = try records(
                    .proposal, where: Schema.proposal.event, is: event.id)
                facts.proposals.all += proposals.count
                facts.proposals.open += proposals.count {
                    $0[Schema.proposal.decision] == .open
                }
                facts.ratings += try records(
                    .serviceRating, where: Schema.serviceRating.event, is: event.id
                ).count
            }
        }
    }

    private func summary(of event: RecordID, at position: Int64) throws -> MeetingSummary? {
        if let known = meetings?.summary(event) { return known }
        guard let made = try session(event).map(MeetingSummary.init) else { return nil }
        meetings?.keep(made, madeAt: position)
        return made
    }

    private func addPlan(_ facts: inout CycleFacts, _ cycle: RecordID) throws {
        facts.plans = try records(.plan, where: Schema.plan.cycle, is: cycle)
        facts.goals = try facts.plans.flatMap {
            try records(.goal, where: Schema.goal.plan, is: $0.id)
        }
        let objectives = try facts.goals.flatMap {
            try records(.objective, where: Schema.objective.goal, is: $0.id)
        }
        facts.activities = try objectives.flatMap {
            try records(.activity, where: Schema.activity.objective, is: $0.id)
        }
        for objective in objectives {
            count(
                try records(.indicator, where: Schema.indicator.objective, is: objective.id),
                &facts)
        }
        for activity in facts.activities { try addDoing(&facts, activity.id) }
    }

    private func addDoing(_ facts: inout CycleFacts, _ activity: RecordID) throws {
        func are(_ entity: EntityName, _ field: Field<RecordID>) throws -> Bool {
            try !records(entity, where: field, is: activity, limit: 1).isEmpty
        }
        facts.contributions += try records(
            .contribution, where: Schema.contribution.activity, is: activity)
        if try are(.estimateItem, Schema.estimateItem.activity) {
            facts.estimated.insert(activity)
        }
        if try are(.budgetLine, Schema.budgetLine.activity) { facts.budgeted.insert(activity) }
        if try are(.progress, Schema.progress.activity) { facts.progressed.insert(activity) }
        facts.stories += try records(.story, where: Schema.story.activity, is: activity).count
        count(
            try records(.indicator, where: Schema.indicator.activity, is: activity), &facts)
    }

    private func count(_ indicators: [Participation.Record], _ facts: inout CycleFacts) {
        facts.indicators.all += indicators.count
        facts.indicators.measured += indicators.count { $0[Schema.indicator.actual] != nil }
    }
}
