import HTTPTypes
import Hummingbird
import Participation
import Store

/// The minutes of a meeting, agenda item by agenda item (R5). For the working group alone.
struct MinutesPage: PageModel {
    static let template = "minutes"

    let session: SessionHead
    let findings: [SessionFinding]
    let people: [String]
    let kinds: [SessionChoice]
    let sections: [Section]

    struct Section: Sendable {
        let key: String
        let agendaItem: String
        let name: String
        let span: String?
        let number: String?
        let entries: [Entry]
        let photos: [PhotoTile]
        /// While a meeting runs, what is not being talked about stays out of sight.
        var isHidden = false
    }

    struct Entry: Sendable {
        let id: String
        let position: String
        let kind: String
        let kindLabel: String
        let isPlain: Bool
        let isDecision: Bool
        let isQuestion: Bool
        let isAnswer: Bool
        let text: String
        let speaker: String?
    }

    /// What the page is made from.
    struct Material: Sendable {
        let meeting: Meeting
        let programme: Programme
        /// The paragraphs in their order, by agenda item; nil is outside the agenda.
        let entries: [RecordID?: [Record]]

        init(_ id: RecordID, _ reader: Reader) throws {
            meeting = try Meeting(id, reader)
            programme = try Programme(meeting, reader)
            let items = Set(programme.items.map(\.record.id))
            let records = try reader.records(
                .minutesEntry, where: Schema.minutesEntry.event, is: id)
            // What belonged to an item that was deleted stays in the minutes.
            entries = Dictionary(grouping: records.sorted(by: Self.precedes)) { record in
                record[Schema.minutesEntry.agendaItem].flatMap { items.contains($0) ? $0 : nil }
            }
        }

        private static func precedes(_ first: Record, _ second: Record) -> Bool {
            let places = [first, second].map { $0[Schema.minutesEntry.position] ?? Int.max }
            return places[0] == places[1] ? first.id < second.id : places[0] < places[1]
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let material = try await read(visit)
        return try await visit.page(MinutesPage(material, try await photos(material, visit), visit))
    }

    static func photos(_ material: Material, _ visit: Visit) async throws -> PhotoAlbum {
        try await PhotoAlbum.read(
            material.meeting.id, items: material.programme.items.map(\.record.id), visit)
    }

    private static func read(_ visit: Visit) async throws -> Material {
        guard visit.access.mayRead(.minutesEntry) else { throw WebError.forbidden }
        let id = try visit.id()
        return try await visit.read { try Material(id, $0) }
    }

    private init(_ material: Material, _ album: PhotoAlbum, _ visit: Visit) {
        session = SessionHead(material.meeting, on: .minutes, visit)
        findings = SessionFinding.all(material.meeting, on: .minutes, visit)
        people = Self.speakers(material.meeting)
        kinds = SessionChoice.all(Schema.minutesEntry.kind, .minutesEntry, visit.texts)
        sections = Self.sections(material, album, visit.texts)
    }

    /// The names of those present.
    static func speakers(_ meeting: Meeting) -> [String] {
        Set(meeting.facts.people.values.map(\.title)).sorted(by: KyrgyzCollation.precedes)
    }

    /// The parts of the minutes: one an agenda item, and what was said outside the agenda.
    static func sections(
        _ material: Material, _ album: PhotoAlbum, _ texts: Texts
    ) -> [Section] {
        func entries(_ item: RecordID?) -> [Entry] {
            (material.entries[item] ?? []).map { Entry($0, texts) }
        }
        let items = material.programme.items.enumerated().map { index, item in
            let id = item.record.id
            return Section(
                key: id.text, agendaItem: id.text, name: item.record.title, span: item.span,
                number: String(index + 1), entries: entries(id), photos: album.tiles(id, texts))
        }
        let other = Section(
            key: "other", agendaItem: "", name: texts["minutes.other"], span: nil, number: nil,
            entries: entries(nil), photos: album.tiles(nil, texts))
        return items + [other]
    }

    /// Adds a paragraph at the end of an agenda item's part.
    static func add(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let material = try await read(visit)
        let item = form.id("agendaItem").flatMap { id in
            material.programme.items.contains { $0.record.id == id } ? id : nil
        }
        let kind = form["kind"].flatMap { MinutesKind(rawValue: $0) } ?? .text
        let last = material.entries[item]?.last?[Schema.minutesEntry.position]
        var members: [JSON.Member] = [
            .init(Schema.minutesEntry.event.name, .string(material.meeting.id.text)),
            .init(Schema.minutesEntry.position.name, .integer(Self.position(after: last))),
            .init(Schema.minutesEntry.kind.name, .string(kind.rawValue)),
            .init(Schema.minutesEntry.text.name, .string(form["text"] ?? "")),
        ]
        if let item {
            members.append(.init(Schema.minutesEntry.agendaItem.name, .string(item.text)))
        }
        let (input, problems) = RecordInput.parse(members, as: .minutesEntry)
        let refused = problems + input.missing
        if let problem = refused.first {
            let error = PageFrame.ErrorLink(
                text: visit.texts.sentence(problem), href: "#text-\(item?.text ?? "other")")
            return try await visit.page(
                MinutesPage(material, try await photos(material, visit), visit),
                at: Paths.minutes(material.meeting.id),
                errors: [error], status: .unprocessableContent)
        }
        try await visit.commit([.make(input)])
        return visit.redirect(Paths.minutes(material.meeting.id, section: item))
    }

    /// Positions have gaps, so that a paragraph in between changes no other; the page's script
    /// counts in the same way.
    static func position(after last: Int?) -> Int {
        let gap = 1024
        return min(((last ?? 0) / gap + 1) * gap, 1_000_000)
    }
}

extension MinutesPage.Entry {
    init(_ record: Record, _ texts: Texts) {
        let kind = record[Schema.minutesEntry.kind] ?? .text
        id = record.id.text
        position = String(record[Schema.minutesEntry.position] ?? 0)
        self.kind = kind.rawValue
        kindLabel = texts.choice(kind, Schema.minutesEntry.kind, .minutesEntry)
        isPlain = kind == .text
        isDecision = kind == .decision
        isQuestion = kind == .question
        isAnswer = kind == .answer
        text = record[Schema.minutesEntry.text] ?? ""
        speaker = record[Schema.minutesEntry.speaker]
    }
}
