import SyncSimulation
import Testing

/// A few histories at every change; `make simulate` plays as many as asked for.
struct HistoryTests {
    @Test func `laptops agree in the end, and every acknowledged edit is accounted for`() throws {
        for seed in UInt64(1)...60 {
            let history = try History(seed: seed)
            guard !history.violations.isEmpty else { continue }
            let told = try History(seed: seed, isTold: true)
            Issue.record(
                """
                make simulate SEED=\(seed) RUNS=1
                \(told.story.joined(separator: "\n"))
                """)
            return
        }
    }

    @Test func `one seed is one history, to the byte, told or not`() throws {
        for seed in UInt64(1)...12 {
            let history = try History(seed: seed)
            let again = try History(seed: seed, isTold: true)
            #expect(history.outcome == again.outcome, "make simulate SEED=\(seed) RUNS=1")
            #expect(history.counts == again.counts)
            #expect(history.story.isEmpty && !again.story.isEmpty)
        }
        #expect(try History(seed: 1).outcome != History(seed: 2).outcome)
    }

    @Test func `in the histories there is everything that can go wrong`() throws {
        var all = Counts()
        for seed in UInt64(1)...300 {
            all += try History(seed: seed).counts
            if all.named.allSatisfy({ $0.count > 0 }) { return }
        }
        let missing = all.named.filter { $0.count == 0 }.map(\.name)
        #expect(missing == [])
    }
}
