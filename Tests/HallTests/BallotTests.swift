import Participation
import Testing

@testable import Hall

/// What a seat may give, and what of a record may be seen in the hall.
struct BallotTests {
    @Test func `stickers are words in order, empty ones are left out`() throws {
        let ballot = try Ballot.stickers(from: ["  жол \n начар ", "", " ", "суу"])
        #expect(ballot == .stickers(["жол начар", "суу"]))
        #expect(ballot.votes == 2)
    }

    @Test(arguments: [
        ([String(repeating: "а", count: 10_000)], BallotRefusal.tooLong(sticker: 1)),
        (["жол", String(repeating: "а", count: 301)], .tooLong(sticker: 2)),
        ([String(repeating: "а", count: 1_000_000)], .tooLong(sticker: 1)),
        (Array(repeating: "жол", count: 6), .tooMany(most: 5)),
        (["", " \t\n"], .empty), ([], .empty),
        (["жол", "су\u{0}у"], .notPlain(sticker: 2)),
        (["\u{202E}лож"], .notPlain(sticker: 1)),
    ])
    func `other stickers are refused by name`(_ texts: [String], _ refusal: BallotRefusal) {
        #expect(throws: refusal) { try Ballot.stickers(from: texts) }
    }

    @Test func `HTML is text like any other`() throws {
        let words = "<script>alert(1)</script>"
        #expect(try Ballot.stickers(from: [words]) == .stickers([words]))
    }

    @Test(arguments: [
        (["3"], BallotRefusal.unknownOption), (["-1"], .unknownOption), (["1e9"], .unknownOption),
        (["99999999999999999999"], .unknownOption), ([], .empty),
        (["0", "1", "2"], .tooMany(most: 2)),
    ])
    func `other dots are refused`(_ numbers: [String], _ refusal: BallotRefusal) {
        #expect(throws: refusal) { try Ballot.dots(from: numbers, options: 3, most: 2) }
    }

    @Test func `a dot pressed twice is one`() throws {
        #expect(try Ballot.dots(from: ["1", "1"], options: 3, most: 2) == .dots([1]))
    }

    /// Every field of every record: what is not open makes no text for the hall.
    @Test func `only open fields become texts of the hall`() throws {
        let id = try #require(RecordID("r"))
        var open = 0
        for entity in Entity.all {
            var record = Record(entity.name, id)
            for field in entity.fields {
                record.values[field.name] = .text("Сыр \(field.name)")
                guard let text = field as? Field<String> else { continue }
                let shown = OpenText(record, text)
                #expect((shown != nil) == (text.privacy == .open), "\(entity.name).\(field.name)")
                if shown != nil { open += 1 }
            }
        }
        #expect(open > 20)
    }

    @Test(arguments: ["", "  ", "а\u{0}б", String(repeating: "а", count: 201)])
    func `an announcement is a plain line`(_ text: String) {
        #expect(throws: InputProblem.self) { try OpenText(announced: text) }
    }

    @Test func `a QR code is a square with a quiet zone, of another path for another address`()
        throws
    {
        let first = try #require(QRPicture("http://192.168.1.5:7880/j/12345"))
        let second = try #require(QRPicture("http://192.168.1.5:7880/j/12346"))
        #expect(first.path != second.path)
        // Sizes of the standard are 21, 25, 29 …
        #expect((first.size - 8 - 17) % 4 == 0)
        // The finder in the corner: a line of seven dark modules behind the quiet zone.
        #expect(first.path.hasPrefix("M4 4h7v1h-7z"))
        #expect(QRPicture(String(repeating: "ы", count: 4000)) == nil)
    }

    @Test func `an address that asks too much waits, and the others do not`() {
        let allowance = HallAllowance()
        let now = ContinuousClock.now
        let taken = (0..<10_000).count { _ in allowance.takes("10.0.0.9", cost: 1, at: now) }
        #expect(taken == Int(HallAllowance.most))
        #expect(allowance.takes("10.0.0.8", cost: 3, at: now))
        let later = now.advanced(by: .seconds(1))
        #expect(allowance.takes("10.0.0.9", cost: HallAllowance.rate, at: later))
        #expect(!allowance.takes("10.0.0.9", cost: 1, at: later))
        for number in 0..<5000 { _ = allowance.takes("a\(number)", cost: 1, at: now) }
    }
}
