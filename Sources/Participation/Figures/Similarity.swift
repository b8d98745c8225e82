/// How alike two short texts are, so that similar problems can be offered for merging (R8).
public enum Similarity {
    /// 0 for nothing in common to 1 for the same words: the Dice coefficient over the letter
    /// triples of the folded words. Endings of Kyrgyz words change triples at the end only, so
    /// «жолдор начар» and «жолдордун начар абалы» stay close.
    public static func of(_ left: String, _ right: String) -> Double {
        Words(left).likeness(to: Words(right))
    }

    /// A text made ready to be compared with many others.
    public struct Words: Sendable {
        private let triples: Set<UInt64>

        /// Takes the text apart.
        public init(_ text: String) { triples = Similarity.triples(text) }

        /// The likeness of two texts, as ``Similarity/of(_:_:)`` gives it.
        public func likeness(to other: Words) -> Double {
            guard !triples.isEmpty, !other.triples.isEmpty else { return 0 }
            let common = triples.intersection(other.triples).count
            return 2 * Double(common) / Double(triples.count + other.triples.count)
        }
    }

    /// Items that are alike, gathered into groups of two and more, the most alike group first, at
    /// most `limit` of them. An item joins the group to which it is `threshold` alike by any of
    /// its members; a group's likeness is that of its least alike link.
    public static func groups<Item>(
        of items: [Item], threshold: Double = 0.45, limit: Int = 10, title: (Item) -> String
    ) -> [(items: [Item], likeness: Double)] {
        var groupOf = Array(items.indices)
        var likenesses: [Int: Double] = [:]
        for link in links(items.map { triples(title($0)) }, threshold) {
            let (first, second) = (groupOf[link.first], groupOf[link.second])
            guard first != second else { continue }
            let kept = min(first, second)
            for index in groupOf.indices where [first, second].contains(groupOf[index]) {
                groupOf[index] = kept
            }
            likenesses[kept] = link.likeness
        }
        let groups = likenesses.compactMap { kept, likeness in
            let members = items.indices.filter { groupOf[$0] == kept }
            return members.count > 1 ? (members: members, likeness: likeness) : nil
        }.sorted { ($1.likeness, $0.members[0]) < ($0.likeness, $1.members[0]) }
        return groups.prefix(limit).map { ($0.members.map { items[$0] }, $0.likeness) }
    }

    /// Items of the very same telling words, the likeness of 1, in groups of two and more; the
    /// groups and their items stand in the order of the items.
    public static func same<Item>(
        _ items: [Item], title: (Item) -> String
    ) -> [[Item]] {
        let sets = items.map { triples(title($0)) }
        let groups = Dictionary(grouping: items.indices.filter { !sets[$0].isEmpty }) { sets[$0] }
        return groups.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
            .map { group in group.map { items[$0] } }
    }

    /// All pairs at least `threshold` alike, the most alike first.
    private static func links(
        _ sets: [Set<UInt64>], _ threshold: Double
    ) -> [(first: Int, second: Int, likeness: Double)] {
        var found: [(first: Int, second: Int, likeness: Double)] = []
        for first in sets.indices where !sets[first].isEmpty {
            for second in sets.indices where second > first && !sets[second].isEmpty {
                let common = sets[first].intersection(sets[second]).count
                let likeness = 2 * Double(common) / Double(sets[first].count + sets[second].count)
                if likeness >= threshold { found.append((first, second, likeness)) }
            }
        }
        return found.sorted {
            ($1.likeness, $0.first, $0.second) < ($0.likeness, $1.first, $1.second)
        }
    }

    /// Words that say nothing of the matter itself.
    private static let empty: Set<String> = [
        "жок", "жоктугу", "учун", "жана", "менен", "боюнча", "начар", "абалы", "нет", "для", "и",
        "шарттар", "жетишсиз", "жетишсиздиги", "начардыгы",
    ]

    /// Three letters beside each other as one number, 21 bits each as Unicode has: comparing texts
    /// must not cost more than showing them.
    private static func triples(_ text: String) -> Set<UInt64> {
        let all = SearchText.words(text)
        let telling = all.filter { !empty.contains($0) }
        var found: Set<UInt64> = []
        for word in telling.isEmpty ? all : telling {
            let space = UInt64(UnicodeScalar(" ").value)
            var triple = space
            for (place, scalar) in word.unicodeScalars.enumerated() {
                triple = (triple << 21 | UInt64(scalar.value)) & (1 << 63 - 1)
                if place > 0 { found.insert(triple) }
            }
            found.insert((triple << 21 | space) & (1 << 63 - 1))
        }
        return found
    }
}
