import Testing

@testable import WebUI

@Suite struct PassphraseTests {
    private static let random: @Sendable (Int) -> [UInt8] = { [UInt8](repeating: 7, count: $0) }

    /// Offices of the tests make cheaper ones; a program of people must not.
    @Test func `a verifier costs 2^15 unless told, and says what it cost`() async throws {
        let usual = try await Passphrases(randomBytes: Self.random).verifier("тоо суу жол")
        let cheap = Passphrases(logRounds: 10, randomBytes: Self.random)
        #expect(usual.hasPrefix("scrypt$15$8$1$"))
        #expect(try await cheap.verifier("тоо суу жол").hasPrefix("scrypt$10$8$1$"))
        #expect(try await cheap.matches("тоо суу жол", usual))
        #expect(try await !cheap.matches("тоо суу жол!", usual))
    }
}
