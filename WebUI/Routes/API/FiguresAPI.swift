import Hummingbird
import Participation
import Store

/// The rankings of a cycle, in the form that `ashar ranking --format json` prints.
enum RankingAPI {
    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        guard let cycle = query.id("cycle") else {
            throw WebError.refused([InputProblem(.missing, field: "cycle")])
        }
        let village = query.id("village")
        let (found, villages, ballot) = try await visit.read { reader in
            let record = try reader.record(.cycle, cycle)
            let municipality = record?[Schema.cycle.municipality]
            let villages = try municipality.map {
                try reader.records(.village, where: Schema.village.municipality, is: $0)
            }
            return (record, villages ?? [], try reader.ballot(cycle))
        }
        guard found != nil else { throw WebError.noRecord(.cycle) }
        let ranking = Ranking(ballot)
        let shown = villages.filter { village == nil || $0.id == village }
        if village != nil, shown.isEmpty { throw WebError.noRecord(.village) }
        let ordered = shown.sorted { KyrgyzCollation.precedes($0.title, $1.title) }
        return Visit.json(
            .object([
                .init("cycle", .string(cycle.text)),
                .init("villages", .array(ordered.map { json($0, ranking.village($0.id)) })),
                .init("municipality", .array(ranking.municipality.map(json))),
            ]))
    }

    private static func json(_ village: Record, _ entries: [Ranking.Entry]) -> JSON {
        .object([
            .init("id", .string(village.id.text)), .init("name", .string(village.title)),
            .init(
                "problems",
                .array(
                    entries.map { entry in
                        .object([
                            .init("id", .string(entry.id.text)),
                            .init("kind", .string(entry.kind.rawValue)),
                            .init("title", .string(entry.title)),
                            .init("votes", .integer(entry.votes)),
                            .init("rank", .integer(entry.rank)),
                            .init("priority", .bool(entry.isPriority)),
                        ])
                    })),
        ])
    }

    private static func json(_ entry: Ranking.Entry) -> JSON {
        let byVillage = entry.byVillage.sorted { $0.key < $1.key }.map {
            JSON.Member($0.key.text, .integer($0.value))
        }
        return .object([
            .init("id", .string(entry.id.text)), .init("kind", .string(entry.kind.rawValue)),
            .init("title", .string(entry.title)), .init("votes", .integer(entry.votes)),
            .init("byVillage", .object(byVillage)), .init("rank", .integer(entry.rank)),
        ])
    }
}

/// Who was at a meeting, in numbers (R13).
enum AttendanceAPI {
    static func show(_ visit: Visit) async throws -> Response {
        let id = try visit.id()
        let facts = try await visit.read { reader in
            guard let facts = try reader.session(id) else { throw try reader.absence(.event, id) }
            return facts
        }
        let count = facts.count
        return Visit.json(
            .object([
                .init("all", .integer(count.all)), .init("women", .integer(count.women)),
                .init("men", .integer(count.men)),
                .init("womenShare", count.womenShare.map(JSON.integer) ?? .null),
                .init("initiativeGroup", .integer(count.initiativeGroup)),
                .init("deputies", .integer(count.deputies)),
                .init("aoStaff", .integer(count.aoStaff)), .init("ngo", .integer(count.ngo)),
                .init("source", .string(count.source.rawValue)),
            ]))
    }
}

/// What happened to a record, the newest first.
enum HistoryAPI {
    static func show(_ visit: Visit) async throws -> Response {
        let (entity, id) = (try visit.entity(), try visit.id())
        let steps = try await visit.read { try $0.history(entity, id) }
        guard !steps.isEmpty else { throw WebError.noRecord(entity) }
        let known = Entity[entity]
        return Visit.json(
            .object([
                .init(
                    "history",
                    .array(
                        steps.map { step in
                            .object([
                                .init("commit", .string(step.commit.description)),
                                .init("time", .string(Timestamp.text(step.milliseconds))),
                                .init("timeTrusted", .bool(step.isTimeTrusted)),
                                .init("actor", .string(step.actor)),
                                .init("device", .string(step.device)),
                                .init(
                                    "changes",
                                    .array(
                                        step.changes.filter { change in
                                            known[field: change.field].map(visit.access.mayRead)
                                                ?? (change.field == "deleted")
                                        }.map(json))),
                            ])
                        }))
            ]))
    }

    private static func json(_ change: HistoryStep.Change) -> JSON {
        .object([
            .init("field", .string(change.field)),
            .init("old", change.old.map { JSON($0) } ?? .null),
            .init("new", change.new.map { JSON($0) } ?? .null),
        ])
    }
}

/// Moments as the API writes them.
enum Timestamp {
    /// RFC 3339 in UTC with milliseconds.
    static func text(_ milliseconds: UInt64) -> String {
        let day = CalendarDate(daysSince1970: Int(milliseconds / 86_400_000))
        let rest = Int(milliseconds % 86_400_000)
        let clock = [rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60].map(Texts.two)
        let fraction = String(1000 + rest % 1000).dropFirst()
        return "\(day)T\(clock.joined(separator: ":")).\(fraction)Z"
    }
}
