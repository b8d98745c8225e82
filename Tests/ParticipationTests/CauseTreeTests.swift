import Participation
import Testing

struct CauseTreeTests {
    private static func tree(_ cards: [(String, String?, Int, String)]) throws -> CauseTree {
        CauseTree(
            try cards.map { id, parent, position, text in
                CauseTree.Card(
                    try Town.id(id), parent: try parent.map { try Town.id($0) },
                    position: position, text: text)
            })
    }

    private static func shape(_ tree: CauseTree) -> [String] {
        tree.lines.map { String(repeating: "-", count: $0.depth) + $0.id.text }
    }

    @Test func `deeper causes stand under what they explain, in their order`() throws {
        let tree = try Self.tree([
            ("c", "a", 2, "үч"), ("b", nil, 2, "эки"), ("a", nil, 1, "бир"), ("d", "a", 1, "төрт"),
            ("e", "d", 1, "беш"), ("f", "nowhere", 3, "алты"),
        ])
        #expect(Self.shape(tree) == ["a", "-d", "--e", "-c", "b", "f"])
        #expect(tree.lines.map(\.isExplained) == [true, true, false, false, false, false])
    }

    @Test func `a loop that two laptops made hangs nothing and loses nothing`() throws {
        let loop = try Self.tree([
            ("a", "c", 1, "бир"), ("b", "a", 1, "эки"), ("c", "b", 1, "үч"), ("d", "d", 1, "төрт"),
            ("e", "b", 2, "беш"),
        ])
        #expect(Self.shape(loop) == ["d", "a", "-b", "--c", "--e"])
        #expect(loop.lines[1].parent == nil)
    }

    @Test func `the root is reached where a chain repeats itself`() throws {
        let tree = try Self.tree([
            ("a", nil, 1, "Суу түтүктөрү эскирген"),
            ("b", "a", 1, "Отуз жылдан бери алмаштырылган эмес"),
            ("c", "b", 1, "Бюджетте каражат каралган эмес"),
            ("d", "c", 1, "Суу түтүктөрү абдан эскирген"),
            ("e", nil, 2, "Бюджетте каражат каралбаган"),
            ("f", nil, 3, "Жолдор чаң"),
        ])
        let ids = try ["a", "c"].map { try Town.id($0) }
        #expect(
            tree.lines.map(\.echo) == [nil, nil, nil, .above(ids[0]), .elsewhere(ids[1]), nil])
    }

    @Test func `any set of cards comes out whole, a very long chain too`() throws {
        var generator = SeededNumbers(seed: 5)
        for _ in 0..<300 {
            let count = Int.random(in: 0...12, using: &generator)
            let cards = (0..<count).map { index in
                (
                    "k\(index)",
                    Bool.random(using: &generator)
                        ? "k\(Int.random(in: 0...13, using: &generator))" : nil,
                    Int.random(in: 0...3, using: &generator), "текст"
                )
            }
            let tree = try Self.tree(cards)
            #expect(Set(tree.lines.map(\.id)).count == count && tree.lines.count == count)
            for (index, line) in tree.lines.enumerated() {
                let parent = tree.lines[..<index].last { $0.id == line.parent }
                #expect(line.parent == nil ? line.depth == 0 : parent?.depth == line.depth - 1)
            }
        }
        let long = try Self.tree((0..<3000).map { ("k\($0)", $0 > 0 ? "k\($0 - 1)" : nil, 1, "") })
        #expect(long.lines.last?.depth == 2999)
    }
}
