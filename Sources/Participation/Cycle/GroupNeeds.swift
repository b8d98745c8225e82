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
        needs += empty.map {
            need("members", false, place($0), words: ["name": $0.group.title])
        }
        if empty.isEmpty {
            needs.append(need("members", !groups.isEmpty, .list(.group), words: ["name": "–"]))
        }
        needs += unbalanced.map { group in
            let finding = group.findings.first { $0.code == .groupUnbalanced }
            return need(
                "balance", false, place(group),
                words: (finding?.details ?? [:]).merging(["name": group.group.title]) { $1 })
        }
        if unbalanced.isEmpty {
            needs.append(
                need(
                    "balance", !groups.isEmpty && empty.isEmpty, .list(.group),
                    words: ["name": "–", "women": "0", "men": "0"]))
        }
        needs.append(need("order", facts.has(.d12), need.paper(.d12)))
        return needs
    }

    private static func place(_ group: GroupFacts) -> CyclePath.Place {
        .record(.group, group.group.id)
    }
}
