extension RankingPage {
    /// A place in the table.
    struct Row: Sendable {
        let id: String
        let place: String
        let name: String
        let cells: [Cell]
        let votes: String
        let percent: String
        let isPriority: Bool
        let isTheme: Bool
        let isChosen: Bool
        let about: String?
        let href: String
        let why: String?
        let merged: String?
        let parts: [Part]
        /// The way to the parts that are not shown.
        let moreParts: String?
        let wholeHref: String
    }

    /// The votes of a row in one column.
    struct Cell: Sendable {
        let label: String
        let count: String
    }

    /// One of the merged.
    struct Part: Sendable {
        let partId: String
        let partName: String
        let partAbout: String
        let partVotes: String
        let added: String
        let partWhy: String?
        let partHref: String
    }
}
