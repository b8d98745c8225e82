import GRDB
public import Participation

extension Reader {
    /// Everything the rankings of a cycle are computed from.
    public func ballot(_ cycle: RecordID) throws -> Ballot {
        Ballot(
            problems: try problems(cycle), themes: try themes(cycle), parts: try parts(cycle))
    }

    private func themes(_ cycle: RecordID) throws -> [Ballot.Theme] {
        try records(.theme, where: Schema.theme.cycle, is: cycle).compactMap { theme in
            guard let level = theme[Schema.theme.level] else { return nil }
            return Ballot.Theme(
                id: theme.id, title: theme.title, level: level,
                village: theme[Schema.theme.village])
        }
    }

    private func parts(_ cycle: RecordID) throws -> [Ballot.Part] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT p."theme", p."part"
                    FROM "theme" AS t CROSS JOIN "themePart" AS p ON p."theme" = t."id"
                    WHERE t."cycle" = ? AND t."deleted" = 0 AND p."deleted" = 0
                    """), arguments: [cycle.text])
        var found: [Ballot.Part] = []
        while let row = try rows.next() {
            guard let theme = RecordID(row[0] as String),
                let part = (row[1] as String?).flatMap({ RecordID($0) })
            else { continue }
            found.append(Ballot.Part(theme: theme, part: part))
        }
        return found
    }

    private func problems(_ cycle: RecordID) throws -> [Ballot.Problem] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT p."id", p."title", p."event", e."village", p."votesByHand",
                        (SELECT count(*) FROM "sticker" AS s
                         WHERE s."problem" = p."id" AND s."deleted" = 0) AS "stickers"
                    FROM "event" AS e CROSS JOIN "problem" AS p ON p."event" = e."id"
                    WHERE e."cycle" = ? AND e."deleted" = 0 AND p."deleted" = 0
                    """), arguments: [cycle.text])
        var found: [Ballot.Problem] = []
        while let row = try rows.next() {
            guard let id = RecordID(row[0] as String) else { continue }
            found.append(
                Ballot.Problem(
                    id: id, title: row[1] ?? id.text,
                    event: (row[2] as String?).flatMap { RecordID($0) },
                    village: (row[3] as String?).flatMap { RecordID($0) },
                    stickers: row[5], votesByHand: row[4]))
        }
        return found
    }

    /// Stickers by column of a gallery; nil is the column of those not sorted yet.
    public func stickerCounts(_ event: RecordID) throws -> [RecordID?: Int] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "problem", count(*) AS "count" FROM "sticker"
                    WHERE "event" = ? AND "deleted" = 0 GROUP BY "problem"
                    """), arguments: [event.text])
        var counts: [RecordID?: Int] = [:]
        for row in rows {
            counts[(row["problem"] as String?).flatMap { RecordID($0) }, default: 0] +=
                row["count"]
        }
        return counts
    }

    /// Seats of a meeting that wrote more stickers than the five of rule R6.
    func busySeats(_ event: RecordID) throws -> [Int: Int] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "author", count(*) AS "count" FROM "sticker"
                    WHERE "event" = ? AND "deleted" = 0 AND "author" IS NOT NULL
                    GROUP BY "author" HAVING count(*) > ?
                    """), arguments: [event.text, StickerLimit.each])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0["author"], $0["count"]) })
    }
}
