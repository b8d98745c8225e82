import HTTPTypes
import Hummingbird
import Participation
import Store

extension PeoplePage {
    /// Registers a person: somebody new, or somebody known whose typed details are kept.
    static func add(_ visit: Visit) async throws -> Response {
        var form = PersonForm(try await visit.form())
        let material = try await read(visit)
        let meeting = material.meeting
        let day = material.day(visit)
        let known = try await chosen(form, visit)
        // A name that was typed over makes another person, not the same one renamed.
        if known == nil { form.person = nil }
        let input = form.fields(of: known, village: meeting.village?.id, on: day, visit.texts)
        let isHere = meeting.facts.attendances.contains { attendance in
            guard let id = attendance[Schema.attendance.person] else { return false }
            return id == form.person
                || meeting.facts.people[id].map { form.isSame(as: $0, in: day.year) } ?? false
        }
        if isHere {
            form.errors.add(
                "fullName", visit.texts("people.said.already", ["name": form.fullName]))
        }
        guard form.errors.isEmpty else {
            return try await visit.page(
                PeoplePage(material, form, nil, visit), at: Paths.people(meeting.id),
                errors: form.errors.links, status: .unprocessableContent)
        }
        let id = known?.id ?? visit.store.makeID()
        let person = RecordInput(.person, id: id, fields: input.fields)
        let presence = RecordInput(
            .attendance, id: nil,
            fields: [
                Schema.attendance.event.name: meeting.id.value,
                Schema.attendance.person.name: id.value,
                Schema.attendance.role.name: form.role.value,
            ])
        let receipt = try await visit.commit(
            [known == nil ? .make(person) : .change(person), .make(presence)])
        return visit.redirect(
            Paths.people(meeting.id), flash: "people.said.added", commit: receipt.commit,
            title: form.fullName)
    }

    /// The person that was chosen from the suggestions, if the name is still theirs.
    private static func chosen(_ form: PersonForm, _ visit: Visit) async throws -> Record? {
        guard let id = form.person else { return nil }
        let found = try await visit.read { try $0.record(.person, id) }
        let isStillTheirs =
            found.map { SearchText.fold($0.title) == SearchText.fold(form.fullName) } ?? false
        return isStillTheirs ? found : nil
    }

    /// Keeps the numbers of a meeting at which nobody was registered by name.
    static func saveHeadcount(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        let (edits, errors) = HeadcountForm.edits(form, material.meeting.facts, visit.texts)
        guard errors.isEmpty else {
            let typed = HeadcountCategory.allCases.map { ($0.rawValue, form[$0.rawValue] ?? "") }
            return try await visit.page(
                PeoplePage(
                    material, PersonForm(),
                    TypedHeadcounts(
                        texts: Dictionary(uniqueKeysWithValues: typed), errors: errors), visit),
                at: Paths.people(material.meeting.id), errors: errors.links,
                status: .unprocessableContent)
        }
        let receipt = try await visit.commit(edits)
        return visit.redirect(
            Paths.people(material.meeting.id), flash: "people.headcount.saved",
            commit: receipt.commit)
    }
}

/// The numbers of people by category, as the form gives them and the store holds them.
enum HeadcountForm {
    /// The number of a category that counts: the last that was written down.
    static func counted(_ category: HeadcountCategory, _ facts: SessionFacts) -> Int? {
        records(category, facts).last?[Schema.headcount.count]
    }

    /// What the form changes; a field of the form has the id `headcount-` and its category.
    static func edits(
        _ form: FormData, _ facts: SessionFacts, _ texts: Texts
    ) -> (edits: [Edit], errors: FieldErrors) {
        var edits: [Edit] = []
        var errors = FieldErrors()
        for category in HeadcountCategory.allCases {
            guard let typed = form[category.rawValue] else { continue }
            let text = typed.filter { !$0.isWhitespace }
            var there = records(category, facts)
            if text.isEmpty {
                edits += there.map { Edit.delete(.headcount, $0.id) }
                continue
            }
            guard let count = Int(text), Limits.count.contains(count) else {
                errors.add("headcount-\(category.rawValue)", texts["people.headcount.error"])
                continue
            }
            let counted = there.popLast()
            edits += there.map { Edit.delete(.headcount, $0.id) }
            let input = RecordInput(
                .headcount, id: counted?.id,
                fields: [
                    Schema.headcount.event.name: facts.event.id.value,
                    Schema.headcount.category.name: category.value,
                    Schema.headcount.count.name: count.value,
                ])
            edits.append(counted == nil ? .make(input) : .change(input))
        }
        return (edits, errors)
    }

    private static func records(
        _ category: HeadcountCategory, _ facts: SessionFacts
    ) -> [Record] {
        facts.headcounts.filter { $0[Schema.headcount.category] == category }
    }
}
