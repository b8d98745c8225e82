/// Text as the search compares it: small letters, and the letters that a Russian keyboard lacks
/// made equal to those people type instead (ң н, ө о, ү у, ё е).
public enum SearchText {
    private static let typedInstead: [Unicode.Scalar: Unicode.Scalar] = [
        "ң": "н", "ө": "о", "ү": "у", "ё": "е",
    ]

    /// The folded text; white space and signs become single spaces.
    public static func fold(_ text: String) -> String {
        var folded = String.UnicodeScalarView()
        var wantsSpace = false
        for scalar in text.unicodeScalars {
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                wantsSpace = !folded.isEmpty
                continue
            }
            if wantsSpace { folded.append(" ") }
            wantsSpace = false
            for lower in scalar.properties.lowercaseMapping.unicodeScalars {
                folded.append(typedInstead[lower] ?? lower)
            }
        }
        return String(folded)
    }

    /// The folded words.
    public static func words(_ text: String) -> [String] {
        fold(text).split(separator: " ").map(String.init)
    }
}
