import Foundation
import Hummingbird
import Participation
import Store

/// Asks "is today …?" where the laptop's clock cannot be believed, and takes the answer.
enum ClockPage {
    struct Model: PageModel {
        static let template = "clock"
        let isTrusted: Bool
        let now: String
        let wall: String
        let question: String
        let confirmAction: String?
        let wallValue: String
        let fields: [FieldModel]
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, PlainForm(texts: visit.texts))
    }

    /// Takes what the laptop's clock says as right, or the day and time that were typed.
    static func tell(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let agreement = try visit.agreement()
        let typed = try await visit.form()
        if typed["act"] == "confirm" {
            // What the person confirmed was on the screen, perhaps a minute ago.
            let asked = asked(await agreement.clock())
            guard let shown = typed["wall"].flatMap({ UInt64($0) }),
                shown <= asked, asked - shown < Self.oldestQuestion
            else { return visit.redirect(Paths.clock) }
            try await agreement.tellTime(asked)
            return visit.redirect(Paths.clock, flash: "clock.flash.set")
        }
        var form = PlainForm(texts: visit.texts, typed: typed)
        let day = Self.day(typed["day"] ?? "")
        let minutes = Self.minutes(typed["time"] ?? "")
        if day == nil { form.problems["day"] = visit.texts["records.problem.notDate"] }
        if minutes == nil { form.problems["time"] = visit.texts["clock.problem.time"] }
        guard let day, let minutes else { return try await page(visit, form) }
        guard let told = Self.milliseconds(day, minutes: minutes) else {
            form.problems["day"] = visit.texts["clock.problem.year"]
            return try await page(visit, form)
        }
        try await agreement.tellTime(told)
        return visit.redirect(Paths.clock, flash: "clock.flash.set")
    }

    /// A question that stood on the screen for longer is asked again.
    private static let oldestQuestion: UInt64 = 60 * 60 * 1000
    private static let years = 2024...2100

    /// What the person is asked for: what the laptop's clock says, or how the program counts
    /// where that cannot be.
    private static func asked(_ clock: ClockState) -> UInt64 {
        guard let first = start(years.lowerBound), let last = start(years.upperBound),
            (first..<last).contains(clock.wall)
        else { return clock.now }
        return clock.wall
    }

    /// When a year begins in Kyrgyzstan.
    private static func start(_ year: Int) -> UInt64? {
        CalendarDate(year: year, month: 1, day: 1).flatMap { milliseconds($0, minutes: 0) }
    }

    private static func day(_ text: String) -> CalendarDate? {
        FormText.json(text, .date).text.flatMap { CalendarDate($0) }
    }

    /// Minutes of the day.
    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0..<24).contains(hour), (0..<60).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// A moment in Kyrgyzstan; nil for a year that this cannot be.
    private static func milliseconds(_ day: CalendarDate, minutes: Int) -> UInt64? {
        guard years.contains(day.year) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = DateComponents(year: day.year, month: day.month, day: day.day, minute: minutes)
        guard let date = calendar.date(from: parts), date.timeIntervalSince1970 > 0 else {
            return nil
        }
        let here = UInt64(date.timeIntervalSince1970) * 1000
        return here >= Texts.offset ? here - Texts.offset : nil
    }

    private static func page(_ visit: Visit, _ form: PlainForm) async throws -> Response {
        let clock = try await visit.agreement().clock()
        let texts = visit.texts
        let asked = asked(clock)
        let fields = [
            form.date("day", texts["clock.day"], hint: texts["clock.dayHint"]),
            form.line(
                "time", texts["clock.time"], hint: texts["clock.timeHint"], maxLength: 5,
                isShort: true),
        ]
        let mayTell = visit.access.mayExchange
        let errors = fields.errorLinks(texts)
        return try await visit.page(
            Model(
                isTrusted: clock.isTrusted, now: texts.moment(milliseconds: clock.now),
                wall: texts.moment(milliseconds: clock.wall),
                question: texts("clock.question", ["now": texts.moment(milliseconds: asked)]),
                confirmAction: mayTell ? Paths.clock : nil, wallValue: String(asked),
                fields: mayTell ? fields : []),
            at: Paths.clock, errors: errors, status: errors.isEmpty ? .ok : .unprocessableContent)
    }
}
