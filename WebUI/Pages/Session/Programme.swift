import Participation
import Store

/// The agenda of a meeting in its order, each item with the time at which it comes up.
struct Programme: Sendable {
    let items: [Item]

    struct Item: Sendable {
        let record: Record
        let start: TimeOfDay?
        let end: TimeOfDay?

        /// `10:00–10:15`; nil where the time is not known.
        var span: String? { TimeOfDay.span(start, end) }
    }

    /// Times run on from the meeting's beginning; an item's own time comes before them. Behind
    /// an item of unknown length no time is known.
    init(_ records: [Record], startsAt: TimeOfDay?) {
        var clock = startsAt
        items = Self.ordered(records).map { record in
            let own = record[Schema.agendaItem.startsAt].flatMap { TimeOfDay($0) }
            let start = own ?? clock
            clock = record[Schema.agendaItem.minutes].flatMap { start?.adding($0) }
            return Item(record: record, start: start, end: clock)
        }
    }

    /// Reads the agenda of a meeting.
    init(_ meeting: Meeting, _ reader: Reader) throws {
        let records = try reader.records(
            .agendaItem, where: Schema.agendaItem.event, is: meeting.id)
        self.init(records, startsAt: meeting.startsAt)
    }

    /// Minutes of all items together.
    var length: Int { items.reduce(0) { $0 + ($1.record[Schema.agendaItem.minutes] ?? 0) } }

    /// The position behind the last item.
    var nextPosition: Int {
        (items.compactMap { $0.record[Schema.agendaItem.position] }.max() ?? 0) + 1
    }

    /// How long it takes and when it ends, in a sentence; nil while no item has a length.
    func total(_ texts: Texts) -> String? {
        guard length > 0 else { return nil }
        var details = ["length": Self.length(length, texts)]
        guard let end = items.last?.end else {
            return texts("event.programme.totalLength", details)
        }
        details["time"] = end.description
        return texts("event.programme.total", details)
    }

    /// So many minutes in words, with hours where there are any.
    static func length(_ minutes: Int, _ texts: Texts) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60)
        let form = hours == 0 ? "minutes" : rest == 0 ? "hours" : "both"
        return texts(
            "event.programme.length.\(form)", ["hours": String(hours), "minutes": String(rest)])
    }

    private static func ordered(_ records: [Record]) -> [Record] {
        func place(_ record: Record) -> Int { record[Schema.agendaItem.position] ?? .max }
        return records.sorted {
            place($0) == place($1) ? $0.id < $1.id : place($0) < place($1)
        }
    }
}

/// What a session or a focus group usually goes through, to begin a programme with.
enum StandardProgramme {
    private typealias Step = (title: String, minutes: Int, method: Method?)

    /// The texts that name the steps, in `event.standard`.
    static let titles = [
        "greeting", "aims", "map", "tokoch", "gallery", "causes", "consequences", "ways",
        "choosing", "closing",
    ]

    /// New items of a meeting, in the words of the language.
    static func items(_ event: Record, _ texts: Texts) -> [RecordInput] {
        steps(event[Schema.event.kind]).enumerated().map { index, step in
            var fields: [String: Value?] = [
                Schema.agendaItem.event.name: event.id.value,
                Schema.agendaItem.position.name: Value.integer(index + 1),
                Schema.agendaItem.title.name: Value.text(texts["event.standard.\(step.title)"]),
                Schema.agendaItem.minutes.name: Value.integer(step.minutes),
            ]
            if let method = step.method {
                fields[Schema.agendaItem.method.name] = method.value
            }
            return RecordInput(.agendaItem, id: nil, fields: fields)
        }
    }

    private static func steps(_ kind: EventKind?) -> [Step] {
        switch kind {
        case .session:
            [
                ("greeting", 15, nil), ("aims", 5, nil), ("map", 60, Method.map),
                ("tokoch", 50, Method.tokoch), ("gallery", 20, Method.gallery),
            ]
        case .focusGroup:
            [
                ("greeting", 15, nil), ("causes", 30, Method.causeEffect),
                ("consequences", 30, Method.causeEffect), ("ways", 60, Method.causeEffect),
                ("choosing", 15, nil), ("closing", 20, nil),
            ]
        case .planning: [("greeting", 15, nil), ("ways", 90, nil), ("closing", 20, nil)]
        default: [("greeting", 15, nil), ("closing", 20, nil)]
        }
    }
}
