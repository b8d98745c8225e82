extension SessionFacts {
    /// What R15 keeps out of texts that anyone may see, as far as people are known.
    public var personal: PersonalTexts { PersonalTexts(names: names) }

    private var names: [String] {
        people.values.compactMap { $0[Schema.person.fullName] } + neighbours
    }

    /// R15: texts that anyone may see hold no telephone number and no participant's name.
    var privacyFindings: [Finding] {
        let names = PersonalNames(names)
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

/// Tells whether a text holds what R15 keeps from the hall: a telephone number or somebody's name.
public struct PersonalTexts: Sendable {
    private let names: PersonalNames

    /// `names` are those of the people who are known.
    public init(names: [String]) { self.names = PersonalNames(names) }

    /// Whether a text may not be seen by everybody.
    public func isIn(_ text: String) -> Bool {
        PersonalText.holdsPhone(text) || names.areIn(text)
    }
}

/// The names of people, to be looked for in texts word by word: surname and first name beside each
/// other, in either order, with any ending that Kyrgyz puts to a name.
struct PersonalNames: Sendable {
    private struct Pair {
        let one: String
        let other: String
    }

    /// Shorter words begin too many others.
    private static let stem = 4

    private let byStem: [Substring: [Pair]]

    /// Names of one word alone are too common to say anything.
    init(_ names: [String]) {
        var byStem: [Substring: [Pair]] = [:]
        for words in names.map(SearchText.words) where words.count > 1 {
            byStem[words[0].prefix(Self.stem), default: []].append(
                Pair(one: words[0], other: words[1]))
            byStem[words[1].prefix(Self.stem), default: []].append(
                Pair(one: words[1], other: words[0]))
        }
        self.byStem = byStem
    }

    /// Whether a text holds one of the names.
    func areIn(_ text: String) -> Bool {
        guard !byStem.isEmpty else { return false }
        let words = SearchText.words(text)
        return zip(words, words.dropFirst()).contains { first, second in
            byStem[first.prefix(Self.stem)]?.contains {
                Self.is($0.one, first) && Self.is($0.other, second)
            } == true
        }
    }

    private static func `is`(_ name: String, _ word: String) -> Bool {
        name.count < stem ? word == name : word.hasPrefix(name)
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
