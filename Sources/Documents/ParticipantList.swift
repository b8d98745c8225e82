public import Participation

/// D6, the participant list: event, date and place; number, name, age, position or occupation,
/// contact, and room for the signature.
public struct ParticipantList: Sendable {
    /// A person on the list.
    public struct Line: Sendable {
        /// The person's full name.
        public let name: String
        /// The age at the meeting; nil where it is not known.
        public let age: Int?
        /// Position or occupation; may be empty.
        public let occupation: String
        /// How to reach the person; may be empty.
        public let contact: String

        /// A person at a meeting of a year.
        public init(_ person: Record, year: Int?) {
            name = person.title
            age = year.flatMap { person.age(in: $0) }
            occupation = person[Schema.person.occupation] ?? ""
            contact = person[Schema.person.contact] ?? ""
        }
    }

    private let letterhead: Letterhead
    private let event: String
    private let date: String
    private let place: String
    private let lines: [Line]

    /// Puts a list together; event, date and place as they are to be printed.
    public init(
        letterhead: Letterhead, event: String, date: String, place: String, lines: [Line]
    ) {
        self.letterhead = letterhead
        self.event = event
        self.date = date
        self.place = place
        self.lines = lines
    }

    /// Empty lines for people who come late.
    private static let spare = 5

    /// The paper as the body of an A4 page. Official papers are Kyrgyz, with a Russian header.
    public var html: String {
        let rows = lines.enumerated().map { row($0.offset + 1, $0.element) }
        let empty = (1...Self.spare).map { row(lines.count + $0, nil) }
        return """
            \(letterhead.html)
            <h1>КАТЫШУУЧУЛАРДЫН ТИЗМЕСИ</h1>
            <dl class="paper-facts">
            <div><dt>Жолугушуу</dt><dd>\(HTML.escaped(event))</dd></div>
            <div><dt>Күнү</dt><dd>\(HTML.escaped(date))</dd></div>
            <div><dt>Өтүүчү жери</dt><dd>\(HTML.escaped(place))</dd></div>
            </dl>
            <table class="paper-table">
            <thead><tr><th>№</th><th>Аты-жөнү</th><th>Жашы</th><th>Кызматы же иши</th>\
            <th>Байланышы</th><th>Колу</th></tr></thead>
            <tbody>
            \((rows + empty).joined(separator: "\n"))
            </tbody></table>
            """
    }

    private func row(_ number: Int, _ line: Line?) -> String {
        let cells = [
            String(number), line?.name ?? "", line?.age.map(String.init) ?? "",
            line?.occupation ?? "", line?.contact ?? "", "",
        ]
        return "<tr>" + cells.map { "<td>\(HTML.escaped($0))</td>" }.joined() + "</tr>"
    }
}
