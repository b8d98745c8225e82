/// A time of day in Kyrgyzstan.
struct TimeOfDay: Sendable, Equatable, CustomStringConvertible {
    /// Minutes since midnight, below 1440.
    let minutes: Int

    private init(minutes: Int) { self.minutes = minutes % 1440 }

    /// Reads what a record holds: `HH:MM`, or a moment in UTC as RFC 3339 writes it.
    init?(_ text: String) {
        let isMoment = text.contains { $0 == "T" }
        let clock = isMoment ? text.drop { $0 != "T" }.dropFirst() : text[...]
        let parts = clock.split(separator: ":").prefix(2).compactMap { Int($0) }
        guard parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]) else {
            return nil
        }
        let offset = isMoment ? Int(Texts.offset / 60_000) : 0
        self.init(minutes: parts[0] * 60 + parts[1] + offset)
    }

    /// `HH:MM`.
    var description: String { "\(Texts.two(minutes / 60)):\(Texts.two(minutes % 60))" }

    /// The time so many minutes later, past midnight too.
    func adding(_ length: Int) -> TimeOfDay { TimeOfDay(minutes: minutes + max(0, length)) }

    /// `10:00–10:15`, or the beginning alone; nil where that is not known.
    static func span(_ start: TimeOfDay?, _ end: TimeOfDay?) -> String? {
        guard let start else { return nil }
        return end.map { "\(start)–\($0)" } ?? start.description
    }
}
