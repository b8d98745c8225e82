import Synchronization

/// How much each address may ask for: more than any phone needs, less than hurts the others.
///
/// A bucket that fills at a steady rate (a "token bucket"): a class behind one router may come at
/// once, a program that asks ten thousand times is sent away after the first few hundred.
final class HallAllowance: Sendable {
    /// Requests an address may make at once.
    static let most = 600.0
    /// Requests a second it gets back.
    static let rate = 40.0
    /// Addresses that are remembered; those that rested longest are forgotten first.
    static let addresses = 2000

    private struct Bucket {
        var left: Double
        var at: ContinuousClock.Instant
    }

    private let buckets = Mutex([String: Bucket]())

    /// Whether the address may ask now. A writing costs as much as several pages.
    func takes(
        _ address: String, cost: Double, at now: ContinuousClock.Instant = .now
    ) -> Bool {
        buckets.withLock { buckets in
            if buckets[address] == nil, buckets.count >= Self.addresses {
                let oldest = buckets.sorted { $0.value.at < $1.value.at }.prefix(200)
                for entry in oldest { buckets.removeValue(forKey: entry.key) }
            }
            var bucket = buckets[address] ?? Bucket(left: Self.most, at: now)
            let rest = bucket.at.duration(to: now)
            let seconds =
                Double(rest.components.seconds) + Double(rest.components.attoseconds) * 1e-18
            bucket.left = min(Self.most, bucket.left + max(0, seconds) * Self.rate)
            bucket.at = now
            let isGiven = bucket.left >= cost
            if isGiven { bucket.left -= cost }
            buckets[address] = bucket
            return isGiven
        }
    }
}
