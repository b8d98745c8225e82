import GRDB
public import Participation

extension Reader {
    /// Texts of stickers that the privacy rule looks at in one meeting.
    static let checkedStickers = 500
    /// People of a village whose names the hall's texts are searched for.
    static let checkedNeighbours = 5000

    /// A meeting with all that was written down about it; nil where there is none.
    public func session(_ id: RecordID) throws -> SessionFacts? {
        guard let event = try record(.event, id) else { return nil }
        var facts = SessionFacts(event: event)
        facts.attendances = try records(
            .attendance, where: Schema.attendance.event, is: id, limit: 2000)
        facts.people = try records(
            .person, facts.attendances.compactMap { $0[Schema.attendance.person] })
        facts.headcounts = try records(.headcount, where: Schema.headcount.event, is: id)
        facts.minutesEntries = try minutesCount(id)
        facts.problems = try records(.problem, where: Schema.problem.event, is: id)
        let stickers = try stickerCounts(id)
        let columns = Set(facts.problems.map(\.id))
        for (column, count) in stickers {
            // A sticker whose column was deleted is unsorted again, so that no vote is lost.
            if let column, columns.contains(column) {
                facts.stickers[column] = count
            } else {
                facts.unsorted += count
            }
        }
        facts.stickerTexts = try records(
            .sticker, where: Schema.sticker.event, is: id, limit: Self.checkedStickers)
        facts.seats = try busySeats(id)
        facts.mapFeatures = try count(
            .mapFeature, where: Schema.mapFeature.event.name, is: id,
            atMost: Limits.mapFeatures + 1)
        facts.slices = try records(.tokochSlice, where: Schema.tokochSlice.event, is: id)
        facts.cards = try cardCounts(id)
        facts.methods = Set(
            try records(.agendaItem, where: Schema.agendaItem.event, is: id, limit: 1000)
                .compactMap { $0[Schema.agendaItem.method] })
        return facts
    }

    /// Names of the people of a village, as many as texts for the hall are searched for.
    public func namesOfPeople(in village: RecordID) throws -> [String] {
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "fullName" FROM "person" WHERE "village" = ? AND "deleted" = 0
                    LIMIT ?
                    """), arguments: [village.text, Self.checkedNeighbours])
    }

    /// Cards of the cause and effect boards by the problem they are about.
    private func cardCounts(_ event: RecordID) throws -> [RecordID: Int] {
        let rows = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "theme", count(*) AS "count" FROM "causeEffect"
                    WHERE "event" = ? AND "deleted" = 0 GROUP BY "theme"
                    """), arguments: [event.text])
        let counts = rows.compactMap { row -> (RecordID, Int)? in
            (row["theme"] as String?).flatMap { RecordID($0) }.map { ($0, row["count"]) }
        }
        return Dictionary(counts) { first, _ in first }
    }

    private func minutesCount(_ event: RecordID) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT count(*) FROM "minutesEntry" WHERE "event" = ? AND "deleted" = 0
                    """), arguments: [event.text]) ?? 0
    }

    /// A group with its members; nil where there is none. `year` is this year.
    public func group(_ id: RecordID, year: Int) throws -> GroupFacts? {
        guard let group = try record(.group, id) else { return nil }
        let memberships = try records(.membership, where: Schema.membership.group, is: id)
        let people = try records(
            .person, memberships.compactMap { $0[Schema.membership.person] })
        return GroupFacts(
            group: group, memberships: memberships, people: people,
            residents: try group[Schema.group.cycle].map(residents) ?? [], year: year)
    }

    /// People who came to a cycle's sessions, as many as the rule of balance looks at.
    private func residents(_ cycle: RecordID) throws -> [Participation.Record] {
        let events = try records(.event, where: Schema.event.cycle, is: cycle, limit: 100)
        var people: Set<RecordID> = []
        for event in events where event[Schema.event.kind] == .session {
            let here = try records(
                .attendance, where: Schema.attendance.event, is: event.id, limit: 100)
            people.formUnion(here.compactMap { $0[Schema.attendance.person] })
            if people.count > 300 { break }
        }
        return Array(try records(.person, people).values)
    }
}
