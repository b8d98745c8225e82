extension AssessmentNeeds {
    /// What comes of the sessions: rankings, reports, focus groups.
    static func results(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        return villageRankings(facts, need) + sessionReports(facts, need)
            + focusGroups(facts, need) + [
                municipalityRanking(facts, need),
                need("causeEffectReport", facts.has(.d11), need.paper(.d11)),
            ]
    }

    /// Whether any session was held; before it nothing can be ranked or reported.
    private static func isBegun(_ facts: CycleFacts) -> Bool {
        facts.sessions.contains(where: \.isHeld)
    }

    /// Villages whose sessions named no problem.
    private static func unranked(_ facts: CycleFacts) -> [Record] {
        let named = Set(facts.ballot.problems.compactMap(\.village))
        return facts.villages.filter { !named.contains($0.id) }
    }

    private static func villageRankings(
        _ facts: CycleFacts, _ need: NeedMaker
    ) -> [CyclePath.Need] {
        let unranked = unranked(facts)
        guard isBegun(facts) || unranked.count < facts.villages.count else {
            return [need.waits("villageRanking", .calendar)]
        }
        var needs: [CyclePath.Need] = []
        if let first = unranked.first {
            needs.append(
                need(
                    "villageRanking", false, .ranking(first.id),
                    words: ["villages": names(unranked)]))
        }
        let ranking = Ranking(facts.ballot)
        for village in facts.villages {
            guard let same = Ranking.unmerged(in: ranking.village(village.id)).first else {
                continue
            }
            needs.append(
                need(
                    "equalTitles", false, .ranking(village.id), ["count": same.count],
                    words: ["village": village.title, "title": same[0].title]))
        }
        return needs.isEmpty ? [need.has("villageRanking")] : needs
    }

    /// D7: a report on the sessions of each village, registered with one of them.
    private static func sessionReports(
        _ facts: CycleFacts, _ need: NeedMaker
    ) -> [CyclePath.Need] {
        let isOnlyOne = facts.villages.count == 1
        var (lacking, isWaiting) = ([CyclePath.Need](), false)
        for village in facts.villages {
            let held = facts.sessions(of: village.id).filter(\.isHeld)
            guard let first = held.first else {
                isWaiting = true
                continue
            }
            guard !facts.has(.d7, on: held, isOnlyOne: isOnlyOne) else { continue }
            lacking.append(
                need(
                    "sessionReports", false, need.paper(.d7, on: first.event.id),
                    words: ["village": village.title]))
        }
        guard lacking.isEmpty else { return lacking }
        return [
            isWaiting ? need.waits("sessionReports", .calendar) : need.has("sessionReports")
        ]
    }

    /// R10: a focus group a village; minutes and a report (D8) of each.
    private static func focusGroups(
        _ facts: CycleFacts, _ need: NeedMaker
    ) -> [CyclePath.Need] {
        let held = facts.focusGroups.filter(\.isHeld)
        let villages = Set(held.compactMap { $0.event[Schema.event.village] })
        let without = facts.villages.filter { !villages.contains($0.id) }
        var needs = [
            need(
                "focusGroups", without.isEmpty,
                need.new(
                    .event, ["kind": "focusGroup", "village": without.first?.id.text ?? ""]),
                words: ["villages": names(without)])
        ]
        guard !held.isEmpty else {
            return needs + [
                need.waits("focusGroupMinutes", .calendar),
                need.waits("focusGroupReports", .calendar),
            ]
        }
        let unwritten = held.filter { $0.minutesEntries == 0 }
        let unreported = held.filter { !facts.has(.d8, on: [$0], isOnlyOne: held.count == 1) }
        func lacks(
            _ name: String, _ meeting: MeetingSummary, _ place: CyclePath.Place
        ) -> CyclePath.Need {
            let village = meeting.event[Schema.event.village].flatMap { id in
                facts.villages.first { $0.id == id }
            }
            let title = village?.title ?? meeting.event.title
            return need(name, false, place, words: ["village": title])
        }
        needs += unwritten.map { lacks("focusGroupMinutes", $0, .minutes($0.event.id)) }
        if unwritten.isEmpty { needs.append(need.has("focusGroupMinutes")) }
        needs += unreported.map {
            lacks("focusGroupReports", $0, need.paper(.d8, on: $0.event.id))
        }
        if unreported.isEmpty { needs.append(need.has("focusGroupReports")) }
        return needs
    }

    private static func municipalityRanking(
        _ facts: CycleFacts, _ need: NeedMaker
    ) -> CyclePath.Need {
        guard unranked(facts).isEmpty else {
            return need.waits("municipalityRanking", .calendar)
        }
        let isMerged = facts.ballot.themes.contains { $0.level == .municipality }
        let isMade = isMerged || facts.villages.count == 1
        let same = Ranking.unmerged(in: Ranking(facts.ballot).municipality)
        return need("municipalityRanking", isMade && same.isEmpty, .ranking(nil))
    }

    private static func names(_ villages: [Record]) -> String {
        villages.map(\.title).joined(separator: ", ")
    }
}
