/// What the first stage, the needs assessment, is made of.
enum AssessmentNeeds {
    static func all(_ facts: CycleFacts) -> [CyclePath.Need] {
        preparation(facts) + sessions(facts) + results(facts)
    }

    private static func preparation(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        let group = facts.groups.first { $0.group[Schema.group.kind] == .working }
        let members = group?.memberships.count ?? 0
        return [
            need(
                "workingGroup", members > 0,
                group.map { .record(.group, $0.group.id) } ?? need.new(.group, ["kind": "working"]),
                ["count": members]),
            need("orderGroup", facts.has(.d1), need.paper(.d1)),
            need("orderPlan", facts.has(.d2), need.paper(.d2)),
            need(
                "readiness", facts.ready.count >= 8, need.new(.readiness),
                ["have": facts.ready.count, "need": 8]),
        ]
    }

    private static func sessions(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        let held = facts.sessions.filter(\.isHeld)
        let short = facts.villages.compactMap { village -> CyclePath.Need? in
            let held = facts.sessions(of: village.id).filter(\.isHeld)
            let isTogether = held.contains {
                $0.event[Schema.event.ageBand] == nil && $0.event[Schema.event.audience] != nil
            }
            guard held.count < 3, !isTogether else { return nil }
            return need(
                "sessions", false,
                need.new(.event, ["kind": "session", "village": village.id.text]),
                ["have": held.count, "need": 3], words: ["village": village.title])
        }
        let noPeople = held.filter { $0.count.all == 0 }
        let noMinutes = held.filter { $0.minutesEntries == 0 }
        let noProblems = held.filter { $0.problems == 0 }
        let unsorted = held.filter { $0.unsorted > 0 }
        return
            (short.isEmpty
            ? [need("sessions", !facts.villages.isEmpty, .list(.event))] : short) + [
                need(
                    "participantLists", !held.isEmpty && noPeople.isEmpty,
                    place(noPeople) { .people($0) }, ["count": noPeople.count]),
                need(
                    "minutes", !held.isEmpty && noMinutes.isEmpty,
                    place(noMinutes) { .minutes($0) }, ["count": noMinutes.count]),
                need(
                    "problems", !held.isEmpty && noProblems.isEmpty,
                    place(noProblems) { .gallery($0) }, ["count": noProblems.count]),
                need(
                    "stickers", unsorted.isEmpty, place(unsorted) { .gallery($0) },
                    ["count": unsorted.reduce(0) { $0 + $1.unsorted }]),
            ]
    }

    private static func results(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        let withProblems = Set(facts.ballot.problems.compactMap(\.village))
        let unranked = facts.villages.filter { !withProblems.contains($0.id) }
        let held = Set(
            facts.focusGroups.filter(\.isHeld).compactMap { $0.event[Schema.event.village] })
        let noFocus = facts.villages.filter { !held.contains($0.id) }
        let unwritten = facts.focusGroups.filter { $0.isHeld && $0.minutesEntries == 0 }
        let merged = facts.ballot.themes.contains { $0.level == .municipality }
        return [
            need(
                "villageRanking", !facts.villages.isEmpty && unranked.isEmpty,
                .ranking(unranked.first?.id), words: ["villages": names(unranked)]),
            need(
                "sessionReports", facts.has(.d7), need.paper(.d7),
                words: ["villages": names(facts.villages)]),
            need(
                "focusGroups", !facts.villages.isEmpty && noFocus.isEmpty,
                need.new(
                    .event, ["kind": "focusGroup", "village": noFocus.first?.id.text ?? ""]),
                words: ["villages": names(noFocus)]),
            need(
                "focusGroupReports",
                !held.isEmpty && unwritten.isEmpty && facts.has(.d8), need.paper(.d8),
                ["count": max(unwritten.count, facts.has(.d8) ? 0 : held.count)]),
            need(
                "municipalityRanking", merged || (facts.villages.count == 1 && unranked.isEmpty),
                .ranking(nil)),
            need("causeEffectReport", facts.has(.d11), need.paper(.d11)),
        ]
    }

    private static func names(_ villages: [Record]) -> String {
        villages.map(\.title).joined(separator: ", ")
    }

    private static func place(
        _ meetings: [MeetingSummary], _ make: (RecordID) -> CyclePath.Place
    ) -> CyclePath.Place {
        meetings.first.map { make($0.event.id) } ?? .list(.event)
    }
}
