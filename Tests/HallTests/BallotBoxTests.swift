import Foundation
import GRDB
import Participation
import Synchronization
import Testing

@testable import Hall

/// Seats, rounds and the box in which ballots wait.
struct BallotBoxTests {
    @Test func `a ballot sent again takes the place of the one before`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 3)
            let token = try await test.box.seat(code: round.code)
            for words in [["бир"], ["бир", "эки"], ["бир", "эки"]] {
                #expect(try await test.box.take(.stickers(words), from: token) == .counted)
            }
            #expect(try await test.box.standing()?.sent == 1)
            #expect(try await test.box.own(token)?.ballot == .stickers(["бир", "эки"]))
            let result = try await test.close(round)
            #expect(result.votes == 2)
        }
    }

    @Test func `tokens of nowhere, of another round and of a closed one are refused`() async throws
    {
        try await TestBox.with { test in
            let first = try await test.open(people: 2)
            let token = try await test.box.seat(code: first.code)
            let forged = SeatToken(
                round: first.id.text, random: token.random, key: Array(repeating: 1, count: 32))
            await #expect(throws: BallotRefusal.unknownSeat) {
                try await test.box.take(.stickers(["жол"]), from: forged)
            }
            await #expect(throws: BallotRefusal.wrongCode) {
                try await test.box.seat(code: "00000")
            }
            _ = try await test.box.take(.stickers(["жол"]), from: token)
            _ = try await test.close(first)
            await #expect(throws: BallotRefusal.closedRound) {
                try await test.box.take(.stickers(["суу"]), from: token)
            }
            let second = try await test.open(people: 2)
            await #expect(throws: BallotRefusal.closedRound) { try await test.box.check(token) }
            let nowhere = SeatToken(round: "nowhere", random: token.random, key: [1])
            await #expect(throws: BallotRefusal.unknownSeat) { try await test.box.check(nowhere) }
            #expect(try await test.box.standing()?.sent == 0)
            _ = try await test.close(second)
            await #expect(throws: BallotRefusal.noRound) {
                try await test.box.seat(code: second.code)
            }
        }
    }

    @Test func `seats beyond the people in the room wait until they are let in`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 2)
            var receipts: [BallotReceipt] = []
            for number in 1...4 {
                let token = try await test.box.seat(code: round.code)
                receipts.append(try await test.box.take(.stickers(["\(number)"]), from: token))
            }
            #expect(receipts == [.counted, .counted, .waiting, .waiting])
            var standing = try #require(try await test.box.standing())
            #expect((standing.sent, standing.waiting) == (2, 2))
            try await test.box.expect(3, in: round.id)
            standing = try #require(try await test.box.standing())
            #expect((standing.sent, standing.waiting) == (3, 1))
            // Who was told "counted" is not put out again.
            await #expect(throws: RoundRefusal.wrongNumber(least: 3, most: Round.mostPeople)) {
                try await test.box.expect(2, in: round.id)
            }
            let result = try await test.close(round)
            #expect(Set(result.words) == ["1", "2", "3"])
        }
    }

    @Test func `no phone can fill the disk with seats`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 1)
            for _ in 0..<(1 + Round.mostWaiting) {
                let token = try await test.box.seat(code: round.code)
                _ = try await test.box.take(.stickers(["көп"]), from: token)
            }
            let token = try await test.box.seat(code: round.code)
            await #expect(throws: BallotRefusal.roomFull) {
                try await test.box.take(.stickers(["көп"]), from: token)
            }
        }
    }

    @Test func `what was received is there after the program was cut off`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 5)
            let token = try await test.box.seat(code: round.code)
            _ = try await test.box.take(.stickers(["суу жок", "жол"]), from: token)
            // The first box is never closed: the second one finds what the disk has.
            let again = try BallotBox(folder: test.folder, randomBytes: test.random)
            #expect(try await again.standing()?.sent == 1)
            #expect(try await again.own(token)?.ballot == .stickers(["суу жок", "жол"]))
            let mode = try await again.queue.read { db in
                try Int.fetchOne(db, sql: "PRAGMA synchronous")
            }
            #expect(mode == 2)
            try again.close()
        }
    }

    @Test func `a closing that was cut off comes to the same when it is done again`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 6)
            for seat in 1...6 {
                let token = try await test.box.seat(code: round.code)
                let ballot = Ballot.stickers((1...seat % 5 + 1).map { "\(seat).\($0)" })
                _ = try await test.box.take(ballot, from: token)
            }
            let first = try await test.box.close(round.id, makeID: test.ids()).result
            await #expect(throws: BallotRefusal.noRound) {
                try await test.box.seat(code: round.code)
            }
            // As after a start: another box, other ids, other chance.
            let again = try BallotBox(
                folder: test.folder, randomBytes: { Array(repeating: 3, count: $0) })
            let second = try await again.close(round.id, makeID: test.ids()).result
            #expect(first == second)
            try again.close()
        }
        try await TestBox.with { test in
            let round = try await test.open(people: 2)
            let token = try await test.box.seat(code: round.code)
            _ = try await test.box.take(.stickers(["а", "б"]), from: token)
            let first = try await test.box.close(round.id, makeID: test.ids()).result
            let second = try await test.box.close(round.id, makeID: test.ids()).result
            #expect(first == second)
            try await test.box.end(round.id, now: 9)
            #expect(try await test.box.standing() == nil)
            let last = try #require(try await test.box.lastClosed(round.event))
            #expect((last.sent, last.votes) == (1, 2))
            let left = try await test.box.queue.read { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \"ballot\"")
            }
            #expect(left == 0)
        }
    }

    @Test func `the order of the result says nothing of who sent first`() async throws {
        var orders: Set<[String]> = []
        for seed in 1...6 as ClosedRange<UInt64> {
            try await TestBox.with(seed: seed) { test in
                let round = try await test.open(people: 12)
                for seat in 1...12 {
                    let token = try await test.box.seat(code: round.code)
                    _ = try await test.box.take(.stickers(["\(seat)"]), from: token)
                }
                let result = try await test.close(round)
                #expect(result.words.count == 12)
                #expect(result.words != (1...12).map(String.init))
                orders.insert(result.words)
            }
        }
        #expect(orders.count == 6)
    }

    @Test func `dots are counted by option, one of each seat for each`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 3, options: ["жол", "суу", "клуб"])
            for dots in [[0, 1], [1], [1, 2]] {
                let token = try await test.box.seat(code: round.code)
                _ = try await test.box.take(.dots(dots), from: token)
            }
            let token = try await test.box.seat(code: round.code)
            await #expect(throws: BallotRefusal.unknownOption) {
                try await test.box.take(.dots([3]), from: token)
            }
            await #expect(throws: BallotRefusal.tooMany(most: 2)) {
                try await test.box.take(.dots([0, 1, 2]), from: token)
            }
            await #expect(throws: BallotRefusal.wrongKind) {
                try await test.box.take(.stickers(["жол"]), from: token)
            }
            #expect(try await test.close(round) == .dots([1, 3, 1]))
        }
    }

    @Test func `one round at a time, for as many people as a room holds`() async throws {
        try await TestBox.with { test in
            for people in [0, -1, 501, Int.max] {
                await #expect(throws: RoundRefusal.wrongNumber(least: 1, most: 500)) {
                    _ = try await test.open(people: people)
                }
            }
            _ = try await test.open(people: 5)
            await #expect(throws: RoundRefusal.otherRoundOpen) {
                _ = try await test.open(people: 5)
            }
        }
    }

    @Test func `a file that is damaged is put aside and a meeting goes on`() async throws {
        try await TestBox.with { test in
            try test.box.close()
            let path = test.folder.appendingPathComponent(BallotBox.fileName)
            for ending in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: path.path + ending)
            }
            try Data(repeating: 7, count: 9000).write(to: path)
            let again = try BallotBox(folder: test.folder, randomBytes: test.random)
            #expect(try await again.standing() == nil)
            try again.close()
            let names = try FileManager.default.contentsOfDirectory(atPath: test.folder.path)
            #expect(names.contains { $0.hasPrefix("ballots.db.damaged-") })
        }
    }

    @Test func `a full disk is said, and what was there stays`() async throws {
        try await TestBox.with { test in
            let round = try await test.open(people: 50)
            let token = try await test.box.seat(code: round.code)
            _ = try await test.box.take(.stickers(["биринчи"]), from: token)
            try await test.box.queue.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages)")
            }
            let speech = Ballot.stickers(
                Array(repeating: String(repeating: "ө", count: 300), count: 5))
            var isFull = false
            for _ in 0..<40 {
                let next = try await test.box.seat(code: round.code)
                do {
                    _ = try await test.box.take(speech, from: next)
                } catch BallotRefusal.diskFull {
                    isFull = true
                    break
                }
            }
            #expect(isFull)
            #expect(try await test.box.own(token)?.ballot == .stickers(["биринчи"]))
        }
    }
}

extension RoundResult {
    /// The words of stickers in the result's order.
    var words: [String] {
        if case .stickers(let stickers) = self { stickers.map(\.text) } else { [] }
    }
}
