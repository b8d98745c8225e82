import Participation

extension Texts {
    /// Kyrgyzstan's only offset: UTC+6 without summer time.
    static let offset: UInt64 = 6 * 60 * 60 * 1000

    /// The end of the year 9998: other laptops' clocks may say anything.
    private static let latest: UInt64 = 253_370_764_800_000

    /// A stored date as people write it; the text itself where it is none.
    func date(_ text: String) -> String {
        CalendarDate(text).map { date($0) } ?? text
    }

    /// A day as people write it.
    func date(_ day: CalendarDate) -> String {
        self(
            "dates.day",
            [
                "day": String(day.day), "month": self["dates.month.\(day.month)"],
                "year": String(day.year),
            ])
    }

    /// The day of a moment in Kyrgyzstan.
    func date(milliseconds: UInt64) -> String {
        date(Self.day(milliseconds))
    }

    /// Day and time of a moment in Kyrgyzstan.
    func moment(milliseconds: UInt64) -> String {
        let minutes = (min(milliseconds, Self.latest) + Self.offset) / 60_000 % 1440
        let time = "\(Self.two(Int(minutes / 60))):\(Self.two(Int(minutes % 60)))"
        return self("dates.moment", ["date": date(milliseconds: milliseconds), "time": time])
    }

    /// The day of a moment in Kyrgyzstan.
    static func day(_ milliseconds: UInt64) -> CalendarDate {
        CalendarDate(daysSince1970: Int((min(milliseconds, latest) + offset) / 86_400_000))
    }

    /// Whole som with thin spaces between thousands.
    func money(_ som: Int) -> String { self("dates.som", ["sum": grouped(som)]) }

    /// A whole number with spaces between thousands.
    func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append("\u{00A0}") }
            text.append(digit)
        }
        return number < 0 ? "\u{2212}" + text : text
    }

    /// A number with a decimal comma, as Kyrgyz and Russian write it.
    func decimal(_ number: Double) -> String {
        let text = JSON.number(number).encoded
        return language == .en ? text : text.split(separator: ".").joined(separator: ",")
    }

    /// Bytes as people read them, in thousands.
    func size(_ bytes: Int) -> String {
        let (unit, key) =
            bytes >= 1_000_000_000 ? (1e9, "gb") : bytes >= 1_000_000 ? (1e6, "mb") : (1e3, "kb")
        let tenths = (Double(bytes) / unit * 10).rounded(.up) / 10
        return self("status.units.\(key)", ["size": decimal(tenths)])
    }

    /// A share in percent; a dash where there is none.
    func percent(_ share: Int?) -> String { share.map { "\($0) %" } ?? "–" }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
