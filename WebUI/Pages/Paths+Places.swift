import Participation

/// Places on a page, and pages with something chosen on them.
extension Paths {
    /// The line that adds an item to the programme.
    static func agendaEntry(_ event: RecordID) -> String { Self.event(event) + "#agenda-entry" }

    /// An agenda item's part of the minutes; nil is what was said outside the agenda.
    static func minutes(_ event: RecordID, section: RecordID?) -> String {
        minutes(event) + "#section-\(section?.text ?? "other")"
    }

    /// The gallery with the column that stickers are typed into, and the seat whose they are.
    static func gallery(
        _ event: RecordID, typingInto column: RecordID?, seat: Int? = nil
    ) -> String {
        let chosen = [column.map { "column=\($0)" }, seat.map { "seat=\($0)" }]
        let query = chosen.compactMap(\.self).joined(separator: "&")
        return gallery(event) + (query.isEmpty ? "" : "?" + query)
    }

    /// A column of the gallery.
    static func column(_ problem: RecordID, of event: RecordID) -> String {
        gallery(event) + "#column-\(problem)"
    }

    /// A row of a ranking.
    static func rankingRow(_ id: RecordID, _ cycle: RecordID, village: RecordID?) -> String {
        wholeRanking(cycle, village: village) + "#row-\(id)"
    }

    /// The ranking with all its rows, however many.
    static func wholeRanking(_ cycle: RecordID, village: RecordID?) -> String {
        ranking(cycle, village: village) + "&all=1"
    }

    /// The ranking with some rows chosen for a merge.
    static func merge(
        _ parts: [RecordID], _ cycle: RecordID, village: RecordID?
    ) -> String {
        choice(parts, cycle, village: village) + "#merge"
    }

    /// The ranking with some rows chosen, read from its top.
    static func choice(
        _ parts: [RecordID], _ cycle: RecordID, village: RecordID?
    ) -> String {
        ranking(cycle, village: village) + parts.map { "&part=\($0)" }.joined()
    }
}
