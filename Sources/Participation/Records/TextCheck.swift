import Foundation

/// What a text from outside must be before it may enter a record.
enum TextCheck {
    /// The text in Unicode NFC without white space at its ends.
    /// - Throws: ``InputProblem`` for control characters, direction tricks and excess length.
    static func clean(_ text: String, limit: Int, isLine: Bool) throws(InputProblem) -> String {
        guard text.utf8.count <= limit * 4 else {
            throw InputProblem(.tooLong, field: nil, ["limit": String(limit)])
        }
        var needsComposing = false
        for scalar in text.unicodeScalars where scalar.value < 0x20 || scalar.value > 0x7E {
            try refuse(scalar, isLine: isLine)
            if (0x300...0x36F).contains(scalar.value) { needsComposing = true }
        }
        let composed = needsComposing ? text.precomposedStringWithCanonicalMapping : text
        let unified = composed.utf8.contains(0x0D) ? lineFeeds(composed) : composed
        let trimmed = trim(unified)
        guard trimmed.unicodeScalars.count <= limit else {
            throw InputProblem(.tooLong, field: nil, ["limit": String(limit)])
        }
        return trimmed
    }

    private static func refuse(_ scalar: Unicode.Scalar, isLine: Bool) throws(InputProblem) {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D:
            if isLine { throw InputProblem(.controlCharacter, ["code": hexadecimal(scalar)]) }
        case 0x00..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFFFE, 0xFFFF, 0xFFF9...0xFFFB:
            throw InputProblem(.controlCharacter, ["code": hexadecimal(scalar)])
        case 0x200B, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF,
            0xE0000...0xE007F:
            throw InputProblem(.directionCharacter, ["code": hexadecimal(scalar)])
        default: break
        }
    }

    private static func lineFeeds(_ text: String) -> String {
        text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(of: "\r", with: "\n")
    }

    private static func trim(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        else { return text }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        "U+" + String(scalar.value, radix: 16, uppercase: true)
    }
}
