import Hummingbird
import Participation
import Store

/// A cycle's stages, figures and next step.
enum SummaryAPI {
    static func show(_ visit: Visit) async throws -> Response {
        let id = try visit.id()
        guard
            let overview = try await visit.office.overviews.overview(
                id, year: visit.today.year, visit.store)
        else { throw try await visit.read { try $0.absence(.cycle, id) } }
        let texts = visit.texts
        let (all, women) = overview.participants
        let stages = overview.path.stages.map { stage in
            JSON.object([
                .init("number", .integer(stage.number)),
                .init("title", .string(texts["choices.cycle.stage.\(stage.number)"])),
                .init("done", .bool(stage.isDone)),
                .init(
                    "has",
                    .array(
                        stage.needs.filter(\.isMet).map { json($0, "has", texts) })),
                .init(
                    "lacks",
                    .array(
                        stage.needs.filter { !$0.isMet }.map { json($0, "lacks", texts) })),
            ])
        }
        return Visit.json(
            .object([
                .init("cycle", .string(overview.cycle.id.text)),
                .init("title", .string(overview.cycle.title)),
                .init("stage", .integer(overview.path.current)),
                .init("villages", .integer(overview.villages.count)),
                .init("sessionsHeld", .integer(overview.sessions.held)),
                .init("sessionsPlanned", .integer(overview.sessions.planned)),
                .init("participants", .integer(all)), .init("women", .integer(women)),
                .init(
                    "womenShare", Shares.percent(women, of: all).map(JSON.integer) ?? .null),
                .init("problems", .integer(overview.problems)),
                .init("votes", .integer(overview.votes)),
                .init("stages", .array(stages)),
                .init("next", overview.path.next.map { json($0, "lacks", texts) } ?? .null),
                .init(
                    "findings",
                    .array(overview.findings.map { json($0, texts) })),
            ]))
    }

    private static func json(_ need: CyclePath.Need, _ side: String, _ texts: Texts) -> JSON {
        .object([
            .init("key", .string(need.key)),
            .init("text", .string(texts("\(need.key).\(side)", need.details))),
        ])
    }

    private static func json(_ remark: CycleOverview.Remark, _ texts: Texts) -> JSON {
        .object([
            .init("rule", .string("R\(remark.finding.rule.rawValue)")),
            .init("code", .string(remark.finding.code.rawValue)),
            .init("entity", .string(remark.about.entity.rawValue)),
            .init("id", .string(remark.about.id.text)),
            .init("subject", .string(remark.finding.subject.text)),
            .init("text", .string(texts.sentence(remark.finding))),
        ])
    }
}
