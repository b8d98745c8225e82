import Hall
import Participation
import Store

/// Makes what the hall may know of the records: every text by way of ``OpenText``.
struct RoomView: Sendable {
    let texts: [Language: Texts]

    /// A meeting and the picture of the method that goes on, by name.
    struct Shown: Sendable {
        var meeting: PublicRoom.Meeting
        var pictures: [String: String] = [:]
    }

    /// The municipality's name.
    func municipality(_ reader: Reader) throws -> OpenText? {
        let cycle = try reader.newest(.cycle, limit: 1).records.first
        let id = cycle?[Schema.cycle.municipality]
        let record = try id.flatMap { try reader.record(.municipality, $0) }
        return record.flatMap { OpenText($0, Schema.municipality.name) }
    }

    /// The meeting that is on the projector; nil where there is none of that id.
    func meeting(_ id: RecordID, _ reader: Reader) throws -> Shown? {
        guard try reader.record(.event, id) != nil else { return nil }
        let board = try GalleryBoard(id, reader)
        let event = board.meeting.event
        let personal = board.meeting.facts.personal
        var view = PublicRoom.Meeting(heading: [:])
        for (language, texts) in texts {
            view.heading[language.rawValue] = heading(event, board.meeting.village, personal, texts)
            view.date[language.rawValue] = OpenText(event, Schema.event.date) { texts.date($0) }
        }
        view.place = OpenText(event, Schema.event.place).flatMap(personal.passed)
        view.programme = try Programme(board.meeting, reader).items.compactMap {
            item($0, personal, texts)
        }
        view.columns = columns(board, personal)
        view.unsorted = board.meeting.facts.unsorted
        var shown = Shown(meeting: view)
        guard let method = view.now?.method.flatMap(Method.init(rawValue:)),
            let draw = RoomPictures.all[method]
        else { return shown }
        for (language, texts) in texts {
            guard let svg = try draw(id, personal, reader, texts) else { continue }
            // A changed picture has another name, so that no screen shows the one before.
            let name = "\(method.rawValue)-\(language.rawValue)-\(RoomPictures.mark(svg)).svg"
            shown.pictures[name] = svg
            shown.meeting.pictures[language.rawValue] = name
        }
        return shown
    }

    private func heading(
        _ event: Record, _ village: Record?, _ personal: PersonalTexts, _ texts: Texts
    ) -> OpenText {
        let title = OpenText(event, Schema.event.title).flatMap(personal.passed)
        if let title { return title }
        let kind =
            OpenText(event, Schema.event.kind, in: texts)
            ?? OpenText("entities.event.one", in: texts)
        guard let name = village.flatMap({ OpenText($0, Schema.village.name) }) else {
            return OpenText("event.heading.plain", in: texts, ["kind": kind])
        }
        guard let band = OpenText(event, Schema.event.ageBand, in: texts) else {
            return OpenText("event.heading.village", in: texts, ["kind": kind, "village": name])
        }
        return OpenText(
            "event.heading.full", in: texts, ["kind": kind, "village": name, "band": band])
    }

    private func item(
        _ item: Programme.Item, _ personal: PersonalTexts, _ texts: [Language: Texts]
    ) -> PublicRoom.Item? {
        let record = item.record
        let method = texts[.ky].flatMap {
            OpenText(record, Schema.agendaItem.method, in: $0)
        }
        let title = OpenText(record, Schema.agendaItem.title).flatMap(personal.passed) ?? method
        guard let title else { return nil }
        var view = PublicRoom.Item(title: title)
        view.startsAt = item.start?.minutes
        view.minutes = record[Schema.agendaItem.minutes].map { min(max(0, $0), 1440) }
        view.method = record[Schema.agendaItem.method]?.rawValue
        view.begunAt = record[Schema.agendaItem.begunAt].flatMap { Moment($0)?.milliseconds }
        view.endedAt = record[Schema.agendaItem.endedAt].flatMap { Moment($0)?.milliseconds }
        return view
    }

    /// The columns by place. A title with a name or a number in it stays unseen until somebody has
    /// mended it (R15).
    private func columns(
        _ board: GalleryBoard, _ personal: PersonalTexts
    ) -> [PublicRoom.Column] {
        board.ranked.map { column in
            let title = OpenText(column.record, Schema.problem.title).flatMap(personal.passed)
            return PublicRoom.Column(place: column.place, title: title, votes: column.votes)
        }
    }
}

extension PersonalTexts {
    /// A text that the hall may see; nil where R15 keeps it back.
    func passed(_ text: OpenText) -> OpenText? { isIn(text.text) ? nil : text }

    /// A name as a picture for the hall shows it.
    func shown(_ name: String) -> String { isIn(name) ? "…" : name }
}
