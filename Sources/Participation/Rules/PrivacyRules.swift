extension SessionFacts {
    /// R15: texts that anyone may see hold no telephone number and no participant's name.
    var privacyFindings: [Finding] {
        let names = Set(
            people.values.compactMap { $0[Schema.person.fullName] }.map(SearchText.fold))
        return (problems + stickerTexts).compactMap { record in
            let texts = [record.title, record[Schema.problem.description] ?? ""]
            if texts.contains(where: PersonalText.holdsPhone) {
                return Finding(.r15, .phoneInText, record.id, words: ["text": record.title])
            }
            let folded = texts.map { " " + SearchText.fold($0) + " " }
            let isNamed = names.contains { name in
                name.contains(" ") && folded.contains { $0.contains(" " + name + " ") }
            }
            return isNamed
                ? Finding(.r15, .nameInText, record.id, words: ["text": record.title]) : nil
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
