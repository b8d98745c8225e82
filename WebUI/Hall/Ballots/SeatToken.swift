import Crypto
import Foundation

/// What a phone shows to be one seat of one round: 128 random bits and the laptop's seal over
/// them. Nothing is kept of a seat until it sends something, and a seal cannot be guessed or
/// carried to another round.
public struct SeatToken: Sendable, Equatable {
    /// The round it belongs to.
    public let round: String
    let random: [UInt8]
    private let seal: [UInt8]

    private static let half = 16

    /// Seals random bytes for a round.
    init(round: String, random: [UInt8], key: [UInt8]) {
        precondition(random.count == Self.half)
        self.round = round
        self.random = random
        seal = Self.seal(round, random, key)
    }

    /// Reads what ``text`` writes; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 200, parts.count == 3, !parts[0].isEmpty,
            let random = Self.bytes(parts[1]), let seal = Self.bytes(parts[2])
        else { return nil }
        (round, self.random, self.seal) = (String(parts[0]), random, seal)
    }

    /// The token as a cookie keeps it.
    public var text: String { "\(round).\(Self.hex(random)).\(Self.hex(seal))" }

    /// The name under which the box keeps what the seat sent: it tells nothing of the token.
    var seat: [UInt8] { Array(SHA256.hash(data: Array("ashar seat ".utf8) + random)) }

    /// A few signs by which a page knows that it is of this seat and not of the one before.
    public var tag: String { Self.hex(Array(seat.prefix(4))) }

    func isGenuine(_ key: [UInt8]) -> Bool {
        let right = Self.seal(round, random, key)
        return zip(right, seal).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func seal(_ round: String, _ random: [UInt8], _ key: [UInt8]) -> [UInt8] {
        let words = Array("ashar seat \(round) ".utf8) + random
        let code = HMAC<SHA256>.authenticationCode(for: words, using: SymmetricKey(data: key))
        return Array(Array(code).prefix(half))
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 2 * half, text.utf8.count == 2 * half else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] * 16 + digits[$0 + 1])
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
