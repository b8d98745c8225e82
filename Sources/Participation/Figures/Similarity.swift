/// How alike two short texts are, so that similar problems can be offered for merging (R8).
public enum Similarity {
    /// 0 for nothing in common to 1 for the same words: the Dice coefficient over the letter
    /// triples of the folded words. Endings of Kyrgyz words change triples at the end only, so
    /// «жолдор начар» and «жолдордун начар абалы» stay close.
    public static func of(_ left: String, _ right: String) -> Double {
        let (first, second) = (triples(left), triples(right))
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        let common = first.intersection(second).count
        return 2 * Double(common) / Double(first.count + second.count)
    }

    /// Pairs at least `threshold` alike, the most alike first, at most `limit` of them.
    public static func pairs<Item>(
        of items: [Item], threshold: Double = 0.45, limit: Int = 10, title: (Item) -> String
    ) -> [(first: Item, second: Item, likeness: Double)] {
        let sets = items.map { triples(title($0)) }
        var found: [(first: Int, second: Int, likeness: Double)] = []
        for first in items.indices where !sets[first].isEmpty {
            for second in items.indices where second > first && !sets[second].isEmpty {
                let common = sets[first].intersection(sets[second]).count
                let likeness = 2 * Double(common) / Double(sets[first].count + sets[second].count)
                if likeness >= threshold { found.append((first, second, likeness)) }
            }
        }
        found.sort { ($1.likeness, $0.first, $0.second) < ($0.likeness, $1.first, $1.second) }
        return found.prefix(limit).map { (items[$0.first], items[$0.second], $0.likeness) }
    }

    /// Words that say nothing of the matter itself.
    private static let empty: Set<String> = [
        "жок", "жоктугу", "учун", "жана", "менен", "боюнча", "начар", "абалы", "нет", "для", "и",
        "шарттар", "жетишсиз", "жетишсиздиги", "начардыгы",
    ]

    private static func triples(_ text: String) -> Set<String> {
        let all = SearchText.words(text)
        let telling = all.filter { !empty.contains($0) }
        var found: Set<String> = []
        for word in telling.isEmpty ? all : telling {
            let letters = Array(" " + word + " ")
            for start in 0...(letters.count - 3) where letters.count >= 3 {
                found.insert(String(letters[start..<start + 3]))
            }
        }
        return found
    }
}
