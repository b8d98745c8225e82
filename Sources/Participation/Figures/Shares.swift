/// Shares in whole percent, as reports quote them.
public enum Shares {
    /// Part of all in percent, rounded half up; nil when nobody is counted or no Int can hold it.
    public static func percent(_ part: Int, of all: Int) -> Int? {
        guard all > 0 else { return nil }
        let exact = (Double(part) * 200 + Double(all)) / (Double(all) * 2)
        return Int(exactly: exact.rounded(.down))
    }

    /// The smaller of women and men in percent of all; nil for an empty group (R2).
    public static func minority(women: Int, men: Int, all: Int) -> Int? {
        percent(min(women, men), of: all)
    }
}
