import Participation
import Testing

/// Shares that make exactly 100 % (R12), and the real budget beside them.
struct TokochTests {
    private static func record(_ entity: EntityName, _ id: String) -> Record {
        guard let id = RecordID(id) else { preconditionFailure("an id of the tests") }
        return Record(entity, id)
    }

    private static func slice(_ id: String, _ item: String, _ percent: Double) -> Record {
        var slice = record(.tokochSlice, id)
        slice[Schema.tokochSlice.item] = item
        slice[Schema.tokochSlice.percent] = percent
        return slice
    }

    private static func line(_ id: String, _ title: String, _ amount: Int) -> Record {
        var line = record(.budgetLine, id)
        line[Schema.budgetLine.side] = .expense
        line[Schema.budgetLine.title] = title
        line[Schema.budgetLine.planned] = amount
        return line
    }

    private static func match(_ id: String, _ line: String, _ slice: String) -> Record {
        var match = record(.tokochMatch, id)
        match[Schema.tokochMatch.budgetLine] = RecordID(line)
        match[Schema.tokochMatch.slice] = RecordID(slice)
        return match
    }

    @Test func `parts always add up to the whole, whatever the weights`() {
        var dice = Dice(seed: 12)
        for _ in 0..<2000 {
            let weights = (0..<Int.random(in: 1...20, using: &dice)).map { _ in
                Int.random(in: 0...1_000_000_000_000, using: &dice)
                    >> Int.random(in: 0...40, using: &dice)
            }
            for step in [1, 100] {
                let parts = TokochShares.fitted(weights, step: step)
                let isNothing = weights.allSatisfy { $0 == 0 }
                #expect(parts.reduce(0, +) == (isNothing ? 0 : TokochShares.whole))
                #expect(parts.allSatisfy { $0 >= 0 })
                let sum = Double(weights.reduce(0, +))
                for (part, weight) in zip(parts, weights) where !isNothing {
                    let exact = Double(weight) / sum * 10_000
                    #expect(abs(Double(part) - exact) <= Double(step) + 0.01)
                }
            }
        }
        #expect(TokochShares.fitted([1, 1, 1]) == [3334, 3333, 3333])
        #expect(TokochShares.fitted([1, 1, 1], step: 100) == [3400, 3300, 3300])
        #expect(TokochShares.fitted([]).isEmpty && TokochShares.fitted([0, -5]) == [0, 0])
        #expect(TokochShares.fitted([.max, 1]) == [10_000, 0])
    }

    @Test func `sums become shares and shares sums, without a trap on wild numbers`() {
        #expect(TokochShares.hundredths(of: 250_000, in: 1_000_000) == 2500)
        #expect(TokochShares.amount(of: 2500, in: 1_000_000) == 250_000)
        #expect(TokochShares.hundredths(of: 1, in: 3) == 3333)
        #expect(TokochShares.hundredths(of: 5, in: 0) == nil)
        #expect(TokochShares.hundredths(of: .max, in: 5) == nil)
        #expect(TokochShares.hundredths(of: 9, in: 5) == TokochShares.whole)
        #expect(TokochShares.amount(of: 5000, in: .max) == nil)
        for wild in [Double.nan, .infinity, -1, 1e308] {
            #expect((0...TokochShares.whole).contains(TokochShares.hundredths(wild)))
        }
    }

    @Test func `what is missing and what is too much is exact to a hundredth`() {
        let thirds = TokochSheet(
            [
                Self.slice("a", "А", 33.33), Self.slice("b", "Б", 33.33),
                Self.slice("c", "В", 33.34),
            ],
            budget: nil)
        #expect(thirds.missing == 0)
        let off = TokochSheet([Self.slice("a", "А", 30.1), Self.slice("b", "Б", 70)], budget: 0)
        #expect(off.missing == -10 && off.budget == nil)
        #expect(off.fitted == [3000, 7000])
        #expect(TokochSheet([], budget: nil).missing == TokochShares.whole)
    }

    @Test func `slices keep their places; those without one come last`() {
        var first = Self.slice("z", "Биринчи", 10)
        first[Schema.tokochSlice.position] = 1
        let sheet = TokochSheet(
            [Self.slice("b", "Үчүнчү", 10), Self.slice("a", "Экинчи", 10), first], budget: nil)
        #expect(sheet.slices.map(\.title) == ["Биринчи", "Үчүнчү", "Экинчи"])
    }

    @Test func `the real budget stands beside the slices, the largest difference first`() {
        let sheet = TokochSheet(
            [
                Self.slice("s1", "Мектептерди күтүү", 30), Self.slice("s2", "Жолдор", 50),
                Self.slice("s3", "Клубду күтүү", 20),
            ], budget: nil)
        let lines = [
            Self.line("l1", "Мектептер", 400), Self.line("l2", "Бала бакча", 140),
            Self.line("l3", "Жолдорду оңдоо", 460), Self.line("l4", "Кайтарым", -5),
        ]
        let reality = TokochReality(
            sheet, lines: lines, status: .approved,
            matches: [
                Self.match("m1", "l1", "s1"), Self.match("m2", "l2", "s1"),
                Self.match("m3", "l3", "s1"), Self.match("m4", "l3", "s2"),
                Self.match("m5", "l3", "gone"), Self.record(.tokochMatch, "m6"),
            ])
        #expect(reality.total == 1000)
        #expect(reality.shares == [5400, 4600, nil] && reality.rest == 0)
        let differences = reality.differences(sheet)
        #expect(differences.map(\.size) == [2400, 400])
        #expect(differences[0].believed == 3000 && differences[0].real == 5400)
        let open = TokochReality(sheet, lines: lines, status: .approved, matches: [])
        #expect(open.rest == TokochShares.whole && open.differences(sheet).isEmpty)
        let suggested = open.suggestions(sheet)
        #expect(suggested[lines[0].id] == sheet.slices[0].id)
        #expect(suggested[lines[2].id] == sheet.slices[1].id)
    }

    @Test func `an executed budget counts what was spent, another what is planned last`() {
        var line = Self.line("l", "Жол", 100)
        line[Schema.budgetLine.revised] = 150
        line[Schema.budgetLine.executed] = 90
        let sheet = TokochSheet([], budget: nil)
        for (status, sum) in [(BudgetStatus.draft, 150), (.approved, 150), (.executed, 90)] {
            let reality = TokochReality(sheet, lines: [line], status: status, matches: [])
            #expect(reality.total == sum)
        }
        line[Schema.budgetLine.side] = .revenue
        let none = TokochReality(sheet, lines: [line], status: .draft, matches: [])
        #expect(none.total == 0 && none.rest == 0)
    }
}
