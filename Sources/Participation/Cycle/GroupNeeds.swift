/// What the second stage, the initiative groups, is made of.
enum GroupNeeds {
    static func all(_ facts: CycleFacts) -> [CyclePath.Need] {
        let need = NeedMaker(group: "groups", cycle: facts.cycle.id)
        let groups = facts.groups.filter { $0.group[Schema.group.kind] == .initiative }
        let empty = groups.filter(\.memberships.isEmpty)
        let unbalanced = groups.filter { group in
            group.findings.contains { $0.code == .groupUnbalanced }
        }
        var needs = [
            need(
                "initiativeGroups", !groups.isEmpty,
                groups.isEmpty ? need.new(.group, ["kind": "initiative"]) : .list(.group),
                ["count": groups.count])
        ]
        guard !groups.isEmpty else {
            let form = need.new(.group, ["kind": "initiative"])
            return needs + [
                need.waits("members", form), need.waits("balance", form),
                need("order", facts.has(.d12), need.paper(.d12)),
            ]
        }
        needs += empty.map {
            need("members", false, place($0), words: ["name": $0.group.title])
        }
        if empty.isEmpty { needs.append(need.has("members")) }
        needs += unbalanced.map { group in
            let finding = group.findings.first { $0.code == .groupUnbalanced }
            return need(
                "balance", false, place(group),
                words: (finding?.details ?? [:]).merging(["name": group.group.title]) { $1 })
        }
        // Of members whose sex is not written nothing can be said.
        let unknown = groups.filter { group in
            !group.memberships.isEmpty
                && !group.people.values.contains { $0[Schema.person.sex] != nil }
        }
        needs += unknown.map {
            need.waits("balanceUnknown", place($0), words: ["name": $0.group.title])
        }
        if empty.isEmpty, unbalanced.isEmpty, unknown.isEmpty { needs.append(need.has("balance")) }
        needs.append(need("order", facts.has(.d12), need.paper(.d12)))
        return needs
    }

    private static func place(_ group: GroupFacts) -> CyclePath.Place {
        .record(.group, group.group.id)
    }
}
