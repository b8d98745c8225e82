/// What the last four stages are made of: implementation, monitoring, evaluation, reporting back.
enum DoingNeeds {
    static func implementation(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "implementation", cycle: facts.cycle.id)
        let unfinished = facts.activities.filter {
            ![.done, .stopped].contains($0.status(Schema.activity.status))
        }
        let silent = facts.activities.filter { !facts.progressed.contains($0.id) }
        return [
            activities(facts, unfinished, need),
            facts.activities.isEmpty
                ? need.waits("progress", .list(.activity))
                : need(
                    "progress", silent.isEmpty,
                    silent.first.map { .new(.progress, ["activity": $0.id.text]) }
                        ?? .list(.progress), ["count": silent.count]),
            need("stories", facts.stories > 0, .list(.story), ["count": facts.stories]),
            need("notices", facts.notices > 0, .list(.notice), ["count": facts.notices]),
        ]
    }

    private static func activities(
        _ facts: CycleFacts, _ unfinished: [Record], _ need: NeedMaker
    ) -> CyclePath.Need {
        guard !facts.activities.isEmpty else {
            return need.waits("doing", .list(.activity))
        }
        let isAnyDone = facts.activities.contains {
            $0.status(Schema.activity.status) == .done
        }
        guard isAnyDone || !unfinished.isEmpty else {
            return need.waits("stopped", .list(.activity))
        }
        return need(
            "activities", unfinished.isEmpty, .list(.activity), ["count": unfinished.count])
    }

    static func monitoring(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "monitoring", cycle: facts.cycle.id)
        let group = facts.groups.first { $0.group[Schema.group.kind] == .monitoring }
        let members = group?.memberships.count ?? 0
        return [
            need(
                "group", members > 0,
                group.map { .record(.group, $0.group.id) }
                    ?? need.new(.group, ["kind": "monitoring"]), ["count": members]),
            need("order", facts.has(.d17), need.paper(.d17)),
            need(
                "observations", facts.observations > 0,
                group.map { .new(.observation, ["group": $0.group.id.text]) }
                    ?? .list(.observation), ["count": facts.observations]),
        ]
    }

    static func evaluation(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "evaluation", cycle: facts.cycle.id)
        let (all, measured) = facts.indicators
        return [
            all == 0
                ? need.waits("indicators", .list(.indicator))
                : need(
                    "indicators", measured == all, .list(.indicator),
                    ["count": all - measured]),
            need("ratings", facts.ratings > 0, .list(.serviceRating)),
            // D17 is the order on the monitoring group first, and the report after it.
            need("report", facts.count(.d17) >= 2, need.paper(.d17)),
        ]
    }

    static func reporting(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "reporting", cycle: facts.cycle.id)
        // Hearings and assemblies before the plan is carried out discuss it; a kurultai, and what
        // comes after the stage of doing, hears what was done.
        let meetings =
            facts.held(.kurultai)
            + (facts.stage >= 5 ? facts.held(.assembly, .hearing) : [])
        let published = need("published", facts.has(.d18), need.paper(.d18))
        guard !meetings.isEmpty else {
            return [
                need("meetings", false, need.new(.event, ["kind": "kurultai"])),
                need.waits("attendance", .calendar), need.waits("reportMinutes", .calendar),
                published,
            ]
        }
        let uncounted = meetings.filter { $0.count.all == 0 }
        let unwritten = meetings.filter { $0.minutesEntries == 0 }
        return [
            need.has("meetings", ["count": meetings.count]),
            need(
                "attendance", uncounted.isEmpty,
                uncounted.first.map { .people($0.event.id) } ?? .list(.event),
                ["count": uncounted.count]),
            need(
                "minutes", unwritten.isEmpty,
                unwritten.first.map { .minutes($0.event.id) } ?? .list(.event)),
            published,
        ]
    }
}
