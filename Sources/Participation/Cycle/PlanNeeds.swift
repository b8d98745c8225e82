/// What the third and fourth stages, the plan and its place in the budget, are made of.
enum PlanNeeds {
    static func plan(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "plan", cycle: facts.cycle.id)
        let priorities = Ranking(facts.ballot).municipality.filter(\.isPriority)
        let planned = Set(facts.goals.compactMap { $0[Schema.goal.theme] })
        let without = priorities.filter { entry in
            !planned.contains(entry.id) && planned.isDisjoint(with: entry.problems)
        }
        let meetings = facts.held(.planning)
        let discussed = facts.held(.assembly, .hearing)
        let plan = facts.plans.first
        return [
            need("meetings", !meetings.isEmpty, need.new(.event, ["kind": "planning"])),
            need(
                "draft", plan != nil, plan.map { .record(.plan, $0.id) } ?? need.new(.plan)),
            need(
                "goals", !priorities.isEmpty && without.isEmpty && !facts.activities.isEmpty,
                plan.map { .new(.goal, ["plan": $0.id.text]) } ?? need.new(.plan),
                ["count": without.count]),
            need("discussion", !discussed.isEmpty, need.new(.event, ["kind": "hearing"])),
            need(
                "proposals", facts.proposals.all > 0 && facts.proposals.open == 0,
                .list(.proposal), ["count": facts.proposals.open]),
        ]
    }

    static func budget(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "budget", cycle: facts.cycle.id)
        let activities = facts.activities
        let unestimated = activities.filter { !facts.estimated.contains($0.id) }
        let unbudgeted = activities.filter { !facts.budgeted.contains($0.id) }
        let totals = PlanTotals(activities: activities, contributions: facts.contributions)
        let isResolved =
            facts.has(.d16)
            || facts.plans.contains { $0[Schema.plan.resolutionNumber] != nil }
        func about(_ entity: EntityName, _ activity: Record?) -> CyclePath.Place {
            activity.map { .new(entity, ["activity": $0.id.text]) } ?? .list(.activity)
        }
        return [
            need(
                "estimates", !activities.isEmpty && unestimated.isEmpty,
                about(.estimateItem, unestimated.first), ["count": unestimated.count]),
            need(
                "funding", !activities.isEmpty && totals.uncovered <= 0,
                about(.contribution, activities.first), ["amount": totals.uncovered]),
            need("resolution", isResolved, need.paper(.d16)),
            need(
                "lines", !activities.isEmpty && unbudgeted.isEmpty,
                about(.budgetLine, unbudgeted.first), ["count": unbudgeted.count]),
        ]
    }
}
