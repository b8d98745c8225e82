public import Participation

/// What an import did, or why it did nothing.
public struct ImportReport: Sendable, Equatable {
    /// Records made.
    public var made = 0
    /// Records that got other values.
    public var changed = 0
    /// Records that held the same already.
    public var unchanged = 0
    /// The commit; nil where nothing was changed.
    public var commit: CommitID?
    /// Bad lines, the first ``Limits/reportedProblems`` of them.
    public var problems: [LineProblem] = []
    /// All problems found.
    public var problemCount = 0

    /// Whether the file was taken; otherwise nothing of it was.
    public var isTaken: Bool { problemCount == 0 }

    /// A bad line.
    public struct LineProblem: Sendable, Equatable {
        /// Its number, from 1.
        public let line: Int
        /// What is wrong with it.
        public let problem: InputProblem
    }

    mutating func add(_ problems: [InputProblem], line: Int) {
        problemCount += problems.count
        let room = max(0, Limits.reportedProblems - self.problems.count)
        self.problems += problems.prefix(room).map { LineProblem(line: line, problem: $0) }
    }
}
