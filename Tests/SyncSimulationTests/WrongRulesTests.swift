import SyncSimulation
import Testing

/// Laptops that work wrongly are found out: a check that finds nothing here would find nothing.
struct WrongRulesTests {
    /// The first seed in whose history something of this kind is found under some rules.
    private static func seed(of kind: Violation.Kind, under rules: Rules) throws -> UInt64? {
        try (UInt64(1)...300).first { seed in
            try History(seed: seed, rules: rules).violations.contains { $0.kind == kind }
        }
    }

    @Test func `stamps of the wall clock alone let a value stay that was put aside`() throws {
        #expect(try Self.seed(of: .buried, under: Rules(stamps: .wallClock)) != nil)
    }

    @Test func `where the last to come wins, laptops stay apart`() throws {
        #expect(try Self.seed(of: .apart, under: Rules(merge: .lastToCome)) != nil)
    }

    @Test func `a merge that ignores what was seen loses conflicts`() throws {
        #expect(try Self.seed(of: .lost, under: Rules(merge: .ignoringBase)) != nil)
    }

    @Test(arguments: [Violation.Kind.apart, .unnoticedFork])
    func `a backup that goes on under its epoch unnoticed`(_ kind: Violation.Kind) throws {
        #expect(try Self.seed(of: kind, under: Rules(forks: .unnoticed)) != nil)
    }

    @Test func `entries of a removed laptop beyond its cut have an effect when merged`() throws {
        #expect(try Self.seed(of: .beyondCut, under: Rules(cuts: .ignored)) != nil)
    }
}
