import Participation
import Testing

struct RankingTests {
    @Test func `equal votes share a rank`() {
        let ranking = Ranking(Village.ballot([("a", 9), ("b", 5), ("c", 5), ("d", 1)]))
        #expect(ranking.village(Village.id).map(\.rank) == [1, 2, 2, 4])
    }

    @Test func `ties at fifth place are all priorities`() {
        let votes = [12, 12, 10, 10, 9, 9, 9, 6].enumerated().map { ("p\($0.offset)", $0.element) }
        let entries = Ranking(Village.ballot(votes)).village(Village.id)
        #expect(entries.map(\.rank) == [1, 1, 3, 3, 5, 5, 5, 8])
        #expect(entries.filter(\.isPriority).count == 7)
    }

    @Test func `titles of equal votes stand in Kyrgyz order`() {
        let ranking = Ranking(Village.ballot([("өрт", 3), ("орток", 3), ("пил", 3)]))
        #expect(ranking.village(Village.id).map(\.title) == ["орток", "өрт", "пил"])
    }

    @Test func `stickers win over the tally by hand`() throws {
        let id = try #require(RecordID("p"))
        let both = Ballot.Problem(
            id: id, title: "", village: nil, stickers: 3, votesByHand: 40)
        let hand = Ballot.Problem(id: id, title: "", village: nil, stickers: 0, votesByHand: 40)
        let none = Ballot.Problem(id: id, title: "", village: nil, stickers: 0, votesByHand: nil)
        #expect([both.votes, hand.votes, none.votes] == [3, 40, 0])
    }

    @Test func `a village theme adds the votes of its parts and takes their place`() {
        var ballot = Village.ballot([("жол", 4), ("жолдор", 5), ("суу", 6)])
        ballot.add(theme: "t", .village, parts: ["p0", "p1"])
        let entries = Ranking(ballot).village(Village.id)
        #expect(entries.map(\.votes) == [9, 6])
        #expect(entries.map(\.kind) == [.theme, .problem])
    }

    @Test func `a problem reached by two ways is counted once`() {
        var ballot = Village.ballot([("жол", 4)])
        ballot.add(theme: "v", .village, parts: ["p0"])
        ballot.add(theme: "m", .municipality, parts: ["v", "p0"])
        #expect(Ranking(ballot).municipality.map(\.votes) == [4])
    }

    @Test func `themes in a circle and parts of nothing do no harm`() {
        var ballot = Village.ballot([("жол", 4)])
        ballot.add(theme: "a", .municipality, parts: ["b", "p0", "nowhere"])
        ballot.add(theme: "b", .municipality, parts: ["a"])
        #expect(Ranking(ballot).municipality.map(\.votes) == [4, 4])
    }

    @Test func `a theme merged into another of its level stands no more`() {
        var ballot = Village.ballot([("маданият", 45), ("маалымат", 30)])
        ballot.add(theme: "t", .municipality, parts: ["p1"])
        ballot.add(theme: "u", .municipality, parts: ["p0", "t"])
        let entries = Ranking(ballot).municipality
        #expect(entries.map(\.votes) == [75])
        #expect(entries.map(\.rank) == [1])
    }

    @Test(arguments: 0..<200)
    func `merging loses and doubles no vote`(_ seed: Int) {
        var generator = Numbers(state: UInt64(seed))
        let votes = (0..<generator.below(12)).map { ("п\($0)", generator.below(30)) }
        var ballot = Village.ballot(votes)
        var free = ballot.problems.map(\.id.text)
        for number in 0..<3 where !free.isEmpty {
            let parts = free.prefix(generator.below(free.count + 1))
            free.removeFirst(parts.count)
            if !parts.isEmpty { ballot.add(theme: "t\(number)", .village, parts: Array(parts)) }
        }
        let ranking = Ranking(ballot)
        let total = votes.reduce(0) { $0 + $1.1 }
        #expect(ranking.village(Village.id).reduce(0) { $0 + $1.votes } == total)
        #expect(ranking.municipality.reduce(0) { $0 + $1.votes } == total)
        let ranks = ranking.municipality.map(\.rank)
        #expect(ranks == ranks.sorted())
        ballot.themes = []
        #expect(Ranking(ballot).village(Village.id).count == votes.count)
    }
}

/// One village and what was voted for in it.
enum Village {
    static let id = RecordID(milliseconds: 0, random: [UInt8](repeating: 7, count: 10))

    static func ballot(_ problems: [(title: String, votes: Int)]) -> Ballot {
        Ballot(
            problems: problems.enumerated().compactMap { index, problem in
                RecordID("p\(index)").map {
                    Ballot.Problem(
                        id: $0, title: problem.title, village: id, stickers: problem.votes,
                        votesByHand: nil)
                }
            })
    }
}

extension Ballot {
    mutating func add(theme: String, _ level: ThemeLevel, parts: [String]) {
        guard let id = RecordID(theme) else { return }
        themes.append(Theme(id: id, title: theme, level: level, village: nil))
        self.parts += parts.compactMap(RecordID.init(_:)).map { Part(theme: id, part: $0) }
    }
}

/// Numbers from a seed (SplitMix64).
struct Numbers {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return bound > 0 ? Int((mixed ^ (mixed >> 31)) % UInt64(bound)) : 0
    }
}
