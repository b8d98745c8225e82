import HTTPTypes
import Hummingbird
import Participation
import Store

extension GalleryPage {
    static func addSticker(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let board = try await read(visit)
        let text = form.words("text")
        let column = form.id("problem").flatMap { board.column($0)?.id }
        var members: [JSON.Member] = [
            .init(Schema.sticker.event.name, .string(board.meeting.id.text)),
            .init(Schema.sticker.text.name, .string(text)),
        ]
        if let column {
            members.append(.init(Schema.sticker.problem.name, .string(column.text)))
        }
        let seat = FormText.json(form["author"] ?? "", Schema.sticker.author.type)
        members.append(.init(Schema.sticker.author.name, seat))
        let (input, problems) = RecordInput.parse(members, as: .sticker)
        var errors = FieldErrors()
        if text.unicodeScalars.count > StickerLimit.characters {
            errors.add("text", visit.texts["gallery.error.tooLong"])
        }
        errors.add(
            problems + input.missing, asking: ["text": visit.texts["gallery.error.text"]],
            other: "text", visit.texts)
        guard errors.isEmpty else {
            let entry = Entry(
                text: text, textError: errors["text"], seat: form["author"] ?? "",
                seatError: errors["author"])
            return try await again(board, column, entry, errors, visit)
        }
        try await visit.commit([.make(input)])
        let next: Int? = if case .integer(let seat) = seat { board.seat(after: seat) } else { nil }
        return visit.redirect(
            Paths.gallery(board.meeting.id, typingInto: column, seat: next))
    }

    static func addColumn(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let board = try await read(visit)
        let (input, problems) = RecordInput.parse(
            [
                .init(Schema.problem.event.name, .string(board.meeting.id.text)),
                .init(Schema.problem.title.name, .string(form.words("title"))),
            ], as: .problem)
        if let problem = (problems + input.missing).first {
            let isEmpty = [.missing, .empty].contains(problem.code)
            var errors = FieldErrors()
            errors.add(
                "new-column-name",
                isEmpty ? visit.texts["gallery.error.title"] : visit.texts.sentence(problem))
            let entry = Entry(
                seat: form["seat"] ?? "", title: form.words("title"),
                titleError: errors["new-column-name"])
            return try await again(board, nil, entry, errors, visit)
        }
        let receipt = try await visit.commit([.make(input)])
        return visit.redirect(
            Paths.gallery(
                board.meeting.id, typingInto: receipt.records.first, seat: seat(form)))
    }

    /// Moves a sticker into a column of its own gallery, or back among the unsorted.
    static func moveSticker(_ visit: Visit) async throws -> Response {
        let id = try visit.id()
        let form = try await visit.form()
        let column = form.id("problem")
        // An empty name takes the sticker off its column; no name at all is no form of ours.
        guard column != nil || form["problem"] == "" else { throw WebError.badRequest }
        let event = try await visit.read { reader -> RecordID in
            guard let event = try reader.record(.sticker, id)?[Schema.sticker.event] else {
                throw try reader.absence(.sticker, id)
            }
            guard let column else { return event }
            guard try reader.record(.problem, column)?[Schema.problem.event] == event else {
                throw WebError.refused([
                    InputProblem(
                        .danglingReference, field: Schema.sticker.problem.name,
                        ["id": column.text])
                ])
            }
            return event
        }
        let moved = RecordInput(
            .sticker, id: id, fields: [Schema.sticker.problem.name: column?.value])
        try await visit.commit([.change(moved)])
        return visit.redirect(Paths.gallery(event, typingInto: column, seat: seat(form)))
    }

    /// The seat whose stickers are typed, which another form of the page passes on.
    private static func seat(_ form: FormData) -> Int? { form["seat"].flatMap { Int($0) } }

    private static func again(
        _ board: GalleryBoard, _ target: RecordID?, _ entry: Entry, _ errors: FieldErrors,
        _ visit: Visit
    ) async throws -> Response {
        var page = GalleryPage(board, target: target, entry: entry, visit)
        page.phones = try await PhonesPanel.read(board, visit)
        return try await visit.page(
            page, at: Paths.gallery(board.meeting.id, typingInto: target), errors: errors.links,
            status: .unprocessableContent)
    }
}
