import Foundation
import GRDB
import Participation

extension BallotBox: BallotSlot {
    /// A new seat of the open round; nothing is kept of it.
    public func seat(code: String) async throws -> SeatToken {
        let digits = code.filter(\.isWholeNumber)
        let random = randomBytes(16)
        return try await reading { db in
            guard let current = try Self.current(db), current.round.state == .open else {
                throw BallotRefusal.noRound
            }
            guard digits == current.round.code else { throw BallotRefusal.wrongCode }
            return SeatToken(round: current.round.id.text, random: random, key: current.key)
        }
    }

    /// Whether the token is a seat of the open round.
    public func check(_ token: SeatToken) async throws {
        try await reading { _ = try Self.open(token, $0) }
    }

    /// Puts the ballot on the disk in place of what the seat sent before.
    public func take(_ ballot: Ballot, from token: SeatToken) async throws -> BallotReceipt {
        do {
            return try await write { db in
                let round = try Self.open(token, db).round
                try Self.fits(ballot, round)
                let place = try Self.place(token.seat, round.id, db)
                if place == nil {
                    let seats = try Self.seats(round.id, db)
                    guard seats < round.expected + Round.mostWaiting else {
                        throw BallotRefusal.roomFull
                    }
                }
                try db.execute(
                    sql: """
                        INSERT INTO "ballot" ("round", "seat", "content") VALUES (?, ?, ?)
                        ON CONFLICT ("round", "seat") DO UPDATE SET "content" = excluded."content"
                        """,
                    arguments: [round.id.text, Data(token.seat), try Self.text(ballot)])
                let mine = try place ?? Self.seats(round.id, db)
                return mine <= round.expected ? .counted : .waiting
            }
        } catch let fault as BoxFault {
            throw fault.refusal
        }
    }

    /// What the seat sent itself.
    public func own(_ token: SeatToken) async throws -> OwnBallot? {
        try await reading { db in
            let round = try Self.open(token, db).round
            let content = try String.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT "content" FROM "ballot" WHERE "round" = ? AND "seat" = ?
                        """), arguments: [round.id.text, Data(token.seat)])
            guard let ballot = content.flatMap({ Self.value($0, as: Ballot.self) }),
                let place = try Self.place(token.seat, round.id, db)
            else { return nil }
            return OwnBallot(
                ballot: ballot, receipt: place <= round.expected ? .counted : .waiting)
        }
    }

    private func reading<Result: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        do {
            return try await queue.read(work)
        } catch is DatabaseError {
            throw BallotRefusal.notKept
        }
    }

    /// The open round, if the token is a seat of it.
    private static func open(_ token: SeatToken, _ db: Database) throws -> KeyedRound {
        guard let keyed = try round(token.round, db) else { throw BallotRefusal.unknownSeat }
        guard keyed.round.state == .open else { throw BallotRefusal.closedRound }
        guard token.isGenuine(keyed.key) else { throw BallotRefusal.unknownSeat }
        return keyed
    }

    private static func fits(_ ballot: Ballot, _ round: Round) throws {
        switch (ballot, round.kind) {
        case (.stickers(let words), .stickers):
            guard words.count <= round.perSeat else {
                throw BallotRefusal.tooMany(most: round.perSeat)
            }
        case (.dots(let options), .dots):
            guard options.allSatisfy({ round.options.indices.contains($0) }) else {
                throw BallotRefusal.unknownOption
            }
            guard options.count <= round.perSeat else {
                throw BallotRefusal.tooMany(most: round.perSeat)
            }
        default: throw BallotRefusal.wrongKind
        }
    }
}
