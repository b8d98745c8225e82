import HTTPTypes
import Hummingbird
import Participation
import Store

extension CausesPage {
    /// The people of the focus group from whom the initiative groups are made.
    struct People: Sendable {
        /// Nil for those who may not read names (R15): they see the count.
        let count: String
        let mayChoose: Bool
        let rows: [PersonRow]
        let hasRows: Bool
        let chosen: String
        let findings: [String]
        let name: String
        let nameError: String?
        let peopleError: String?
        let problems: [ProblemOption]
    }

    struct PersonRow: Sendable {
        let attendance: String
        let id: String
        let name: String
        let details: String?
        let isActive: Bool
        let isChosen: Bool
        /// The initiative groups the person is in already.
        let memberOf: String?
    }

    struct ProblemOption: Sendable {
        let id: String
        let title: String
        let isSelected: Bool
    }

    /// An initiative group that was made.
    struct GroupLine: Sendable {
        let name: String
        let count: String
        let href: String?
        let findings: [String]
    }

    /// The form that makes a group, as it was typed.
    struct GroupForm: Sendable {
        var name = ""
        var problem: RecordID?
        var people: Set<RecordID>?
        var errors = FieldErrors()
    }
}

extension CausesPage.GroupLine {
    init(_ facts: GroupFacts, _ visit: Visit) {
        let texts = visit.texts
        name = facts.group.title
        count = texts("causes.people.members", ["count": String(facts.memberships.count)])
        href = Paths.record(.group, facts.group.id)
        findings = visit.access.mayRead(.membership) ? facts.findings.map(texts.sentence) : []
    }
}

extension CausesPage.People {
    init(_ material: CausesPage.Material, _ form: CausesPage.GroupForm, _ visit: Visit) {
        let (texts, facts) = (visit.texts, material.causes.meeting.facts)
        mayChoose =
            visit.access.mayRead(.person) && visit.access.mayWrite(.group)
            && visit.access.mayWrite(.membership)
        let here = Self.participants(facts)
        let chosen = here.filter { $0[Schema.attendance.chosenFor] == .initiativeGroup }
        count = texts("causes.people.count", ["count": String(chosen.count)])
        self.chosen = count
        let members = Self.memberships(material.groups)
        rows = mayChoose ? here.compactMap { Self.row($0, facts, members, form) } : []
        hasRows = !rows.isEmpty
        let free = chosen.filter { attendance in
            attendance[Schema.attendance.person].map { members[$0] == nil } ?? false
        }
        findings =
            mayChoose
            ? Self.balance(free, facts, year: material.year).map(texts.sentence) : []
        name = form.name
        nameError = form.errors["name"]
        peopleError = form.errors["choose-people"]
        problems = material.causes.boards.map {
            CausesPage.ProblemOption(
                id: $0.id.text, title: $0.title, isSelected: $0.id == form.problem)
        }
    }

    /// Those who took part, each person once, in Kyrgyz order of their names.
    static func participants(_ facts: SessionFacts) -> [Record] {
        var seen: Set<RecordID> = []
        let here = facts.attendances.filter { attendance in
            let role = attendance[Schema.attendance.role] ?? .participant
            guard role == .participant || role == .speaker,
                let person = attendance[Schema.attendance.person]
            else { return false }
            return facts.people[person] != nil && seen.insert(person).inserted
        }
        return KyrgyzCollation.sorted(here) { attendance in
            attendance[Schema.attendance.person].flatMap { facts.people[$0]?.title } ?? ""
        }
    }

    /// The names of the initiative groups each person is in already.
    private static func memberships(_ groups: [GroupFacts]) -> [RecordID: [String]] {
        var names: [RecordID: [String]] = [:]
        for group in groups {
            for person in group.memberships.compactMap({ $0[Schema.membership.person] }) {
                names[person, default: []].append(group.group.title)
            }
        }
        return names
    }

