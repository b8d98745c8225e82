/// A moment in UTC to the second, as records hold it: `2026-11-21T09:30:00Z`.
public struct Moment: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Seconds since 1970; within the years of ``Limits/years``, so that sums of a few of them
    /// cannot overflow.
    public let seconds: Int

    /// Kyrgyzstan's only offset in seconds: UTC+6 without summer time.
    public static let offset = 6 * 60 * 60

    private static let first = -2_208_988_800
    private static let last = 4_133_980_799

    /// The moment so many seconds after 1970; beyond the years a date may name, the last of them.
    public init(seconds: Int) { self.seconds = min(Self.last, max(Self.first, seconds)) }

    /// What the program's clock counts.
    public init(milliseconds: UInt64) {
        self.init(seconds: Int(min(milliseconds / 1000, UInt64(Self.last))))
    }

    /// Reads what ``description`` writes; a time of day alone is no moment.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, TimeText.canonical(text) == text,
            let day = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self))
        else { return nil }
        let clock = [11, 14, 17].map { Int(bytes[$0] - 0x30) * 10 + Int(bytes[$0 + 1] - 0x30) }
        self.init(
            seconds: day.daysSince1970 * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2])
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`.
    public var description: String {
        let day = Self.floor(seconds, 86_400)
        let rest = seconds - day * 86_400
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(CalendarDate(daysSince1970: day))T\(clock.joined(separator: ":"))Z"
    }

    /// Milliseconds since 1970, as the program's clock counts; nil before that.
    public var milliseconds: UInt64? { UInt64(exactly: seconds).map { $0 * 1000 } }

    /// Minutes since midnight in Kyrgyzstan.
    public var minuteOfDay: Int {
        let here = seconds + Self.offset
        return (here - Self.floor(here, 86_400) * 86_400) / 60
    }

    /// The moment nearest to this one at which clocks in Kyrgyzstan show so many minutes since
    /// midnight: at five past midnight, 23:50 was fifteen minutes ago.
    public func nearest(minuteOfDay minutes: Int) -> Moment {
        let away = (minutes % 1440 - minuteOfDay + 1440 + 720) % 1440 - 720
        return Moment(seconds: Self.floor(seconds, 60) * 60 + away * 60)
    }

    /// The moment so many seconds later.
    public func adding(_ length: Int) -> Moment {
        Moment(seconds: seconds + min(max(length, -Self.last), Self.last))
    }

    /// The order of time.
    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

    private static func floor(_ number: Int, _ unit: Int) -> Int {
        number >= 0 ? number / unit : -((-number + unit - 1) / unit)
    }
}
