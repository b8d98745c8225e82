import Foundation
import SyncSimulation

/// Plays random histories of laptops on all cores and says what did not hold.
///
///     usage: simulate [SEED [RUNS]]
///
/// Begins with SEED (1 unless told) and plays RUNS histories (1,000 unless told), one a seed. A
/// single history is told line by line. Ends with 1 where one failed, 2 where it was asked wrongly.
@main
struct Simulate {
    static func main() async throws {
        let numbers = CommandLine.arguments.dropFirst().map { UInt64($0) }
        let first = numbers.first ?? 1
        let runs = numbers.dropFirst().first ?? 1000
        guard numbers.count <= 2, let first, let runs, runs > 0,
            !first.addingReportingOverflow(runs).overflow
        else {
            FileHandle.standardError.write(Data("usage: simulate [SEED [RUNS]]\n".utf8))
            exit(2)
        }
        let begin = ContinuousClock.now
        let tally = try await play(first..<first + runs)
        let seconds = Double((ContinuousClock.now - begin).components.seconds)
        print("\(runs) histories from seed \(first) in \(Int(seconds)) s")
        for (name, count) in tally.counts.named { print("  \(name): \(count)") }
        guard let failed = tally.failed.min() else { return }
        print("\(tally.failed.count) did not hold: \(tally.failed.sorted().prefix(20))")
        try tell(failed)
        exit(1)
    }

    /// What many histories came to.
    private struct Tally {
        var counts = Counts()
        var failed: [UInt64] = []
    }

    private static func play(_ seeds: Range<UInt64>) async throws -> Tally {
        let width = UInt64(ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: Tally.self) { group in
            for lane in 0..<width {
                group.addTask {
                    var tally = Tally()
                    for seed in stride(
                        from: seeds.lowerBound + lane, to: seeds.upperBound, by: Int(width))
                    {
                        let history = try History(seed: seed)
                        tally.counts += history.counts
                        if !history.violations.isEmpty { tally.failed.append(seed) }
                    }
                    return tally
                }
            }
            var all = Tally()
            for try await tally in group {
                all.counts += tally.counts
                all.failed += tally.failed
            }
            return all
        }
    }

    /// Plays a history again, with its story.
    private static func tell(_ seed: UInt64) throws {
        let history = try History(seed: seed, isTold: true)
        print("make simulate SEED=\(seed) RUNS=1")
        for line in history.story { print(line) }
        for violation in history.violations { print(violation) }
    }
}
