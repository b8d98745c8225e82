/// Village and municipality rankings of a ballot (domain.md §8, rule R8).
public struct Ranking: Sendable {
    /// How many of the most voted are priorities (R8).
    public static let priorities = 5

    /// A place in a ranking.
    public struct Entry: Sendable, Equatable {
        /// The problem or theme.
        public let id: RecordID
        /// Which of the two it is.
        public let kind: Kind
        /// Its text.
        public let title: String
        /// Its votes.
        public let votes: Int
        /// Its place; equal votes share a place (1, 2, 2, 4).
        public let rank: Int
        /// Votes by the village they were given in.
        public let byVillage: [RecordID: Int]
        /// The problems counted in it, each once.
        public let problems: [RecordID]

        /// Among the five most voted; ties at fifth place are all in.
        public var isPriority: Bool { rank <= Ranking.priorities }
    }

    /// What stands in a ranking.
    public enum Kind: String, Sendable {
        case problem, theme
    }

    private let problems: [RecordID: Ballot.Problem]
    private let themes: [RecordID: Ballot.Theme]
    private let parts: [RecordID: [RecordID]]
    private let ballot: Ballot

    /// Prepares the rankings; nothing in the ballot can make it fail: parts that point to
    /// nothing count nothing, and circles among themes are walked once.
    public init(_ ballot: Ballot) {
        self.ballot = ballot
        problems = Dictionary(ballot.problems.map { ($0.id, $0) }) { first, _ in first }
        themes = Dictionary(ballot.themes.map { ($0.id, $0) }) { first, _ in first }
        parts = Dictionary(grouping: ballot.parts, by: \.theme).mapValues { $0.map(\.part) }
    }

    /// The ranking of one village: its themes, and its problems that are in no village theme.
    public func village(_ village: RecordID) -> [Entry] {
        let merges = ballot.themes.filter {
            $0.level == .village && self.village(of: $0) == village
        }
        let inThemes = Set(
            ballot.themes.filter { $0.level == .village }.flatMap { problems(in: $0.id) })
        let alone = ballot.problems.filter { $0.village == village && !inThemes.contains($0.id) }
        return ranked(standing(merges), alone)
    }

    /// The ranking of the municipality: its themes, village themes and problems none of them hold.
    public var municipality: [Entry] {
        let held = Set(
            ballot.themes.filter { $0.level == .municipality }.flatMap { reachable(from: $0.id) })
        let merges = ballot.themes.filter { $0.level == .municipality || !held.contains($0.id) }
        let inThemes = Set(ballot.themes.flatMap { problems(in: $0.id) })
        let alone = ballot.problems.filter { !inThemes.contains($0.id) }
        return ranked(standing(merges), alone)
    }

    /// Entries of the very same words that are not merged, where their votes together would put
    /// them among the priorities (R8): such a ranking is not made yet.
    public static func unmerged(in entries: [Entry]) -> [[Entry]] {
        let least = entries.last(where: \.isPriority)?.votes ?? 0
        return Similarity.same(entries, title: \.title).filter { group in
            group.reduce(0) { $0 + $1.votes } >= least
        }
    }

    /// The problems counted in a theme, each once however it is reached.
    public func problems(in theme: RecordID) -> [RecordID] {
        reachable(from: theme).filter { problems[$0] != nil }
    }

    /// Themes that no theme of their own level holds: what is merged into its like stands no more.
    private func standing(_ merges: [Ballot.Theme]) -> [Ballot.Theme] {
        merges.filter { theme in
            !merges.contains { other in
                other.id != theme.id && other.level == theme.level
                    && (parts[other.id] ?? []).contains(theme.id)
                    && !reachable(from: theme.id).contains(other.id)
            }
        }
    }

    private func reachable(from theme: RecordID) -> [RecordID] {
        var found: [RecordID] = []
        var seen: Set<RecordID> = [theme]
        var waiting = parts[theme] ?? []
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted else { continue }
            found.append(next)
            if themes[next] != nil { waiting += parts[next] ?? [] }
        }
        return found
    }

    private func village(of theme: Ballot.Theme) -> RecordID? {
        if let village = theme.village { return village }
        let villages = Set(problems(in: theme.id).compactMap { problems[$0]?.village })
        return villages.count == 1 ? villages.first : nil
    }

    private func ranked(_ merges: [Ballot.Theme], _ alone: [Ballot.Problem]) -> [Entry] {
        var lines = merges.map { theme in
            Line(theme.id, .theme, theme.title, problems(in: theme.id).compactMap { problems[$0] })
        }
        lines += alone.map { Line($0.id, .problem, $0.title, [$0]) }
        lines.sort {
            if $0.votes != $1.votes { return $0.votes > $1.votes }
            let order = KyrgyzCollation.compare($0.title, $1.title)
            return order != 0 ? order < 0 : $0.id < $1.id
        }
        var entries: [Entry] = []
        for (index, line) in lines.enumerated() {
            let isTied = index > 0 && lines[index - 1].votes == line.votes
            entries.append(line.entry(rank: isTied ? entries[index - 1].rank : index + 1))
        }
        return entries
    }

    private struct Line {
        let id: RecordID
        let kind: Kind
        let title: String
        let problems: [Ballot.Problem]
        let votes: Int

        init(_ id: RecordID, _ kind: Kind, _ title: String, _ problems: [Ballot.Problem]) {
            self.id = id
            self.kind = kind
            self.title = title
            self.problems = problems
            votes = problems.reduce(0) { $0 + $1.votes }
        }

        func entry(rank: Int) -> Entry {
            var byVillage: [RecordID: Int] = [:]
            for problem in problems {
                if let village = problem.village { byVillage[village, default: 0] += problem.votes }
            }
            return Entry(
                id: id, kind: kind, title: title, votes: votes, rank: rank, byVillage: byVillage,
                problems: problems.map(\.id))
        }
    }
}
