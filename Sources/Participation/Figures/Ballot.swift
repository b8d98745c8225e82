/// Everything the rankings of one cycle are computed from.
public struct Ballot: Sendable, Equatable {
    /// The problems of the cycle's meetings.
    public var problems: [Problem]
    /// The merges made in it.
    public var themes: [Theme]
    /// What was merged into what.
    public var parts: [Part]

    /// A problem and its votes: stickers, or the tally by hand where there are none.
    public struct Problem: Sendable, Equatable {
        /// The problem's id.
        public let id: RecordID
        /// Its text.
        public let title: String
        /// The meeting at which it was named.
        public let event: RecordID?
        /// The village of its meeting; nil for a meeting of the whole municipality.
        public let village: RecordID?
        /// votes(problem) of domain.md §8.
        public let votes: Int

        /// Counts votes: the stickers, or the tally when there are no stickers.
        public init(
            id: RecordID, title: String, event: RecordID? = nil, village: RecordID?,
            stickers: Int, votesByHand: Int?
        ) {
            self.id = id
            self.title = title
            self.event = event
            self.village = village
            votes = stickers > 0 ? stickers : votesByHand ?? 0
        }
    }

    /// A merge.
    public struct Theme: Sendable, Equatable {
        /// The theme's id.
        public let id: RecordID
        /// Its text.
        public let title: String
        /// Whether it merges within a village or over the municipality.
        public let level: ThemeLevel
        /// The village, for a village theme where it was given.
        public let village: RecordID?

        /// Makes a theme.
        public init(id: RecordID, title: String, level: ThemeLevel, village: RecordID?) {
            self.id = id
            self.title = title
            self.level = level
            self.village = village
        }
    }

    /// One of the merged.
    public struct Part: Sendable, Equatable {
        /// The theme that holds it.
        public let theme: RecordID
        /// The problem or lower theme that is held.
        public let part: RecordID

        /// Makes a part.
        public init(theme: RecordID, part: RecordID) {
            self.theme = theme
            self.part = part
        }
    }

    /// Gathers what a cycle's ranking needs.
    public init(problems: [Problem] = [], themes: [Theme] = [], parts: [Part] = []) {
        self.problems = problems
        self.themes = themes
        self.parts = parts
    }
}
