import Crypto
import CryptoExtras
import Dispatch
import Foundation

/// Makes and checks passphrase verifiers with scrypt (RFC 7914), one at a time and away from the
/// threads that answer requests: a hundred guesses a second cannot slow the office down.
struct Passphrases: Sendable {
    /// Cost 2^15, block size 8: about a tenth of a second, 32 MiB.
    static let usualLogRounds = 15
    static let shortest = 10
    private static let waiting = 16

    private let queue = DispatchQueue(label: "kg.ashar.passphrases")
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let logRounds: Int
    private let slots = Slots(most: waiting)

    /// More people are logging in at once than this laptop can check.
    struct Busy: Error {}

    /// `logRounds` is the cost of what is made here, 10 to 20; what others made says its own.
    init(
        logRounds: Int = Passphrases.usualLogRounds,
        randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.logRounds = logRounds
        self.randomBytes = randomBytes
    }

    /// `scrypt$logN$r$p$salt$hash` in hexadecimal digits.
    func verifier(_ passphrase: String) async throws -> String {
        let salt = randomBytes(16)
        let hash = try await derive(passphrase, salt, logRounds)
        return "scrypt$\(logRounds)$8$1$\(Self.hexadecimal(salt))$\(Self.hexadecimal(hash))"
    }

    /// Whether a passphrase is the verifier's. Without a verifier it takes as long and is false,
    /// so that nobody learns which logins there are.
    func matches(_ passphrase: String, _ verifier: String?) async throws -> Bool {
        let parts = (verifier ?? "").split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
            (10...20).contains(rounds), parts[2] == "8", parts[3] == "1",
            let salt = Self.bytes(parts[4]), let expected = Self.bytes(parts[5])
        else {
            _ = try await derive(passphrase, [UInt8](repeating: 0, count: 16), logRounds)
            return false
        }
        let found = try await derive(passphrase, salt, rounds)
        guard found.count == expected.count else { return false }
        return zip(found, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private func derive(_ passphrase: String, _ salt: [UInt8], _ logRounds: Int) async throws
        -> [UInt8]
    {
        guard await slots.take() else { throw Busy() }
        defer { Task.detached { [slots] in await slots.give() } }
        let text = Array(passphrase.precomposedStringWithCompatibilityMapping.utf8.prefix(1024))
        return try await withCheckedThrowingContinuation { continuation in
            queue.async {
                continuation.resume(
                    with: Result {
                        try KDF.Scrypt.deriveKey(
                            from: text, salt: salt, outputByteCount: 32, rounds: 1 << logRounds,
                            blockSize: 8, parallelism: 1
                        ).withUnsafeBytes { Array($0) }
                    })
            }
        }
    }

    private actor Slots {
        private let most: Int
        private var taken = 0

        init(most: Int) { self.most = most }

        func take() -> Bool {
            guard taken < most else { return false }
            taken += 1
            return true
        }

        func give() { taken -= 1 }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}
