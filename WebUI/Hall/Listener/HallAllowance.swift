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

    /// Streams an address may keep open: a room behind one router, not all of the hall's places.
    static let streams = 300

    private let buckets = Mutex([String: Bucket]())
    private let open = Mutex([String: Int]())

    /// Whether the address may open one more stream; each that was opened is closed once.
    func opensStream(_ address: String) -> Bool {
        open.withLock { open in
            guard open[address, default: 0] < Self.streams else { return false }
            open[address, default: 0] += 1
            return true
        }
    }

    /// One of its streams has ended.
    func closeStream(_ address: String) {
        open.withLock { open in
            let left = open[address, default: 1] - 1
            open[address] = left > 0 ? left : nil
        }
    }

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
