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
            if let common = common(scalar) {
                if wantsSpace { folded.append(" ") }
                wantsSpace = false
                folded.append(common)
                continue
            }
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

    /// The small letter of Russian and Latin letters and the digits themselves, which are nearly
    /// all of any text; nil for what has to be looked up.
    private static func common(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A, 0x430...0x44F: scalar
        case 0x41...0x5A, 0x410...0x42F: Unicode.Scalar(scalar.value + 0x20)
        default: nil
        }
    }

    /// The folded words.
    public static func words(_ text: String) -> [String] {
        fold(text).split(separator: " ").map(String.init)
    }
}
