/// Shares of a whole in hundredths of a percent: whole numbers, so that 100 % is exactly 100 % (R12).
public enum TokochShares {
    /// 100 %.
    public static let whole = 10_000

    /// A percentage in hundredths, rounded; nothing below 0 and nothing above 100 %.
    public static func hundredths(_ percent: Double) -> Int {
        guard percent.isFinite else { return 0 }
        return Int((min(max(percent, 0), 100) * 100).rounded())
    }

    /// Hundredths as the percentage that a record holds.
    public static func percent(_ hundredths: Int) -> Double { Double(hundredths) / 100 }

    /// A whole divided by weights so that the parts add up to it exactly: each part is rounded
    /// down to a multiple of `step`, and what is left goes to those that lost most by it (largest
    /// remainder, as seats of a parliament are given). Weights below 0 count as 0; without any
    /// weight there are no parts.
    public static func fitted(_ weights: [Int], to whole: Int = whole, step: Int = 1) -> [Int] {
        let weights = weights.map { min(max($0, 0), Limits.money.upperBound) }
        let sum = weights.reduce(0, +)
        guard sum > 0, step > 0, whole >= 0, whole <= Self.whole else {
            return weights.map { _ in 0 }
        }
        let steps = whole / step
        var parts = weights.map { $0.multipliedReportingOverflow(by: steps).partialValue / sum }
        let remainders = weights.map { $0 * steps % sum }
        let order = weights.indices.sorted {
            remainders[$0] == remainders[$1] ? $0 < $1 : remainders[$0] > remainders[$1]
        }
        for index in order.prefix(steps - parts.reduce(0, +)) { parts[index] += 1 }
        parts = parts.map { $0 * step }
        // What is less than a step goes to the largest.
        if let largest = order.max(by: { parts[$0] < parts[$1] }) {
            parts[largest] += whole - parts.reduce(0, +)
        }
        return parts
    }

    /// The share that a sum is of a whole budget; nil where the budget is not known.
    public static func hundredths(of amount: Int, in total: Int?) -> Int? {
        guard let total, total > 0, (0...Limits.money.upperBound).contains(amount) else {
            return nil
        }
        return min(whole, (amount * whole + total / 2) / total)
    }

    /// The sum that a share of a whole budget is; nil where the budget is not known.
    public static func amount(of hundredths: Int, in total: Int?) -> Int? {
        guard let total, total > 0, total <= Limits.money.upperBound else { return nil }
        return (total * min(max(hundredths, 0), whole) + whole / 2) / whole
    }
}
