import HTTPTypes
import Hummingbird
import Participation
import Store

/// The readiness check before the sessions: eight questions, and what the program knows of each.
struct ReadinessPage: PageModel {
    static let template = "readiness"

    let cycle: String
    let cycleTitle: String
    let cycleHref: String
    let summary: String
    let isReady: Bool
    let mayEdit: Bool
    let questions: [Question]

    struct Question: Sendable {
        let number: String
        let text: String
        let isYes: Bool
        let isNo: Bool
        let note: String?
        let known: [Known]
    }

    struct Known: Sendable {
        let text: String
        let isGood: Bool
        let isBad: Bool
        let href: String?
        let label: String
    }

    /// What the page is made from.
    struct Material: Sendable {
        let facts: CycleFacts
        let check: ReadinessCheck
        let answers: [Int: [Record]]
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await visit.page(ReadinessPage(try await read(visit), visit))
    }

    private static func read(_ visit: Visit) async throws -> Material {
        let (id, year) = (try visit.id(), visit.today.year)
        return try await visit.read { reader in
            guard let facts = try reader.cycleFacts(id, year: year) else {
                throw try reader.absence(.cycle, id)
            }
            let asked = (facts.sessions + facts.otherMeetings).map(\.event.id)
            var attendances: [RecordID: [Record]] = [:]
            var agendas: Set<RecordID> = []
            for event in asked {
                attendances[event] = try reader.records(
                    .attendance, where: Schema.attendance.event, is: event, limit: 500)
                let items = try reader.records(
                    .agendaItem, where: Schema.agendaItem.event, is: event, limit: 1)
                if !items.isEmpty { agendas.insert(event) }
            }
            let answers = try reader.records(
                .readiness, where: Schema.readiness.cycle, is: id, limit: 1000)
            return Material(
                facts: facts,
                check: ReadinessCheck(facts, attendances: attendances, agendas: agendas),
                answers: Dictionary(grouping: answers) { $0[Schema.readiness.question] ?? 0 })
        }
    }

    private init(_ material: Material, _ visit: Visit) {
        let texts = visit.texts
        let cycle = material.facts.cycle
        self.cycle = cycle.id.text
        cycleTitle = cycle.title
        cycleHref = Paths.cycle(cycle.id)
        mayEdit = visit.access.mayWrite(.readiness)
        questions = ReadinessCheck.questions.map { number in
            Question(number, material, texts, visit.access)
        }
        let yes = questions.count(where: \.isYes)
        let open = questions.count { !$0.isYes && !$0.isNo }
        isReady = yes == questions.count
        summary =
            isReady
            ? texts["readiness.ready"]
            : texts(
                "readiness.summary",
                ["yes": String(yes), "all": String(questions.count), "open": String(open)])
    }

    /// Saves the answer to one question. Several laptops may have answered it apart: all of their
    /// answers become the new one.
    static func save(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        let cycle = material.facts.cycle.id
        guard let number = form["question"].flatMap({ Int($0) }),
            ReadinessCheck.questions.contains(number)
        else { throw WebError.badRequest }
        var members: [JSON.Member] = []
        if let answer = form["answer"] {
            members.append(.init(Schema.readiness.answer.name, .string(answer)))
        }
        if let note = form["note"] {
            members.append(.init(Schema.readiness.note.name, .string(note)))
        }
        let (input, problems) = RecordInput.parse(members, as: .readiness)
        guard problems.isEmpty else { throw WebError.refused(problems) }
        let there = material.answers[number] ?? []
        var edits = there.map {
            Edit.change(RecordInput(.readiness, id: $0.id, fields: input.fields))
        }
        // A note alone is no answer yet; it is saved with the answer.
        if there.isEmpty {
            guard input.fields[Schema.readiness.answer.name] != nil else {
                throw WebError.refused([
                    InputProblem(.missing, field: Schema.readiness.answer.name)
                ])
            }
            var fields = input.fields
            fields[Schema.readiness.cycle.name] = cycle.value
            fields[Schema.readiness.question.name] = number.value
            let id = RecordID("readiness-\(cycle)-\(number)") ?? visit.store.makeID()
            edits = [.put(RecordInput(.readiness, id: id, fields: fields))]
        }
        try await visit.commit(edits)
        return visit.answer(
            Paths.readiness(cycle, question: number), flash: "readiness.saved", nil)
    }
}

extension ReadinessPage.Question {
    init(_ number: Int, _ material: ReadinessPage.Material, _ texts: Texts, _ access: Access) {
        self.number = String(number)
        text = texts.value(.integer(number), of: Schema.readiness.question, in: .readiness)
        let answers = material.answers[number] ?? []
        // Any yes counts, as it does on the path of the cycle.
        isYes = answers.contains { $0[Schema.readiness.answer] == .yes }
        isNo = !isYes && answers.contains { $0[Schema.readiness.answer] == .no }
        note = answers.compactMap { $0[Schema.readiness.note] }.last
        let cycle = material.facts.cycle.id
        known = material.check.known(number).map { fact in
            ReadinessPage.Known(
                text: texts(fact.key, fact.details), isGood: fact.isFine == true,
                isBad: fact.isFine == false,
                href: fact.isFine == true ? nil : fact.place?.path(cycle, for: access),
                label: texts["readiness.mend"])
        }
    }
}
