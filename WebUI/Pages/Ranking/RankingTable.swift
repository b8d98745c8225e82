import Participation
import Store

/// The table of a ranking: a column a village for the municipality, a column a session for a
/// village.
struct RankingTable: Sendable {
    let material: RankingMaterial
    let texts: Texts
    let columns: [Column]

    struct Column: Sendable {
        let id: RecordID
        let label: String
    }

    init(_ material: RankingMaterial, _ texts: Texts) {
        self.material = material
        self.texts = texts
        if let village = material.village {
            columns = Self.sessions(of: village, material, texts)
        } else {
            columns = material.villages.map { Column(id: $0.id, label: $0.title) }
        }
    }

    /// The most votes of a row; bars are drawn against it.
    var most: Int { max(1, material.entries.first?.votes ?? 0) }

    /// Votes by column; a column in which nobody named the problem has none.
    func counts(_ entry: Ranking.Entry) -> [RecordID: Int] {
        guard material.village != nil else { return entry.byVillage }
        var counts: [RecordID: Int] = [:]
        for id in entry.problems {
            guard let problem = material.problems[id], let event = problem.event else { continue }
            counts[event, default: 0] += problem.votes
        }
        return counts
    }

    /// Where and when a problem was named.
    func about(_ problem: RecordID) -> String? {
        guard let event = material.meeting(of: problem) else { return nil }
        let village = event[Schema.event.village].flatMap { id in
            material.villages.first { $0.id == id }
        }
        guard material.village != nil, let day = event[Schema.event.date],
            let band = Meeting.ageBand(event, texts)
        else { return Meeting.heading(event, village: village, texts) }
        return texts(
            "ranking.about",
            ["kind": Meeting.kind(event, texts), "band": band, "date": texts.date(day)])
    }

    /// The day of a merge and who made it, as far as the log says.
    func said(_ key: String, _ made: Authorship?) -> String? {
        guard let made else { return nil }
        var details = ["date": texts.date(milliseconds: made.milliseconds)]
        guard let name = material.names[made.actor] else {
            return texts("ranking.parts.mergedUnknown", details)
        }
        details["name"] = name
        return texts("ranking.parts.\(key)", details)
    }

    /// The village's sessions, and other meetings of it at which problems were named.
    private static func sessions(
        of village: Record, _ material: RankingMaterial, _ texts: Texts
    ) -> [Column] {
        let named = Set(material.problems.values.compactMap(\.event))
        let events = material.events.values.filter { event in
            guard event[Schema.event.village] == village.id else { return false }
            let isSession =
                event[Schema.event.kind] == .session
                && event.status(Schema.event.status) != .cancelled
            return isSession || named.contains(event.id)
        }.sorted(by: precedes)
        let bands = events.compactMap { $0[Schema.event.ageBand] }
        return events.map { event in
            // The band names a session only where no other session has the same.
            let isOnly = bands.count { $0 == event[Schema.event.ageBand] } == 1
            let band = isOnly ? Meeting.ageBand(event, texts) : nil
            let day = event[Schema.event.date].map { texts.date($0) }
            return Column(
                id: event.id,
                label: band ?? day ?? Meeting.heading(event, village: village, texts))
        }
    }

    /// By age band, then by day.
    private static func precedes(_ first: Record, _ second: Record) -> Bool {
        let keys = [first, second].map { event in
            [
                event[Schema.event.ageBand]?.rawValue ?? "~",
                event[Schema.event.date]?.description ?? "~", event.id.text,
            ]
        }
        return keys[0].lexicographicallyPrecedes(keys[1])
    }
}

extension RankingPage.Row {
    init(_ entry: Ranking.Entry, _ table: RankingTable, isChosen: Bool) {
        let counts = table.counts(entry)
        let merge = table.material.merges[entry.id]
        let meeting = table.material.meeting(of: entry.id)
        let isTheme = entry.kind == .theme
        id = entry.id.text
        place = String(entry.rank)
        name = entry.title
        cells = table.columns.map { column in
            RankingPage.Cell(
                label: column.label, count: counts[column.id].map { String($0) } ?? "–")
        }
        votes = String(entry.votes)
        percent = String(entry.votes * 100 / table.most)
        isPriority = entry.isPriority && entry.votes > 0
        self.isTheme = isTheme
        self.isChosen = isChosen
        about = isTheme ? nil : table.about(entry.id)
        href =
            meeting.map { Paths.column(entry.id, of: $0.id) }
            ?? Paths.record(isTheme ? .theme : .problem, entry.id)
        why = merge?.theme[Schema.theme.reason]
        merged = table.said("merged", merge?.made)
        let all = merge?.parts.compactMap { RankingPage.Part($0, table) } ?? []
        parts = Array(all.prefix(table.material.extent.parts))
        let hidden = all.count - parts.count
        moreParts =
            hidden > 0
            ? table.texts("ranking.more", ["count": table.texts.grouped(hidden)]) : nil
        wholeHref = Paths.rankingRow(
            entry.id, table.material.cycle.id, village: table.material.village?.id)
    }
}

extension RankingPage.Part {
    /// Nil where what was merged is deleted: it counts nothing.
    init?(_ part: RankingMaterial.Part, _ table: RankingTable) {
        let material = table.material
        guard let held = part.held else { return nil }
        if let problem = material.problems[held] {
            partName = problem.title
            partVotes = String(problem.votes)
            partAbout = table.about(held) ?? ""
            partHref =
                problem.event.map { Paths.column(held, of: $0) } ?? Paths.record(.problem, held)
        } else if let theme = material.themes[held] {
            partName = theme.title
            partVotes = String(theme.votes)
            partAbout = material.villages.first { $0.id == theme.village }?.title ?? ""
            partHref = Paths.rankingRow(held, material.cycle.id, village: theme.village)
        } else {
            return nil
        }
        partId = part.record.id.text
        added = table.said("added", part.made) ?? ""
        partWhy = part.record[Schema.themePart.reason]
    }
}
