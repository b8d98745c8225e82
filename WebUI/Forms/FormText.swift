import Participation

/// Texts of forms as people type them, and the JSON that the declarations expect.
enum FormText {
    /// 19.11.2026.
    static func date(_ day: CalendarDate) -> String {
        "\(Texts.two(day.day)).\(Texts.two(day.month)).\(day.year)"
    }

    /// The JSON of a typed text; what cannot be read stays a text, so that the declaration names
    /// the problem.
    static func json(_ typed: String, _ type: FieldType) -> JSON {
        let text = trimmed(typed)
        if text.isEmpty { return .null }
        switch type {
        case .integer, .money: return Int(digits(text)).map(JSON.integer) ?? .string(text)
        case .number: return number(text).map(JSON.number) ?? .string(text)
        case .date: return .string(isoDate(text) ?? text)
        case .time: return .string(clock(text) ?? text)
        case .flag:
            switch text {
            case "true": return .bool(true)
            case "false": return .bool(false)
            default: return .string(text)
            }
        case .line, .choice, .reference, .digest: return .string(text)
        case .longText, .geometry, .secret: return .string(typed)
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// `1 200 000` without the spaces of whatever kind, a long minus as a short one.
    private static func digits(_ text: String) -> String {
        var digits = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            digits.append(scalar == "\u{2212}" ? "-" : scalar)
        }
        return String(digits)
    }

    /// A plain decimal number with a comma or a point; no powers, no "infinity".
    private static func number(_ text: String) -> Double? {
        let plain = String(digits(text).map { $0 == "," ? "." : $0 })
        let isPlain = plain.utf8.enumerated().allSatisfy { index, byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
            case UInt8(ascii: "-"): index == 0
            default: false
            }
        }
        return isPlain ? Double(plain) : nil
    }

    /// `2026-11-19` of `19.11.2026` or `19/11/2026`.
    private static func isoDate(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" }
        guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]),
            parts[2].count == 4, let year = Int(parts[2])
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)?.description
    }

    /// `09:05` of `9:05`, `9.05` or `09-05`.
    private static func clock(_ text: String) -> String? {
        let parts = text.split(omittingEmptySubsequences: false) { ":.-".contains($0) }
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0..<24).contains(hour), (0..<60).contains(minute), parts[1].count == 2
        else { return nil }
        return "\(Texts.two(hour)):\(Texts.two(minute))"
    }
}
