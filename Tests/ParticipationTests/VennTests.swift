import Participation
import Testing

/// The relations of circles: read from where they lie, set by list, and never lost without a word.
struct VennTests {
    private static let sizes = Importance.allCases

    private static func id(_ number: Int) -> RecordID {
        guard let id = RecordID("i\(100 + number)") else {
            preconditionFailure("an id of the tests")
        }
        return id
    }

    private static func circle(
        _ number: Int, _ size: Importance, _ x: Double, _ y: Double = 0
    ) -> VennCircle {
        VennCircle(id: id(number), size: size, x: x, y: y)
    }

    @Test(arguments: [
        (Importance.large, Importance.large, 207.0, Relation.apart),
        (.large, .large, 205, .touching),
        (.large, .large, 195, .touching), (.large, .large, 190, .overlapping),
        (.large, .large, 0, .overlapping), (.large, .small, 57, .inside),
        (.large, .small, 60, .overlapping), (.small, .large, 0, .inside),
        (.medium, .small, 27, .inside), (.medium, .small, 29, .overlapping),
        (.small, .small, 96, .touching), (.small, .medium, 1e9, .apart),
    ])
    func `a relation is read from the distance of two circles`(
        _ first: Importance, _ second: Importance, _ distance: Double, _ relation: Relation
    ) {
        let (a, b) = (Self.circle(1, first, 10), Self.circle(2, second, 10 + distance))
        #expect(a.relation(to: b) == relation)
        #expect(b.relation(to: a) == relation)
    }

    /// Random circles, and some of what can be read of them as stated: all of it can be kept.
    private static func village(_ generator: inout Dice) -> VennDiagram {
        let count = Int.random(in: 2...15, using: &generator)
        let circles = (0..<count).map { number in
            circle(
                number, sizes[Int.random(in: 0...2, using: &generator)],
                Double(Int.random(in: -500...500, using: &generator)),
                Double(Int.random(in: -300...300, using: &generator)))
        }
        var diagram = VennDiagram(circles)
        for first in 0..<count {
            for second in (first + 1)..<max(count, first + 1) {
                let pair = VennPair(id(first), id(second))
                let relation = circles[first].relation(to: circles[second])
                let chance = relation == .apart ? 12 : 2
                if Int.random(in: 0..<chance, using: &generator) == 0 {
                    diagram.stated[pair] = relation
                }
            }
        }
        return diagram
    }

    @Test func `what is set by list is read from the circles, or it is said, in 1000 diagrams`() {
        var (held, gave, refused) = (0, 0, 0)
        for seed in 1...1000 {
            var dice = Dice(seed: UInt64(seed))
            let diagram = Self.village(&dice)
            #expect(diagram.mismatches.isEmpty, "seed \(seed)")
            let first = Int.random(in: 0..<diagram.circles.count, using: &dice)
            let step = Int.random(in: 1..<diagram.circles.count, using: &dice)
            let second = (first + step) % diagram.circles.count
            let pair = VennPair(Self.id(first), Self.id(second))
            let relation = Relation.allCases[Int.random(in: 0...3, using: &dice)]
            let move = diagram.setting(relation, pair)
            if let obstacle = move.obstacle {
                #expect(obstacle == .sameSize && relation == .inside, "seed \(seed)")
                #expect(move.diagram == diagram, "seed \(seed)")
                refused += 1
                continue
            }
            let after = move.diagram
            #expect(after.reading(pair) == relation, "seed \(seed)")
            for (other, stated) in diagram.stated where other != pair {
                let isKept = after.reading(other) == stated
                #expect(isKept != move.broken.contains(other), "seed \(seed) \(other)")
            }
            Self.checkTheRest(diagram, move, pair, seed)
            if move.broken.isEmpty { held += 1 } else { gave += 1 }
            #expect(diagram.setting(relation, pair) == move, "seed \(seed): another answer")
        }
        // Most of what people ask for can be done; what cannot is rare.
        #expect(held + gave + refused == 1000)
        #expect(held >= 850, "\(held) held, \(gave) gave way, \(refused) refused")
    }

    /// Circles that are told to have stayed did, and what came about is told.
    private static func checkTheRest(
        _ before: VennDiagram, _ move: VennMove, _ pair: VennPair, _ seed: Int
    ) {
        for circle in before.circles {
            let now = move.diagram[circle.id]
            #expect((now != circle) == move.moved.contains(circle.id), "seed \(seed)")
            #expect(now.map { abs($0.x) <= 5000 && abs($0.y) <= 5000 } == true, "seed \(seed)")
        }
        for first in before.circles {
            for second in before.circles where first.id < second.id {
                let other = VennPair(first.id, second.id)
                guard before.stated[other] == nil, other != pair else { continue }
                let isSame = before.reading(other) == move.diagram.reading(other)
                #expect(isSame != move.cameAbout.contains(other), "seed \(seed)")
            }
        }
    }

    @Test func `a diagram set wholly by list is read as it was set`() {
        var (all, whole) = (0, 0)
        for seed in 1...200 {
            var dice = Dice(seed: UInt64(seed) &* 7919)
            let wanted = Self.village(&dice)
            // The same circles, strewn by the program, and each relation set one after the other.
            var diagram = VennSheet(
                .all,
                institutions: wanted.circles.map { circle in
                    var record = Record(.institution, circle.id)
                    record[Schema.institution.importance] = circle.size
                    return record
                }, links: []
            ).diagram
            var given: Set<VennPair> = []
            for (pair, relation) in wanted.stated.sorted(by: { $0.key < $1.key }) {
                let move = diagram.setting(relation, pair)
                diagram = move.diagram
                given.formUnion(move.broken)
                for broken in move.broken { diagram.stated[broken] = diagram.reading(broken) }
                #expect(diagram.mismatches.isEmpty, "seed \(seed)")
            }
            for (pair, relation) in wanted.stated where !given.contains(pair) {
                #expect(diagram.reading(pair) == relation, "seed \(seed)")
            }
            all += 1
            if given.isEmpty { whole += 1 }
        }
        #expect(whole * 100 >= all * 75, "\(whole) of \(all) kept everything")
    }

