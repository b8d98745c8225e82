import Participation

extension RankingPage {
    /// Rows from the top whose words are compared; every pair of them is.
    private static let compared = 80

    /// Problems of alike words, for people to decide about (R8).
    static func suggestions(_ material: RankingMaterial, _ visit: Visit) -> [Suggestion] {
        guard visit.mayMerge else { return [] }
        let entries = Array(material.entries.prefix(compared))
        return Similarity.groups(of: entries, limit: 3) { $0.title }.map { group in
            Suggestion(
                percent: visit.texts.percent(Int((group.likeness * 100).rounded())),
                titles: group.items.map(\.title),
                href: Paths.merge(
                    group.items.map(\.id), material.cycle.id, village: material.village?.id))
        }
    }

    /// R3 for the village; for the municipality one sentence a village, with the way to it.
    static func findings(_ material: RankingMaterial, _ texts: Texts) -> [SessionFinding] {
        if let village = material.village {
            let calendar = SessionFinding.Link(
                href: Paths.calendar, label: texts["ranking.toCalendar"])
            return sessions(of: village, material).findings.map {
                SessionFinding(text: texts.sentence($0), link: calendar)
            }
        }
        return material.villages.compactMap { village in
            let held = sessions(of: village, material)
            guard !held.sessions.isEmpty, let finding = held.findings.first else { return nil }
            let link = SessionFinding.Link(
                href: Paths.ranking(material.cycle.id, village: village.id),
                label: village.title)
            return SessionFinding(text: texts.sentence(finding), link: link)
        }
    }

    private static func sessions(
        of village: Record, _ material: RankingMaterial
    ) -> VillageSessions {
        VillageSessions(
            village: village.id,
            sessions: material.events.values.filter { $0[Schema.event.village] == village.id })
    }
}

extension Visit {
    /// Whether the role may merge similar problems and take merges apart.
    var mayMerge: Bool { access.mayWrite(.theme) && access.mayWrite(.themePart) }
}
