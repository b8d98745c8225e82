import Foundation
import GRDB
import Participation

extension BallotBox {
    /// A round with the key of its seats.
    struct KeyedRound: Sendable {
        var round: Round
        let key: [UInt8]
        let result: RoundResult?
        let sent: Int
        let votes: Int?
    }

    /// The round that is not closed; nil where there is none.
    static func current(_ db: Database) throws -> KeyedRound? {
        try Row.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT * FROM \"round\" WHERE \"state\" <> 'closed' ORDER BY \"number\" LIMIT 1"
            )
        ).flatMap(keyed)
    }

    static func round(_ id: String, _ db: Database) throws -> KeyedRound? {
        try Row.fetchOne(
            db.cachedStatement(sql: "SELECT * FROM \"round\" WHERE \"id\" = ?"), arguments: [id]
        ).flatMap(keyed)
    }

    /// Seats that have sent in a round.
    static func seats(_ round: RecordID, _ db: Database) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM \"ballot\" WHERE \"round\" = ?"),
            arguments: [round.text]) ?? 0
    }

    /// How many seats had sent before and with this one; nil where it has not.
    static func place(_ seat: [UInt8], _ round: RecordID, _ db: Database) throws -> Int? {
        let arrival = try Int.fetchOne(
            db.cachedStatement(
                sql: "SELECT \"arrival\" FROM \"ballot\" WHERE \"round\" = ? AND \"seat\" = ?"),
            arguments: [round.text, Data(seat)])
        guard let arrival else { return nil }
        return try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM "ballot" WHERE "round" = ? AND "arrival" <= ?
                    """), arguments: [round.text, arrival])
    }

    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func value<Content: Decodable>(_ text: String, as type: Content.Type) -> Content? {
        try? JSONDecoder().decode(type, from: Data(text.utf8))
    }

    private static func keyed(_ row: Row) -> KeyedRound? {
        guard let id = RecordID(row["id"] as String), let event = RecordID(row["event"] as String),
            let kind = RoundKind(rawValue: row["kind"]),
            let state = Round.State(rawValue: row["state"]),
            let question = value("[\(row["question"] as String)]", as: [OpenText].self)?.first,
            let options = value(row["options"], as: [Round.Option].self)
        else { return nil }
        let round = Round(
            id: id, event: event, kind: kind, question: question, perSeat: row["perSeat"],
            options: options, code: row["code"], expected: row["expected"], state: state,
            openedAt: UInt64(clamping: row["openedAt"] as Int64),
            closedAt: (row["closedAt"] as Int64?).map { UInt64(clamping: $0) })
        return KeyedRound(
            round: round, key: Array(row["key"] as Data),
            result: (row["result"] as String?).flatMap { value($0, as: RoundResult.self) },
            sent: row["sent"], votes: row["votes"])
    }
}