    @Test func `what cannot be is said`() {
        // A small one inside the large one cannot stay away from it by way of a medium one.
        var diagram = VennDiagram([
            Self.circle(1, .large, 0), Self.circle(2, .small, 20), Self.circle(3, .medium, 400),
        ])
        diagram.stated = [
            VennPair(Self.id(1), Self.id(2)): .inside, VennPair(Self.id(1), Self.id(3)): .apart,
        ]
        let move = diagram.setting(.inside, VennPair(Self.id(2), Self.id(3)))
        #expect(move.diagram.reading(VennPair(Self.id(2), Self.id(3))) == .inside)
        #expect(move.broken.count == 1)
        let same = VennDiagram([Self.circle(1, .large, 0), Self.circle(2, .large, 300)])
        #expect(same.setting(.inside, VennPair(Self.id(1), Self.id(2))).obstacle == .sameSize)
        #expect(same.setting(.apart, VennPair(Self.id(1), Self.id(9))).obstacle == .noPair)
        #expect(same.setting(.apart, VennPair(Self.id(1), Self.id(1))).obstacle == .noPair)
    }

    @Test func `another size keeps what is stated`() {
        var diagram = VennDiagram([
            Self.circle(1, .large, 0), Self.circle(2, .small, 148), Self.circle(3, .small, 0, 30),
        ])
        diagram.stated = [
            VennPair(Self.id(1), Self.id(2)): .touching, VennPair(Self.id(1), Self.id(3)): .inside,
        ]
        let larger = diagram.resizing(Self.id(2), to: .medium)
        #expect(larger.broken.isEmpty && larger.diagram.mismatches.isEmpty)
        #expect(larger.diagram[Self.id(2)]?.size == .medium)
        // What is as large as the one around it is inside it no more.
        let equal = diagram.resizing(Self.id(3), to: .large)
        #expect(equal.broken == [VennPair(Self.id(1), Self.id(3))])
    }

    @Test func `300 institutions find their places, and one is moved by list`() {
        var dice = Dice(seed: 5)
        let records = (0..<320).map { number in
            var record = Record(.institution, Self.id(number))
            record[Schema.institution.importance] =
                Self.sizes[
                    Int.random(in: 0...2, using: &dice)]
            return record
        }
        let sheet = VennSheet(.all, institutions: records, links: [])
        #expect(sheet.diagram.circles.count == 300 && sheet.hidden == 20)
        #expect(sheet.diagram.readings.isEmpty)
        let pair = VennPair(sheet.diagram.circles[3].id, sheet.diagram.circles[299].id)
        let move = sheet.diagram.setting(.touching, pair)
        #expect(move.diagram.reading(pair) == .touching)
    }

    @Test func `records that came in pieces or with wild numbers are shown safely`() {
        var wild = Record(.institution, Self.id(1))
        wild[Schema.institution.x] = 1e308
        wild[Schema.institution.y] = .nan
        var far = Record(.institution, Self.id(2))
        far[Schema.institution.x] = 1e308
        far[Schema.institution.y] = -1e308
        var other = Record(.institution, Self.id(3))
        other[Schema.institution.drawnBy] = .women
        var link = Record(.institutionLink, Self.id(4))
        link[Schema.institutionLink.from] = Self.id(1)
        link[Schema.institutionLink.to] = Self.id(77)
        link[Schema.institutionLink.relation] = .inside
        let sheet = VennSheet(
            .all, institutions: [wild, far, other, Record(.institution, Self.id(5))],
            links: [link, Record(.institutionLink, Self.id(6))])
        #expect(sheet.diagram.circles.count == 3 && sheet.links.isEmpty)
        #expect(sheet.diagram.circles.allSatisfy { abs($0.x) <= 5000 && abs($0.y) <= 5000 })
        #expect(sheet.unplaced == [Self.id(1), Self.id(5)])
        for relation in [Relation.touching, .overlapping, .apart] {
            let pair = VennPair(Self.id(2), Self.id(5))
            #expect(sheet.diagram.setting(relation, pair).diagram.reading(pair) == relation)
        }
    }

    @Test func `a hand states what it laid, apart only where something was stated`() {
        var diagram = VennDiagram([
            Self.circle(1, .large, 0), Self.circle(2, .small, 0, 400), Self.circle(3, .small, 500),
        ])
        let (first, second) = (VennPair(Self.id(1), Self.id(2)), VennPair(Self.id(2), Self.id(3)))
        let laid = diagram.moving(Self.id(2), x: 148, y: 0)
        #expect(laid.statements(of: Self.id(2)) == [first: .touching])
        diagram.stated = [first: .touching]
        #expect(diagram.statements(of: Self.id(2)) == [first: .apart])
        #expect(
            diagram.moving(Self.id(2), x: 500, y: 60).statements(of: Self.id(2))
                == [first: .apart, second: .overlapping])
    }
}

/// Random numbers that a seed brings back (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
