import Foundation
import GRDB
public import Participation

/// What a facilitator wants to ask.
public struct RoundPlan: Sendable {
    /// The meeting.
    public let event: RecordID
    /// Stickers or dots.
    public let kind: RoundKind
    /// What is asked.
    public let question: OpenText
    /// Stickers or dots of each seat.
    public let perSeat: Int
    /// What dots may be given to; empty for stickers.
    public let options: [Round.Option]
    /// How many people are in the room.
    public let expected: Int

    /// A round that is not opened yet.
    public init(
        event: RecordID, kind: RoundKind, question: OpenText, perSeat: Int,
        options: [Round.Option] = [], expected: Int
    ) {
        (self.event, self.kind, self.question) = (event, kind, question)
        (self.perSeat, self.options, self.expected) = (perSeat, options, expected)
    }
}

/// What the facilitator does at the desk.
extension BallotBox {
    /// Opens a round; one at a time.
    /// - Throws: ``RoundRefusal``.
    public func open(_ plan: RoundPlan, id: RecordID, now: UInt64) async throws {
        guard (1...Round.mostPeople).contains(plan.expected) else {
            throw RoundRefusal.wrongNumber(least: 1, most: Round.mostPeople)
        }
        let key = randomBytes(32)
        // Digits are on every phone's keyboard, whatever its language.
        let code = String(10_000 + randomBytes(4).reduce(0) { $0 << 8 | Int($1) } % 90_000)
        try await changing { db in
            guard try Self.current(db) == nil else { throw RoundRefusal.otherRoundOpen }
            try db.execute(
                sql: """
                    INSERT INTO "round" ("id", "event", "kind", "question", "perSeat", "options",
                        "code", "expected", "state", "openedAt", "key")
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?)
                    """,
                arguments: [
                    id.text, plan.event.text, plan.kind.rawValue, try Self.text(plan.question),
                    plan.perSeat, try Self.text(plan.options), code, plan.expected,
                    Int64(clamping: now), Data(key),
                ])
        }
    }

    /// How the round that is not closed stands; nil where there is none.
    public func standing() async throws -> RoundStanding? {
        try await queue.read { db in
            try Self.current(db).map { keyed in
                let seats = try Self.seats(keyed.round.id, db)
                let sent = min(seats, keyed.round.expected)
                return RoundStanding(
                    round: keyed.round, sent: sent, waiting: seats - sent, votes: nil)
            }
        }
    }

    /// The last round of a meeting that is over; nil where there was none.
    public func lastClosed(_ event: RecordID) async throws -> RoundStanding? {
        try await queue.read { db in
            let id = try String.fetchOne(
                db,
                sql: """
                    SELECT "id" FROM "round" WHERE "event" = ? AND "state" = 'closed'
                    ORDER BY "number" DESC LIMIT 1
                    """, arguments: [event.text])
            return try id.flatMap { try Self.round($0, db) }.map {
                RoundStanding(round: $0.round, sent: $0.sent, waiting: 0, votes: $0.votes)
            }
        }
    }

    /// Says how many people are in the room; those who wait are let in in the order they sent.
    public func expect(_ people: Int, in id: RecordID) async throws {
        try await changing { db in
            guard let keyed = try Self.round(id.text, db), keyed.round.state == .open else {
                throw RoundRefusal.notOpen
            }
            // Whoever was told that the ballot counts must not be put out again.
            let least = max(1, min(try Self.seats(id, db), keyed.round.expected))
            guard (least...Round.mostPeople).contains(people) else {
                throw RoundRefusal.wrongNumber(least: least, most: Round.mostPeople)
            }
            try db.execute(
                sql: "UPDATE \"round\" SET \"expected\" = ? WHERE \"id\" = ?",
                arguments: [people, id.text])
        }
    }

