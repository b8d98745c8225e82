/// How much room text takes: an estimate for Noto Sans, whose letters are wide, so that a line
/// broken here fits with any of the fonts that may be there.
public enum Lettering {
    /// The width of a line at a size, in the units of the size.
    public static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
        let ems = text.unicodeScalars.reduce(0.0) { $0 + width(of: $1) }
        return ems * size * (bold ? 1.07 : 1)
    }

    /// The text broken between words into lines that fit, a longer word between letters; what does
    /// not fit on the last line ends in an ellipsis.
    public static func lines(
        _ text: String, size: Double, width: Double, most: Int, bold: Bool = false
    ) -> [String] {
        guard most > 0, width > 0 else { return [] }
        var lines: [String] = []
        var line = ""
        func fits(_ text: String) -> Bool { Self.width(text, size: size, bold: bold) <= width }
        for word in text.split(whereSeparator: \.isWhitespace) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if fits(longer) {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for letter in word {
                if !line.isEmpty, !fits(line + String(letter)) {
                    lines.append(line)
                    line = ""
                }
                line.append(letter)
            }
            // The rest would be thrown away.
            if lines.count > most { break }
        }
        if !line.isEmpty { lines.append(line) }
        guard lines.count > most else { return lines }
        var last = lines[most - 1] + "…"
        while last.count > 1, !fits(last) { last = last.dropLast(2) + "…" }
        return lines.prefix(most - 1) + [last]
    }

    private static func width(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case " ", ".", ",", ":", ";", "'", "!", "|", "і", "l", "i": 0.3
        case "ж", "ш", "щ", "ю", "м", "ы", "ф", "m", "w", "—", "…", "%": 0.86
        case "Ж", "Ш", "Щ", "Ю", "М", "Ы", "Ф", "W", "M": 1.05
        case _ where scalar.properties.isUppercase: 0.72
        case _ where scalar.value > 0x2000: 1
        default: 0.6
        }
    }
}
