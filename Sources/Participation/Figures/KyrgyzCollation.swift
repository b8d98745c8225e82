/// Alphabetical order of Kyrgyz: ң after н, ө after о, ү after у; letter case decides last.
public enum KyrgyzCollation {
    private static let alphabet = Array(
        "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя".unicodeScalars)

    private static let weights = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($0.element, UInt32($0.offset)) })

    /// Whether the first text stands before the second.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        compare(left, right) < 0
    }

    /// Negative, zero or positive as the first text stands before, with or after the second.
    /// Texts that differ only in case are ordered by code point, so that the order is total.
    public static func compare(_ left: String, _ right: String) -> Int {
        let (first, second) = (key(left), key(right))
        if first != second { return first.lexicographicallyPrecedes(second) ? -1 : 1 }
        let (a, b) = (left.unicodeScalars, right.unicodeScalars)
        if a.elementsEqual(b) { return 0 }
        return a.lexicographicallyPrecedes(b) ? -1 : 1
    }

    /// Items in the order of their texts; those of equal texts stay as they were. Each text is
    /// looked at once, however often it is compared.
    public static func sorted<Item>(_ items: [Item], by text: (Item) -> String) -> [Item] {
        items.enumerated().map { index, item in
            let text = text(item)
            return (key: key(text), text: text, index: index, item: item)
        }.sorted { left, right in
            if left.key != right.key { return left.key.lexicographicallyPrecedes(right.key) }
            let (a, b) = (left.text.unicodeScalars, right.text.unicodeScalars)
            if a.elementsEqual(b) { return left.index < right.index }
            return a.lexicographicallyPrecedes(b)
        }.map(\.item)
    }

    /// Spaces and signs, then digits, then Latin, then the Kyrgyz alphabet, then the rest.
    private static func key(_ text: String) -> [UInt32] {
        text.unicodeScalars.map { scalar in
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
            if let weight = weights[lower] { return 0x40_0000 + weight }
            switch lower {
            case "0"..."9": return 0x20_0000 + lower.value
            case "a"..."z": return 0x30_0000 + lower.value
            case "\u{0}"..<"\u{C0}": return lower.value
            default: return 0x50_0000 + lower.value
            }
        }
    }
}
