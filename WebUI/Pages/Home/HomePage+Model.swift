import Participation

extension HomePage {
    private static let shownFindings = 6
    private static let shownRanks = 10

    /// Before the first cycle: the one thing to do.
    init(emptyFor visit: Visit) {
        let texts = visit.texts
        title = texts["layout.brand"]
        period = nil
        cycles = []
        figures = []
        stages = []
        newCycleHref = Paths.new(.cycle)
        nextStep = NextStep(
            text: texts["home.noCycle.text"], reason: nil,
            href: visit.access.mayWrite(.cycle) ? newCycleHref : nil,
            action: texts["home.noCycle.action"])
        rankingHref = "/ranking"
        villages = []
        ranking = []
        findings = []
        moreFindings = nil
        calendarHref = Paths.calendar
    }

    init(_ overview: CycleOverview, cycles: [Record], _ visit: Visit) {
        let texts = visit.texts
        let cycle = overview.cycle
        title = cycle.title
        period = Self.period(overview, texts)
        self.cycles =
            cycles.count < 2
            ? []
            : cycles.map {
                CycleLink(
                    title: $0.title, href: Paths.cycle($0.id), isCurrent: $0.id == cycle.id)
            }
        figures = Self.figures(overview, texts)
        stages = overview.path.stages.map {
            StageModel($0, overview.path, cycle.id, texts, visit.access)
        }
        nextStep = Self.nextStep(overview, texts, visit.access)
        rankingHref = Paths.ranking(cycle.id)
        villages = overview.villages.map {
            VillageLink(name: $0.title, href: Paths.ranking(cycle.id, village: $0.id))
        }
        ranking = Self.ranking(overview)
        let shown = overview.findings.prefix(Self.shownFindings)
        findings = shown.map { Self.line($0, texts) }
        let more = overview.findings.count - shown.count
        moreFindings = more > 0 ? texts("home.moreFindings", ["count": String(more)]) : nil
        calendarHref = Paths.calendar
        newCycleHref = Paths.new(.cycle)
    }

    private static func period(_ overview: CycleOverview, _ texts: Texts) -> String? {
        overview.cycle[Schema.cycle.startsOn].map { start in
            texts(
                "home.period",
                [
                    "start": texts.date(start), "stage": String(overview.path.current),
                    "stageName": texts["choices.cycle.stage.\(overview.path.current)"],
                ])
        }
    }

    private static func figures(_ overview: CycleOverview, _ texts: Texts) -> [Figure] {
        guard overview.sessions.planned > 0 else { return [] }
        let (all, women) = overview.participants
        let share = texts(
            "home.figures.women",
            ["women": texts.grouped(women), "all": texts.grouped(all)])
        return [
            Figure(
                value: texts.grouped(overview.sessions.held), label: texts["home.figures.sessions"]),
            Figure(value: texts.grouped(all), label: texts["home.figures.participants"]),
            Figure(value: texts.percent(Shares.percent(women, of: all)), label: share),
            Figure(
                value: texts.grouped(overview.problems), label: texts["home.figures.problems"]),
            Figure(value: texts.grouped(overview.votes), label: texts["home.figures.votes"]),
        ]
    }

    private static func nextStep(
        _ overview: CycleOverview, _ texts: Texts, _ access: Access
    ) -> NextStep {
        let cycle = overview.cycle.id
        guard let need = overview.path.next else {
            return NextStep(
                text: texts["home.allDone.text"], reason: nil,
                href: access.mayWrite(.cycle) ? Paths.record(.cycle, cycle) : nil,
                action: texts["home.allDone.action"])
        }
        return NextStep(
            text: texts("\(need.key).lacks", need.details) + ".", reason: nil,
            href: need.place.path(cycle, for: access), action: texts["\(need.key).action"])
    }

    private static func ranking(_ overview: CycleOverview) -> [RankingLine] {
        let most = max(1, overview.ranking.first?.votes ?? 1)
        return overview.ranking.prefix(shownRanks).map { entry in
            RankingLine(
                rank: String(entry.rank), title: entry.title,
                href: Paths.record(entry.kind == .theme ? .theme : .problem, entry.id),
                isPriority: entry.isPriority, votes: String(entry.votes),
                percent: String(entry.votes * 100 / most),
                cells: overview.villages.map { village in
                    Cell(
                        village: village.title,
                        votes: entry.byVillage[village.id].map(String.init) ?? "–")
                })
        }
    }

    private static func line(_ remark: CycleOverview.Remark, _ texts: Texts) -> FindingLine {
        FindingLine(
            subject: texts.name(of: remark.about), text: texts.sentence(remark.finding),
            href: Paths.page(of: remark.about), action: texts["home.open"])
    }
}

extension Texts {
    /// What a meeting without a title of its own is called: its kind, number, age band and day.
    func name(of record: Record, withDate: Bool = true) -> String {
        guard record.entity == .event, record[Schema.event.title] == nil else {
            return record.title
        }
        let kind = record[Schema.event.kind].map { choice($0, Schema.event.kind, .event) }
        let number = record[Schema.event.number].map { "№ \($0)" }
        let band = record[Schema.event.ageBand].map { choice($0, Schema.event.ageBand, .event) }
        let day = withDate ? record[Schema.event.date].map { date($0) } : nil
        return [kind, number, band, day].compactMap(\.self).joined(separator: ", ")
    }
}