    private static func row(
        _ attendance: Record, _ facts: SessionFacts, _ members: [RecordID: [String]],
        _ form: CausesPage.GroupForm
    ) -> CausesPage.PersonRow? {
        guard let id = attendance[Schema.attendance.person], let person = facts.people[id] else {
            return nil
        }
        let words = [person[Schema.person.street], person[Schema.person.occupation]]
            .compactMap(\.self)
        let isChosen = attendance[Schema.attendance.chosenFor] == .initiativeGroup
        return CausesPage.PersonRow(
            attendance: attendance.id.text, id: id.text, name: person.title,
            details: words.isEmpty ? nil : words.joined(separator: ", "),
            isActive: attendance.has(Schema.attendance.active),
            isChosen: form.people.map { $0.contains(id) } ?? (isChosen && members[id] == nil),
            memberOf: members[id]?.joined(separator: ", "))
    }

    /// R2 for the people who are chosen and in no group yet, before the group is made.
    private static func balance(
        _ chosen: [Record], _ facts: SessionFacts, year: Int
    ) -> [Finding] {
        var group = Record(.group, facts.event.id)
        group[Schema.group.kind] = .initiative
        let memberships = chosen.map { attendance in
            var membership = Record(.membership, attendance.id)
            membership[Schema.membership.person] = attendance[Schema.attendance.person]
            return membership
        }
        return GroupFacts(
            group: group, memberships: memberships, people: facts.people,
            residents: Array(facts.people.values), year: year
        ).findings
    }
}

extension CausesPage {
    /// Makes an initiative group of the people who are chosen.
    static func makeGroup(_ visit: Visit) async throws -> Response {
        guard visit.access.mayRead(.person) else { throw WebError.forbidden }
        let form = try await visit.form()
        let material = try await read(visit)
        let meeting = material.causes.meeting
        guard let cycle = meeting.event[Schema.event.cycle] else { throw WebError.badRequest }
        let here = People.participants(meeting.facts)
        let asked = Set(form.all("person").compactMap { RecordID($0) })
        let chosen = here.filter { $0[Schema.attendance.person].map(asked.contains) ?? false }
        var typed = GroupForm(
            name: form.words("name"), problem: form.id("problem"), people: asked)
        var members: [JSON.Member] = [
            .init(Schema.group.cycle.name, .string(cycle.text)),
            .init(Schema.group.kind.name, .string(GroupKind.initiative.rawValue)),
            .init(Schema.group.name.name, .string(typed.name)),
        ]
        if let problem = typed.problem,
            material.causes.boards.contains(where: { $0.id == problem })
        {
            members.append(.init(Schema.group.problem.name, .string(problem.text)))
        }
        let (input, problems) = RecordInput.parse(members, as: .group)
        typed.errors.add(
            problems + input.missing, asking: ["name": visit.texts["causes.error.groupName"]],
            other: "name", visit.texts)
        if chosen.isEmpty {
            typed.errors.add("choose-people", visit.texts["causes.error.nobody"])
        }
        guard typed.errors.isEmpty else {
            return try await visit.page(
                CausesPage(material, typed, visit), at: Paths.causes(meeting.id),
                errors: typed.errors.links, status: .unprocessableContent)
        }
        let receipt = try await visit.commit(
            edits(RecordInput(.group, id: visit.store.makeID(), fields: input.fields), chosen))
        return visit.redirect(
            Paths.initiativeGroup(meeting.id), flash: "causes.flash.group",
            commit: receipt.commit, title: typed.name)
    }

    private static func edits(_ group: RecordInput, _ chosen: [Record]) -> [Edit] {
        let members = chosen.flatMap { attendance -> [Edit] in
            let membership = RecordInput(
                .membership, id: nil,
                fields: [
                    Schema.membership.group.name: group.id?.value,
                    Schema.membership.person.name: attendance[Schema.attendance.person]?.value,
                    Schema.membership.role.name: MemberRole.member.value,
                ])
            let mark = RecordInput(
                .attendance, id: attendance.id,
                fields: [Schema.attendance.chosenFor.name: ChosenFor.initiativeGroup.value])
            return [.make(membership), .change(mark)]
        }
        return [.make(group)] + members
    }
}
