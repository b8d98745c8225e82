import Participation

extension VennPage {
    /// The women's and the men's diagram side by side, and what differs in sentences.
    struct Comparison: Sendable {
        let women: VennDrawing
        let men: VennDrawing
        let womenLabel: String
        let menLabel: String
        let differences: [String]
        let hasDifferences: Bool
        let same: String
        let similar: [Similar]
        let hasSimilar: Bool

        /// Two names that may mean one institution.
        struct Similar: Sendable {
            let text: String
            let record: String
            let name: String
        }

        private static let most = 60

        /// Nil until both have drawn.
        init?(_ board: VennBoard, _ texts: Texts) {
            let (women, men) = (board[.women], board[.men])
            guard !women.institutions.isEmpty, !men.institutions.isEmpty else { return nil }
            let found = VennComparison(women: women, men: men)
            self.women = VennDrawing(women, isHandled: false, texts)
            self.men = VennDrawing(men, isHandled: false, texts)
            womenLabel = texts.choice(DrawnBy.women, Schema.institution.drawnBy, .institution)
            menLabel = texts.choice(DrawnBy.men, Schema.institution.drawnBy, .institution)
            differences = found.differences.prefix(Self.most).map(texts.sentence)
            hasDifferences = !differences.isEmpty
            same = texts("venn.compare.same", ["count": String(found.shared)])
            similar = found.similar.prefix(Self.most).map { pair in
                Similar(
                    text: texts(
                        "venn.compare.similar",
                        ["women": pair.women.title, "men": pair.men.title]),
                    record: "institution/\(pair.men.id)", name: pair.women.title)
            }
            hasSimilar = !similar.isEmpty
        }
    }
}

extension Texts {
    /// What differs between the women's and the men's diagram.
    func sentence(_ difference: VennComparison.Difference) -> String {
        switch difference {
        case .onlyIn(let who, let name):
            self("venn.compare.only.\(who)", ["name": name])
        case .size(let name, let women, let men):
            self(
                "venn.compare.size",
                [
                    "name": name, "women": self["venn.size.\(women)"],
                    "men": self["venn.size.\(men)"],
                ])
        case .satisfied(let name, let women, let men):
            self(
                "venn.compare.satisfied",
                [
                    "name": name, "women": self["venn.satisfied.\(VennPage.word(women))"],
                    "men": self["venn.satisfied.\(VennPage.word(men))"],
                ])
        case .relation(let first, let second, let women, let men):
            self(
                "venn.compare.relation",
                [
                    "a": first, "b": second, "women": self["venn.short.\(women)"],
                    "men": self["venn.short.\(men)"],
                ])
        }
    }
}
