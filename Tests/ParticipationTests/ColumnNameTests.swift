import Participation
import Testing

/// Names for a column out of its stickers' own words.
struct ColumnNameTests {
    @Test func `what several people wrote comes first, the likest next, common words last`() {
        let names = ColumnName.suggestions(from: [
            "суу жумасына үч гана күн келет", "жаңы конушка суу келбейт",
            "жаңы конушка суу келбейт", "жаңы конуштагы үйлөргө суу жок",
        ])
        #expect(names.first == "жаңы конушка суу келбейт")
        #expect(names.contains("Жаңы конушка суу"))
    }

    @Test func `a missing means is the last to be suggested`() {
        let names = ColumnName.suggestions(from: [
            "көпүрө жок", "көпүрө жок", "суу көпүрөнү бузуп кетти", "суу көпүрөнү бузуп кетет",
        ])
        #expect(names.count > 1)
        #expect(names.last == "көпүрө жок")
    }

    @Test func `nothing in common suggests nothing, one sticker its own words`() {
        #expect(ColumnName.suggestions(from: []).isEmpty)
        #expect(ColumnName.suggestions(from: ["жол"]) == ["жол"])
        #expect(ColumnName.suggestions(from: ["жол", "суу", "клуб"]).isEmpty)
    }

    @Test func `a column of ten thousand, of signs or of emptiness is no trouble`() {
        let many = (0..<10_000).map { "жол \($0) начар" }
        #expect(ColumnName.suggestions(from: many).count <= 3)
        #expect(ColumnName.suggestions(from: ["", " ", "…", "!!"]).count <= 3)
    }
}
