import Participation
import Testing

struct CollationTests {
    @Test func `ң stands after н, ө after о, ү after у`() {
        let words = ["үй", "ун", "өрүк", "орус", "ңаң", "нан", "топ", "пахта", "ёлка", "ел", "жер"]
        let sorted = words.sorted(by: KyrgyzCollation.precedes)
        #expect(
            sorted == [
                "ел", "ёлка", "жер", "нан", "ңаң", "орус", "өрүк", "пахта", "топ", "ун", "үй",
            ])
    }

    @Test func `capital letters do not change the order of words`() {
        #expect(KyrgyzCollation.precedes("айыл", "Баткен"))
        #expect(KyrgyzCollation.precedes("Айыл", "баткен"))
        #expect(KyrgyzCollation.compare("Айыл", "айыл") != 0)
    }

    @Test func `digits stand before Latin, Latin before Cyrillic`() {
        let sorted = ["суу", "2-мектеп", "water", "10"].sorted(by: KyrgyzCollation.precedes)
        #expect(sorted == ["10", "2-мектеп", "water", "суу"])
    }

    @Test(arguments: ["", "ң", "жол", "Жол", "жолдор", "суу таза"])
    func `a text stands with itself`(_ text: String) {
        #expect(KyrgyzCollation.compare(text, text) == 0)
    }
}
