extension AnyField {
    /// Reads a value from outside; nil clears the field.
    /// - Throws: ``InputProblem`` that names the field and the reason.
    public func parse(_ input: JSON) throws(InputProblem) -> Value? {
        do {
            return try checked(input)
        } catch {
            throw InputProblem(error.code, field: name, error.details)
        }
    }

    private func checked(_ input: JSON) throws(InputProblem) -> Value? {
        if input == .null {
            if isRequired { throw InputProblem(.missing) }
            return nil
        }
        switch type {
        case .line: return try text(input, limit: Limits.lineLength, isLine: true)
        case .longText: return try text(input, limit: Limits.textLength, isLine: false)
        case .integer(let bounds): return .integer(try whole(input, in: bounds))
        case .money: return .integer(try whole(input, in: Limits.money))
        case .number(let bounds): return .number(try number(input, in: bounds))
        case .date: return try date(input)
        case .time: return try time(input)
        case .flag:
            guard case .bool(let flag) = input else { throw InputProblem(.notFlag) }
            return .flag(flag)
        case .choice(let words):
            guard let word = input.text, words.contains(word) else {
                throw InputProblem(.notChoice, ["choices": words.joined(separator: ", ")])
            }
            return .text(word)
        case .reference:
            guard let id = input.text.flatMap({ RecordID($0) }) else {
                throw InputProblem(.notReference)
            }
            return id.value
        case .geometry: return .text(try Geometry.canonical(input))
        case .digest:
            guard let text = input.text, text.utf8.count == 64,
                text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
            else { throw InputProblem(.notDigest) }
            return .text(text)
        case .secret: throw InputProblem(.secretField)
        }
    }

    private func text(_ input: JSON, limit: Int, isLine: Bool) throws(InputProblem) -> Value? {
        guard let raw = input.text else { throw InputProblem(.notText) }
        let text = try TextCheck.clean(raw, limit: limit, isLine: isLine)
        if text.isEmpty {
            if isRequired { throw InputProblem(.empty) }
            return nil
        }
        return .text(text)
    }

    private func whole(_ input: JSON, in bounds: ClosedRange<Int>) throws(InputProblem) -> Int {
        let number: Int
        switch input {
        case .integer(let whole): number = whole
        case .number(let real):
            guard let whole = Int(exactly: real) else { throw InputProblem(.notWhole) }
            number = whole
        default: throw InputProblem(.notWhole)
        }
        guard bounds.contains(number) else {
            throw Self.outOfRange(String(bounds.lowerBound), String(bounds.upperBound))
        }
        return number
    }

    private func number(
        _ input: JSON, in bounds: ClosedRange<Double>
    ) throws(InputProblem) -> Double {
        let number: Double
        switch input {
        case .integer(let whole): number = Double(whole)
        case .number(let real): number = real
        default: throw InputProblem(.notNumber)
        }
        guard bounds.contains(number) else {
            throw Self.outOfRange(
                JSON.shortest(bounds.lowerBound), JSON.shortest(bounds.upperBound))
        }
        return number
    }

    private func date(_ input: JSON) throws(InputProblem) -> Value {
        guard let date = input.text.flatMap({ CalendarDate($0) }) else {
            throw InputProblem(.notDate)
        }
        guard Limits.years.contains(date.year) else {
            throw Self.outOfRange(
                "\(Limits.years.lowerBound)-01-01", "\(Limits.years.upperBound)-12-31")
        }
        return date.value
    }

    private func time(_ input: JSON) throws(InputProblem) -> Value {
        guard let text = input.text, let time = TimeText.canonical(text) else {
            throw InputProblem(.notTime)
        }
        return .text(time)
    }

    private static func outOfRange(_ low: String, _ high: String) -> InputProblem {
        InputProblem(.outOfRange, ["low": low, "high": high])
    }
}

/// Times of day and moments in UTC.
enum TimeText {
    /// `HH:MM` for `HH:MM` or `HH:MM:SS`; a UTC moment (RFC 3339) stays as it is; nil otherwise.
    static func canonical(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        if bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            let day = CalendarDate(String(decoding: bytes[..<10], as: UTF8.self)),
            Limits.years.contains(day.year), clock(bytes[11..<19]) != nil
        {
            return text
        }
        return clock(bytes[...])
    }

    private static func clock(_ bytes: ArraySlice<UInt8>) -> String? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count),
            parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        guard numbers[0] < 24, numbers[1] < 60, numbers.count < 3 || numbers[2] < 60 else {
            return nil
        }
        return String(decoding: bytes.prefix(5), as: UTF8.self)
    }
}
