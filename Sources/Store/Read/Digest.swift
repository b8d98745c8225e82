import Crypto
import Foundation
import GRDB
import SyncCore

/// SHA-256 over the sum of all records' hashes: two laptops that show the same hold the same.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    init(_ sum: DigestSum) { bytes = Array(SHA256.hash(data: sum.bytes)) }

    /// 64 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Eight characters for people to compare, in two groups of four, without letters that look
    /// like digits (Crockford's base 32).
    public var short: String {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let bits = bytes.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let letters = (0..<8).map { alphabet[Int(bits >> (35 - 5 * UInt64($0)) & 31)] }
        return String(letters.prefix(4)) + " " + String(letters.suffix(4))
    }
}

/// The sum, modulo 2^256, of the hashes of all records. It does not depend on an order and
/// follows each change at the price of two hashes, so that the digest is known at any moment,
/// whatever the size of the store.
struct DigestSum: Sendable, Equatable {
    /// From the least significant.
    private var words: [UInt64] = [0, 0, 0, 0]

    init() {}

    /// Reads 64 hexadecimal digits; nil for anything else.
    init?(_ text: String) {
        guard text.utf8.count == 64 else { return nil }
        var words: [UInt64] = []
        for start in stride(from: 48, through: 0, by: -16) {
            guard let word = UInt64(text.dropFirst(start).prefix(16), radix: 16) else { return nil }
            words.append(word)
        }
        self.words = words
    }

    /// 32 bytes, big-endian.
    var bytes: [UInt8] {
        words.reversed().flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
    }

    mutating func add(_ hash: Hash) {
        var carry: UInt64 = 0
        for (index, word) in Self.words(hash).enumerated() {
            let (half, first) = words[index].addingReportingOverflow(word)
            let (whole, second) = half.addingReportingOverflow(carry)
            words[index] = whole
            carry = first || second ? 1 : 0
        }
    }

    mutating func subtract(_ hash: Hash) {
        var borrow: UInt64 = 0
        for (index, word) in Self.words(hash).enumerated() {
            let (half, first) = words[index].subtractingReportingOverflow(word)
            let (whole, second) = half.subtractingReportingOverflow(borrow)
            words[index] = whole
            borrow = first || second ? 1 : 0
        }
    }

    private static func words(_ hash: Hash) -> [UInt64] {
        let bytes = hash.bytes
        return stride(from: 24, through: 0, by: -8).map { start in
            bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