    /// Ends the sending. What comes of the round is decided once and is the same at each call
    /// until ``end(_:now:)``. `makeID` makes the ids of stickers.
    public func close(
        _ id: RecordID, makeID: @escaping @Sendable () -> RecordID
    ) async throws -> (round: Round, result: RoundResult) {
        let random = RandomBytes(randomBytes)
        return try await changing { db in
            guard let keyed = try Self.round(id.text, db), keyed.round.state != .closed else {
                throw RoundRefusal.notOpen
            }
            if keyed.round.state == .closing, let result = keyed.result {
                return (keyed.round, result)
            }
            let contents = try String.fetchAll(
                db,
                sql: """
                    SELECT "content" FROM "ballot" WHERE "round" = ? ORDER BY "arrival" LIMIT ?
                    """, arguments: [id.text, keyed.round.expected])
            let ballots = contents.compactMap { Self.value($0, as: Ballot.self) }
            let result = Self.result(ballots, keyed.round, random, makeID)
            try db.execute(
                sql: """
                    UPDATE "round" SET "state" = 'closing', "result" = ?, "sent" = ?, "key" = x''
                    WHERE "id" = ?
                    """, arguments: [try Self.text(result), ballots.count, id.text])
            return (keyed.round, result)
        }
    }

    /// The result is in the records: what the seats sent is wiped out, the counts stay.
    public func end(_ id: RecordID, now: UInt64) async throws {
        try await changing { db in
            guard let keyed = try Self.round(id.text, db), keyed.round.state == .closing else {
                return
            }
            try db.execute(sql: "DELETE FROM \"ballot\" WHERE \"round\" = ?", arguments: [id.text])
            try db.execute(
                sql: """
                    UPDATE "round" SET "state" = 'closed', "closedAt" = ?, "votes" = ?,
                        "result" = NULL
                    WHERE "id" = ?
                    """,
                arguments: [Int64(clamping: now), keyed.result?.votes ?? 0, id.text])
        }
    }

    /// A setting of the room; nil where it was never set.
    public func setting(_ name: RoomSetting) async throws -> String? {
        try await queue.read { db in
            try String.fetchOne(
                db, sql: "SELECT \"text\" FROM \"setting\" WHERE \"name\" = ?",
                arguments: [name.rawValue])
        }
    }

    /// Sets it; nil takes it away.
    public func set(_ name: RoomSetting, to text: String?) async throws {
        try await changing { db in
            guard let text else {
                return try db.execute(
                    sql: "DELETE FROM \"setting\" WHERE \"name\" = ?", arguments: [name.rawValue])
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO \"setting\" (\"name\", \"text\") VALUES (?, ?)",
                arguments: [name.rawValue, text])
        }
    }

    private func changing<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        do {
            return try await write(work)
        } catch let fault as BoxFault {
            throw fault.roundRefusal
        }
    }

    private static func result(
        _ ballots: [Ballot], _ round: Round, _ random: RandomBytes, _ makeID: () -> RecordID
    ) -> RoundResult {
        var random = random
        switch round.kind {
        case .stickers:
            let shuffled = ballots.shuffled(using: &random)
            return .stickers(
                shuffled.enumerated().flatMap { index, ballot -> [RoundResult.Sticker] in
                    guard case .stickers(let texts) = ballot else { return [] }
                    return texts.map {
                        .init(id: makeID().text, seat: index + 1, text: $0)
                    }
                })
        case .dots:
            var counts = round.options.map { _ in 0 }
            for case .dots(let options) in ballots {
                for option in options where counts.indices.contains(option) {
                    counts[option] += 1
                }
            }
            return .dots(counts)
        }
    }
}

/// What the facilitator set for the room of this laptop.
public enum RoomSetting: String, Sendable {
    /// The id of the meeting on the projector.
    case meeting
    /// The Wi-Fi that phones join.
    case network
}

/// The program's randomness for shuffling.
private struct RandomBytes: RandomNumberGenerator, Sendable {
    let bytes: @Sendable (Int) -> [UInt8]

    init(_ bytes: @escaping @Sendable (Int) -> [UInt8]) { self.bytes = bytes }

    mutating func next() -> UInt64 { bytes(8).reduce(0) { $0 << 8 | UInt64($1) } }
}
