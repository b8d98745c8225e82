import Foundation
import SyncSimulation
import Testing

/// `make simulate SEED=… RUNS=…` runs as many histories as asked for; a failure names its seed.
struct HistoryTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["ASHAR_SEED"].flatMap { UInt64($0) } ?? 1
    private static let runs = environment["ASHAR_RUNS"].flatMap { UInt64($0) } ?? 3000

    @Test func `laptops that were apart agree, and no edit is buried by what its author saw`() {
        for seed in Self.seed..<Self.seed + Self.runs {
            let history = History(seed: seed, laptops: 2 + Int(seed % 5))
            #expect(history.converged, "ASHAR_SEED=\(seed)")
            #expect(history.buried == 0, "ASHAR_SEED=\(seed)")
            if !history.converged || history.buried > 0 { return }
        }
    }

    @Test func `one seed is one history`() {
        #expect(History(seed: 11).replicas == History(seed: 11).replicas)
        #expect(History(seed: 11).edits.count != History(seed: 12, steps: 200).edits.count)
    }

    @Test func `the check fails when stamps follow the wall clock alone`() {
        let buried = (UInt64(1)...200).reduce(0) {
            $0 + History(seed: $1, stamps: .wallClock).buried
        }
        #expect(buried > 0)
    }

    @Test func `the check fails when the last to come wins`() {
        let apart = (UInt64(1)...200).count { !History(seed: $0, merge: .lastToCome).converged }
        #expect(apart > 0)
    }
}
