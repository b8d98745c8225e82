/// How often a pairing may be tried, on each side. A number of six digits is safe only because
/// it cannot be tried often.
public struct PairingLimits: Sendable, Equatable {
    /// How long one ceremony may last.
    public static let ceremonyMilliseconds: UInt64 = 2 * 60 * 1000
    /// Numbers that may be typed in one ceremony.
    public static let typings = 3
    /// Ceremonies in ten minutes.
    public static let inTenMinutes = 3
    /// Ceremonies in a day.
    public static let inADay = 10

    private static let tenMinutes: UInt64 = 10 * 60 * 1000
    private static let day: UInt64 = 24 * 60 * 60 * 1000

    private var begun: [UInt64] = []

    /// No ceremony yet.
    public init() {}

    /// Counts a ceremony that begins now; false where it may not. `now` is of a clock that only
    /// goes forward, in milliseconds.
    public mutating func begin(at now: UInt64) -> Bool {
        begun.removeAll { now >= $0 && now - $0 >= Self.day }
        let recent = begun.count { now < $0 || now - $0 < Self.tenMinutes }
        guard recent < Self.inTenMinutes, begun.count < Self.inADay else { return false }
        begun.append(now)
        return true
    }
}

/// Why a pairing is over, or a step of it refused.
public enum PairingFault: Error, Sendable, Hashable {
    /// A message came that has no place there; the ceremony is over.
    case outOfTurn
    /// The office is just pairing with another laptop; that goes on.
    case busy
    /// It took longer than ``PairingLimits/ceremonyMilliseconds``.
    case expired
    /// It was tried too often.
    case tooOften
    /// The other did not reveal what it had bound itself to: somebody is in between.
    case wrongCommitment
    /// The other names another TLS key than the connection has: somebody is in between.
    case otherKey
    /// A wrong number was typed; so many more may be.
    case wrongNumber(left: Int)
    /// Wrong numbers only: a person who cannot read, or somebody in between.
    case noMatch
    /// A person gave up, here or there.
    case cancelled
}
