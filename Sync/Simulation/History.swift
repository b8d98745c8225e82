public import SyncCore

/// A random history of several laptops: people edit the same few records apart, laptops meet over
/// a bad network, are cloned, restored, removed and admitted again, carry frames on sticks, and
/// their clocks are wrong by decades. In the end all meet all, and every acknowledged edit is
/// accounted for.
///
/// One seed is one history, to the byte. What a laptop does is done by SyncCore's own logs,
/// heads, membership, merge and session, with real hashes and real seals.
public struct History: Sendable {
    /// What did not hold; empty where all is well.
    public let violations: [Violation]
    /// How often things happened.
    public let counts: Counts
    /// A hash of what each laptop holds and shows in the end.
    public let outcome: Hash
    /// What happened, line by line, where that was asked for.
    public let story: [String]

    /// Plays a history.
    /// - Parameter isTold: whether its story is kept, which is slow.
    /// - Throws: what Crypto throws where a key or a seal cannot be made.
    public init(seed: UInt64, rules: Rules = Rules(), isTold: Bool = false) throws {
        var village = try Village(seed: seed, rules: rules, isTold: isTold)
        try village.play()
        try village.end()
        violations = village.violations
        counts = village.counts
        outcome = village.outcome
        story = village.story
    }
}
