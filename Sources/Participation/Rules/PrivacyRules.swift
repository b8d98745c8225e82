extension SessionFacts {
    /// R15: texts that anyone may see hold no telephone number and no participant's name.
    var privacyFindings: [Finding] {
        let names = PersonalNames(people.values.compactMap { $0[Schema.person.fullName] })
        return (problems + stickerTexts).compactMap { record in
            let texts = [record.title, record[Schema.problem.description] ?? ""]
            if texts.contains(where: PersonalText.holdsPhone) {
                return Finding(.r15, .phoneInText, record.id, words: ["text": record.title])
            }
            guard texts.contains(where: names.areIn) else { return nil }
            return Finding(.r15, .nameInText, record.id, words: ["text": record.title])
        }
    }
}

/// The full names of people, to be looked for in texts word by word.
struct PersonalNames {
    private let byFirstWord: [String: [[String]]]

    /// Names of one word alone are too common to say anything.
    init(_ names: [String]) {
        let words = names.map(SearchText.words).filter { $0.count > 1 }
        byFirstWord = Dictionary(grouping: words) { $0[0] }
    }

    /// Whether a text holds one of the names, all its words in their order.
    func areIn(_ text: String) -> Bool {
        guard !byFirstWord.isEmpty else { return false }
        let words = SearchText.words(text)[...]
        return words.indices.contains { start in
            byFirstWord[words[start]]?.contains { words[start...].starts(with: $0) } == true
        }
    }
}

/// What in a text looks like a person's own.
enum PersonalText {
    /// Nine to fifteen digits with nothing but spaces, dashes, brackets and a plus among them.
    static func holdsPhone(_ text: String) -> Bool {
        var digits = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "0"..."9": digits += 1
            case " ", "-", "(", ")", "+": continue
            default: digits = 0
            }
            if digits >= 9 { return true }
        }
        return false
    }
}
