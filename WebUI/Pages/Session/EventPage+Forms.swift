import HTTPTypes
import Hummingbird
import Participation
import Store

/// The form that adds an item to the agenda, as it was typed.
struct AgendaForm: Sendable {
    var title = ""
    var minutes = ""
    var method = ""
    var errors = FieldErrors()

    init() {}

    init(_ form: FormData) {
        title = form["title"] ?? ""
        minutes = (form["minutes"] ?? "").filter { !$0.isWhitespace }
        method = form["method"] ?? ""
    }

    /// The item; what is wrong with it stands in ``errors``.
    mutating func item(_ event: RecordID, position: Int, _ texts: Texts) -> RecordInput {
        var members: [JSON.Member] = [
            .init(Schema.agendaItem.event.name, .string(event.text)),
            .init(Schema.agendaItem.position.name, .integer(position)),
            .init(Schema.agendaItem.title.name, .string(title)),
        ]
        if !minutes.isEmpty {
            let number = Int(minutes)
            if number.map({ !(0...1440).contains($0) }) ?? true {
                errors.add("minutes", texts["event.programme.error.minutes"])
            }
            members.append(
                .init(
                    Schema.agendaItem.minutes.name,
                    number.map(JSON.integer) ?? .string(minutes)))
        }
        if !method.isEmpty {
            members.append(.init(Schema.agendaItem.method.name, .string(method)))
        }
        let (input, problems) = RecordInput.parse(members, as: .agendaItem)
        errors.add(
            problems + input.missing, asking: ["title": texts["event.programme.error.title"]],
            other: "title", texts)
        return input
    }
}

extension EventPage {
    /// Begins an empty programme with what meetings of its kind usually go through.
    static func addStandardProgramme(_ visit: Visit) async throws -> Response {
        let (meeting, programme) = try await read(visit)
        let path = Paths.event(meeting.id)
        guard programme.items.isEmpty else { return visit.redirect(path) }
        let items = StandardProgramme.items(meeting.event, visit.texts)
        let receipt = try await visit.commit(items.map(Edit.make))
        return visit.redirect(
            path, flash: "event.programme.standardAdded", commit: receipt.commit)
    }

    static func addAgendaItem(_ visit: Visit) async throws -> Response {
        var form = AgendaForm(try await visit.form())
        let (meeting, programme) = try await read(visit)
        let item = form.item(meeting.id, position: programme.nextPosition, visit.texts)
        guard form.errors.isEmpty else {
            return try await visit.page(
                EventPage(meeting, programme, form, visit), at: Paths.event(meeting.id),
                errors: form.errors.links, status: .unprocessableContent)
        }
        try await visit.commit([.make(item)])
        return visit.redirect(Paths.agendaEntry(meeting.id))
    }

    static func markHeld(_ visit: Visit) async throws -> Response {
        let id = try visit.id()
        let held = RecordInput(
            .event, id: id, fields: [Schema.event.status.name: EventStatus.held.value])
        let receipt = try await visit.commit([.change(held)])
        return visit.redirect(
            Paths.event(id), flash: "event.held.done", commit: receipt.commit)
    }
}
