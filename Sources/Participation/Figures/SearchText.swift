/// Text as the search compares it: small letters, and the letters that a Russian keyboard lacks
/// made equal to those people type instead (ң н, ө о, ү у, ё е).
public enum SearchText {
    /// The folded text; white space and signs become single spaces.
    public static func fold(_ text: String) -> String { fold(text, mark: "") }

    /// The folded text, each word behind a mark.
    public static func fold(_ text: String, mark: String) -> String {
        var folded = String.UnicodeScalarView()
        var isInWord = false
        for scalar in text.unicodeScalars {
            let known = common(scalar)
            guard known != nil || isPartOfWord(scalar) else {
                isInWord = false
                continue
            }
            if !isInWord {
                if !folded.isEmpty { folded.append(" ") }
                folded.append(contentsOf: mark.unicodeScalars)
                isInWord = true
            }
            if let known {
                folded.append(known)
            } else {
                folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return String(folded)
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        // White space and signs of ASCII are no letters: no need to look them up.
        guard scalar.value > 0x7F else { return false }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// What nearly all of any text folds to: small letters, digits, and the letters that people
    /// type instead of ң ө ү ё; nil for what has to be looked up.
    private static func common(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A, 0x430...0x44F: scalar
        case 0x41...0x5A, 0x410...0x42F: Unicode.Scalar(scalar.value + 0x20)
        case 0x401, 0x451: "е"
        case 0x4A2, 0x4A3: "н"
        case 0x4E8, 0x4E9: "о"
        case 0x4AE, 0x4AF: "у"
        default: nil
        }
    }

    /// The folded words.
    public static func words(_ text: String) -> [String] {
        fold(text).unicodeScalars.split(separator: " ").map(String.init)
    }
}
