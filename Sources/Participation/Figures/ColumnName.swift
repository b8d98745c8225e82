/// Names that a column's own stickers suggest: people name it together, the program only brings
/// their words back to them.
public enum ColumnName {
    /// Stickers that are looked at; a column of more says nothing else.
    private static let looked = 60

    /// Short words that say nothing of the matter, folded as the search folds them.
    private static let empty: Set<String> = ["жок", "бар", "нет", "для", "при", "the", "and"]

    /// At most `most` names: what several people wrote word for word, the sticker that is most
    /// like all the others, and the words that come up most. Those that name a missing means come
    /// last (R7). A single sticker suggests its own words.
    public static func suggestions(from stickers: [String], most: Int = 3) -> [String] {
        let texts = Array(stickers.prefix(looked))
        guard texts.count > 1 else { return Array(texts.prefix(most)) }
        var found = same(texts)
        if let middle = middle(texts) { found.append(middle) }
        if let words = words(texts) { found.append(words) }
        let sorted =
            found.filter { !MissingMeans.isNamed(in: $0) }
            + found.filter(MissingMeans.isNamed)
        var seen: Set<String> = []
        return Array(sorted.filter { seen.insert(SearchText.fold($0)).inserted }.prefix(most))
    }

    /// What was written at least twice, the most frequent first.
    private static func same(_ texts: [String]) -> [String] {
        let groups = Dictionary(grouping: texts.enumerated()) { SearchText.fold($0.element) }
        return groups.values.filter { $0.count > 1 }
            .sorted { ($1.count, $0[0].offset) < ($0.count, $1[0].offset) }
            .map { $0[0].element }
    }

    /// The text most like all the others; nil where none is like any.
    private static func middle(_ texts: [String]) -> String? {
        let words = texts.map(Similarity.Words.init)
        let sums = words.map { one in words.reduce(0.0) { $0 + one.likeness(to: $1) } - 1 }
        guard let best = sums.max(), best > 0.3, let place = sums.firstIndex(of: best) else {
            return nil
        }
        return texts[place]
    }

    /// Two or three words that come up in several stickers, in the order in which they stand
    /// there. Endings of Kyrgyz words vary, so words that begin alike are one.
    private static func words(_ texts: [String]) -> String? {
        var counts: [String: (stickers: Int, form: String, places: Int)] = [:]
        for text in texts {
            var here: Set<String> = []
            let written = text.split { !$0.isLetter }.map(String.init)
            for (place, word) in written.enumerated() where word.count > 2 {
                let stem = String(SearchText.fold(word).prefix(5))
                guard !empty.contains(stem), here.insert(stem).inserted else { continue }
                let known = counts[stem]
                counts[stem] = (
                    (known?.stickers ?? 0) + 1, known?.form ?? word, (known?.places ?? 0) + place
                )
            }
        }
        /// Where a word usually stands.
        func place(_ word: (stickers: Int, form: String, places: Int)) -> Double {
            Double(word.places) / Double(word.stickers)
        }
        let common = counts.values.filter { $0.stickers > 1 }
            .sorted { ($1.stickers, place($0), $0.form) < ($0.stickers, place($1), $1.form) }
            .prefix(3).sorted { (place($0), $0.form) < (place($1), $1.form) }
        guard common.count > 1, let first = common.first?.form.first else { return nil }
        let line = common.map(\.form).joined(separator: " ")
        return String(first).uppercased() + line.dropFirst()
    }
}
