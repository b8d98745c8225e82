/// What the first stage, the needs assessment, is made of. A need is ticked only where something
/// was there to be judged; before that it says what comes first.
enum AssessmentNeeds {
    static func all(_ facts: CycleFacts) -> [CyclePath.Need] {
        guard !facts.villages.isEmpty else {
            let village = facts.cycle[Schema.cycle.municipality].map {
                CyclePath.Place.new(.village, ["municipality": $0.text])
            }
            let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
            return preparation(facts) + [need.waits("villages", village ?? .new(.village, [:]))]
        }
        return preparation(facts) + sessions(facts) + writings(facts) + results(facts)
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
            facts.ready.isEmpty
                ? need.waits("readiness", .readiness)
                : need(
                    "readiness", facts.ready.count >= 8, .readiness,
                    ["have": facts.ready.count, "need": 8]),
        ]
    }

    /// R3: three sessions a village, or one in which all ages sit together.
    private static func sessions(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        let short = facts.villages.compactMap { village -> CyclePath.Need? in
            let sessions = facts.sessions(of: village.id)
            let held = sessions.filter(\.isHeld)
            let isTogether = held.contains {
                $0.event[Schema.event.ageBand] == nil && $0.event[Schema.event.audience] != nil
            }
            guard held.count < 3, !isTogether else { return nil }
            let words = ["village": village.title]
            let form = need.new(.event, ["kind": "session", "village": village.id.text])
            switch (held.count, sessions.count) {
            case (0, 3...): return need.waits("plannedSessions", .calendar, words: words)
            case (0, _): return need.waits("sessions", form, words: words)
            case (_, 3...):
                return need.waits(
                    "moreSessions", .calendar,
                    words: words.merging(["have": String(held.count), "need": "3"]) { $1 })
            default:
                return need("sessions", false, form, ["have": held.count, "need": 3], words: words)
            }
        }
        return short.isEmpty ? [need.has("sessions")] : short
    }

    /// What is written down at the sessions that were held.
    private static func writings(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "needs", cycle: facts.cycle.id)
        let held = facts.sessions.filter(\.isHeld)
        let names = ["participantLists", "minutes", "problems"]
        guard !held.isEmpty else { return names.map { need.waits($0, .calendar) } }
        func lacking(
            _ name: String, _ isLacking: (MeetingSummary) -> Bool,
            _ place: (RecordID) -> CyclePath.Place
        ) -> CyclePath.Need {
            let meetings = held.filter(isLacking)
            guard let first = meetings.first else { return need.has(name) }
            return need(name, false, place(first.event.id), ["count": meetings.count])
        }
        var needs = [
            lacking(names[0], { $0.count.all == 0 }, CyclePath.Place.people),
            lacking(names[1], { $0.minutesEntries == 0 }, CyclePath.Place.minutes),
            lacking(names[2], { $0.problems == 0 }, CyclePath.Place.gallery),
        ]
        // Tallies by hand leave no stickers to be sorted.
        if let unsorted = held.first(where: { $0.unsorted > 0 }) {
            let count = held.reduce(0) { $0 + $1.unsorted }
            needs.append(
                need("stickers", false, .gallery(unsorted.event.id), ["count": count]))
        } else if held.contains(where: { $0.stickers > 0 }) {
            needs.append(need.has("stickers"))
        }
        return needs
    }
}
