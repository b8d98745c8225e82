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
            goals(facts, priorities, without, need),
            need("discussion", !discussed.isEmpty, need.new(.event, ["kind": "hearing"])),
            facts.proposals.all == 0
                ? need.waits("proposals", discussed.isEmpty ? .calendar : .list(.proposal))
                : need(
                    "proposals", facts.proposals.open == 0, .list(.proposal),
                    ["count": facts.proposals.open]),
        ]
    }

    private static func goals(
        _ facts: CycleFacts, _ priorities: [Ranking.Entry], _ without: [Ranking.Entry],
        _ need: NeedMaker
    ) -> CyclePath.Need {
        guard !priorities.isEmpty else { return need.waits("goals", .ranking(nil)) }
        let plan = facts.plans.first
        guard without.isEmpty else {
            return need(
                "goals", false,
                plan.map { .new(.goal, ["plan": $0.id.text]) } ?? need.new(.plan),
                ["count": without.count])
        }
        return facts.activities.isEmpty
            ? need.waits("activities", .list(.objective)) : need.has("goals")
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
        let resolution = need("resolution", isResolved, need.paper(.d16))
        guard !activities.isEmpty else {
            return [
                need.waits("estimates", .list(.activity)), need.waits("funding", .list(.activity)),
                resolution, need.waits("lines", .list(.activity)),
            ]
        }
        func about(_ entity: EntityName, _ activity: Record?) -> CyclePath.Place {
            activity.map { .new(entity, ["activity": $0.id.text]) } ?? .list(.activity)
        }
        return [
            need(
                "estimates", unestimated.isEmpty, about(.estimateItem, unestimated.first),
                ["count": unestimated.count]),
            totals.cost > 0
                ? need(
                    "funding", totals.uncovered <= 0, about(.contribution, activities.first),
                    ["amount": totals.uncovered])
                : need.waits("costs", .list(.activity)),
            resolution,
            need(
                "lines", unbudgeted.isEmpty, about(.budgetLine, unbudgeted.first),
                ["count": unbudgeted.count]),
        ]
    }
}
