import Hummingbird
import Participation
import Store

/// All kinds of records by the part of the work they belong to, with their numbers.
enum RecordsIndexPage {
    struct Model: PageModel {
        static let template = "records-index"
        let groups: [Group]

        struct Group: Sendable {
            let title: String
            let entities: [Kind]
        }

        struct Kind: Sendable {
            let label: String
            let about: String?
            let href: String
            let count: String
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        let counts = try await visit.read { try $0.counts() }
        let groups = Entity.Area.allCases.map { area in
            Model.Group(
                title: visit.texts["records.groups.\(area)"],
                entities: Entity.all.map(\.name)
                    .filter { Entity[$0].area == area && visit.access.mayRead($0) }
                    .map { kind($0, counts[$0] ?? 0, visit.texts) })
        }
        return try await visit.page(Model(groups: groups.filter { !$0.entities.isEmpty }))
    }

    private static func kind(_ entity: EntityName, _ count: Int, _ texts: Texts) -> Model.Kind {
        .init(
            label: texts.many(entity), about: texts.optional("entities.\(entity).about"),
            href: entity == .account ? Paths.accounts : Paths.list(entity),
            count: texts.grouped(count))
    }
}
