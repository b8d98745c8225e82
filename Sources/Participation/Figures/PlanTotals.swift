/// What a plan costs and who pays it (domain.md §8). Sums that would overflow stay at the bound.
public struct PlanTotals: Sendable, Equatable {
    /// Cost of all activities.
    public let cost: Int
    /// Contributions by source.
    public let bySource: [MoneySource: Int]

    /// All contributions.
    public var contributed: Int { bySource.values.reduce(0, Self.add) }
    /// Cost not covered; negative where more was promised than is needed, and shown so.
    public var uncovered: Int { cost.subtractingReportingOverflow(contributed).partialValue }

    /// Adds up activities and contributions.
    public init(activities: [Record], contributions: [Record]) {
        cost = activities.compactMap { $0[Schema.activity.cost] }.reduce(0, Self.add)
        var sums: [MoneySource: Int] = [:]
        for record in contributions {
            guard let source = record[Schema.contribution.source],
                let amount = record[Schema.contribution.amount]
            else { continue }
            sums[source] = Self.add(sums[source] ?? 0, amount)
        }
        bySource = sums
    }

    private static func add(_ left: Int, _ right: Int) -> Int {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? (right > 0 ? .max : .min) : sum
    }
}

/// Straight-line depreciation and tariff cover (domain.md §8).
public enum ServiceFigures {
    /// cost x whole months since acquisition / (12 x useful life), at most the cost, at least 0.
    public static func depreciation(
        cost: Int, acquiredOn: CalendarDate, usefulLifeYears: Int, on day: CalendarDate
    ) -> Int {
        let months = max(0, day.wholeMonths(since: acquiredOn))
        let life = 12 * max(1, usefulLifeYears)
        guard months < life else { return cost }
        return cost.multipliedReportingOverflow(by: months).partialValue / life
    }

    /// What the tariff brings in a year, against the yearly cost of the service: households x
    /// tariff x 12. The share is in percent; nil when the service costs nothing.
    public static func tariffCover(
        households: Int, tariff: Int, yearlyCost: Int
    ) -> (income: Int, share: Int?) {
        let (product, first) = households.multipliedReportingOverflow(by: tariff)
        let (income, second) = product.multipliedReportingOverflow(by: 12)
        guard !first, !second else { return (.max, nil) }
        return (income, Shares.percent(income, of: yearlyCost))
    }
}
