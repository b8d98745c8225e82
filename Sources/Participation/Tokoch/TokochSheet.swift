/// A Tokoch: what people believe the budget is divided into.
public struct TokochSheet: Sendable {
    /// The slices in their order around the bread.
    public let slices: [Record]
    /// The share of each in hundredths of a percent.
    public let shares: [Int]
    /// The whole budget that sums are shares of, where people named one.
    public let budget: Int?

    /// The slices a bread may have; more could not be told apart.
    public static let most = 20

    /// Puts the slices of a meeting in order; those without a place stay as they are given, last.
    public init(_ slices: [Record], budget: Int?) {
        self.slices = slices.enumerated().sorted { left, right in
            let places = [left, right].map { Self.place($0.element) }
            return places[0] == places[1] ? left.offset < right.offset : places[0] < places[1]
        }.map(\.element)
        shares = self.slices.map { TokochShares.hundredths($0[Schema.tokochSlice.percent] ?? 0) }
        self.budget = budget.flatMap { $0 > 0 ? $0 : nil }
    }

    /// All shares together.
    public var total: Int { shares.reduce(0, +) }
    /// What is missing to 100 %; below 0 where there is too much.
    public var missing: Int { TokochShares.whole - total }

    private static func place(_ slice: Record) -> Int {
        slice[Schema.tokochSlice.position] ?? .max
    }

    /// The shares brought to exactly 100 % in their proportions, in whole percents.
    public var fitted: [Int] { TokochShares.fitted(shares, step: 100) }
}

/// The real budget of a year beside a Tokoch.
public struct TokochReality: Sendable {
    /// The expenses, the largest first, with their sums.
    public let lines: [Line]
    /// All of them.
    public let total: Int
    /// The real share of each slice in hundredths of a percent; nil for one that no line belongs
    /// to.
    public let shares: [Int?]
    /// What belongs to no slice.
    public let rest: Int
    /// The slice of each line that was matched.
    public let matches: [RecordID: Match]

    /// An expense of the budget.
    public struct Line: Sendable {
        /// The budget line.
        public let record: Record
        /// Whole som.
        public let amount: Int
    }

    /// A line's slice and the record that says so.
    public struct Match: Sendable, Equatable {
        /// The slice.
        public let slice: RecordID
        /// The record to take back.
        public let record: RecordID
    }

    /// Reads a budget for a Tokoch: what was executed of an executed budget, what is planned of
    /// any other, as it was revised last.
    public init(
        _ sheet: TokochSheet, lines: [Record], status: BudgetStatus, matches records: [Record]
    ) {
        let found = lines.compactMap { line -> Line? in
            guard line[Schema.budgetLine.side] == .expense else { return nil }
            let amount = Self.amount(line, status)
            return amount > 0 ? Line(record: line, amount: amount) : nil
        }.sorted { $0.amount == $1.amount ? $0.record.id < $1.record.id : $0.amount > $1.amount }
        self.lines = found
        total = found.reduce(0) { $0 + $1.amount }
        let matches = Self.matches(records, sheet)
        self.matches = matches
        let parts = TokochShares.fitted(found.map(\.amount))
        var shares: [RecordID: Int] = [:]
        var rest = 0
        for (line, part) in zip(found, parts) {
            if let match = matches[line.record.id] {
                shares[match.slice, default: 0] += part
            } else {
                rest += part
            }
        }
        self.shares = sheet.slices.map { shares[$0.id] }
        self.rest = rest
    }

    private static func amount(_ line: Record, _ status: BudgetStatus) -> Int {
        let planned = line[Schema.budgetLine.revised] ?? line[Schema.budgetLine.planned]
        let executed = status == .executed ? line[Schema.budgetLine.executed] : nil
        return executed ?? planned ?? line[Schema.budgetLine.executed] ?? 0
    }

    /// A line belongs to one slice; where two laptops said different ones, the later counts.
    private static func matches(_ records: [Record], _ sheet: TokochSheet) -> [RecordID: Match] {
        let known = Set(sheet.slices.map(\.id))
        var found: [RecordID: Match] = [:]
        for record in records {
            guard let line = record[Schema.tokochMatch.budgetLine],
                let slice = record[Schema.tokochMatch.slice], known.contains(slice)
            else { continue }
            if let other = found[line], other.record > record.id { continue }
            found[line] = Match(slice: slice, record: record.id)
        }
        return found
    }

    private static let alike = 0.3

    /// For lines that belong to no slice, the slice that is called most like them.
    public func suggestions(_ sheet: TokochSheet) -> [RecordID: RecordID] {
        var found: [RecordID: RecordID] = [:]
        for line in lines.prefix(300) where matches[line.record.id] == nil {
            let likest = sheet.slices
                .map { ($0.id, Similarity.of($0.title, line.record.title)) }
                .filter { $0.1 >= Self.alike }.max { $0.1 < $1.1 }
            if let likest { found[line.record.id] = likest.0 }
        }
        return found
    }

    /// A slice of which people believe something else than what is true.
    public struct Difference: Sendable, Equatable {
        /// The slice.
        public let slice: RecordID
        /// What people believe.
        public let believed: Int
        /// What is true.
        public let real: Int

        /// How far off.
        public var size: Int { abs(real - believed) }
    }

    /// The differences, the largest first; slices without a line are not compared.
    public func differences(_ sheet: TokochSheet) -> [Difference] {
        zip(zip(sheet.slices, sheet.shares), shares).compactMap { slice, real in
            real.map { Difference(slice: slice.0.id, believed: slice.1, real: $0) }
        }.sorted { $0.size == $1.size ? $0.slice < $1.slice : $0.size > $1.size }
    }
}
