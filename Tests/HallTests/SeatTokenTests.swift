import Testing

@testable import Hall

/// A seat's token is of one round of one laptop and of nothing else.
struct SeatTokenTests {
    private let key: [UInt8] = (0..<32).map { UInt8($0) }
    private var token: SeatToken {
        SeatToken(round: "r1", random: (0..<16).map { UInt8($0 * 7) }, key: key)
    }

    @Test func `it reads what it writes and is genuine`() throws {
        let read = try #require(SeatToken(token.text))
        #expect(read == token)
        #expect(read.isGenuine(key))
    }

    @Test func `another key, another round or another digit is no seat`() throws {
        #expect(!token.isGenuine(key.reversed()))
        let moved = token.text.replacing("r1.", with: "r2.")
        #expect(try #require(SeatToken(moved)).isGenuine(key) == false)
        var digits = Array(token.text)
        for index in digits.indices.dropFirst(3) where digits[index].isHexDigit {
            let was = digits[index]
            digits[index] = was == "0" ? "1" : "0"
            #expect(try #require(SeatToken(String(digits))).isGenuine(key) == false)
            digits[index] = was
        }
    }

    @Test(arguments: ["", ".", "..", "r", "r.00.00", "r.\(String(repeating: "g", count: 32)).x"])
    func `what is no token is none`(_ text: String) {
        #expect(SeatToken(text) == nil)
    }

    @Test func `the tag and the seat tell nothing of the token`() {
        #expect(!token.text.contains(token.tag))
        #expect(token.tag.count == 8)
    }
}
