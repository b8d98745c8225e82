/// When a field got its value: 48 bits of milliseconds since 1970 and 16 bits that count on
/// within a millisecond. An order, not a time to believe in.
public struct Stamp: Sendable, Hashable, Comparable {
    /// The 64 bits.
    public let bits: UInt64

    /// Milliseconds that fit 48 bits: until the year 10889.
    public static let latest: UInt64 = (1 << 48) - 1

    /// Reads 64 bits.
    public init(bits: UInt64) { self.bits = bits }

    /// The first stamp of a millisecond; later ones than ``latest`` count as it.
    public init(milliseconds: UInt64) { bits = min(milliseconds, Self.latest) << 16 }

    /// Milliseconds since 1970.
    public var milliseconds: UInt64 { bits >> 16 }

    /// The next stamp; the last one has none and stays.
    public var next: Stamp { Stamp(bits: bits == .max ? .max : bits + 1) }

    /// The stamp for an edit made now after having seen a value: later than both.
    public static func forEdit(now milliseconds: UInt64, replacing seen: Stamp?) -> Stamp {
        let now = Stamp(milliseconds: milliseconds)
        guard let seen, seen >= now else { return now }
        return seen.next
    }

    /// Earlier before later.
    public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}

/// Which edit a field's value comes from. The greatest version of a field wins on every laptop,
/// whoever merges: a total order, because no two edits of a field share stamp and log, unless a
/// laptop was cloned; then ``MultiValueRegister`` compares their contents.
public struct Version: Sendable, Hashable, Comparable {
    /// When, as far as order goes.
    public let stamp: Stamp
    /// In whose log.
    public let branch: Branch

    /// Names an edit.
    public init(stamp: Stamp, branch: Branch) {
        self.stamp = stamp
        self.branch = branch
    }

    /// Stamp, then device, then epoch.
    public static func < (left: Self, right: Self) -> Bool {
        left.stamp == right.stamp ? left.branch < right.branch : left.stamp < right.stamp
    }
}
