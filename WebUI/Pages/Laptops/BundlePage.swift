import Hummingbird
import Participation
import Store

/// What a bundle says about itself, before anything of it is taken in.
enum BundlePage {
    struct Model: PageModel {
        static let template = "bundle"
        let name: String
        let facts: [LaptopsPage.Model.Fact]
        let isKnown: Bool
        let isMakerRemoved: Bool
        let action: String
        let backHref: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let id = try bundle(visit)
        let service = try visit.bundles()
        let summary = try await service.inspect(id)
        let state = try await visit.laptops().state()
        let texts = visit.texts
        return try await visit.page(
            Model(
                name: summary.name, facts: facts(summary, state, texts),
                isKnown: summary.newEntries == 0,
                isMakerRemoved: state.laptops.contains {
                    $0.id == summary.maker && $0.isRemoved
                },
                action: Paths.bundle(id), backHref: Paths.sticks))
    }

    /// Begins to take it in.
    static func takeIn(_ visit: Visit) async throws -> Response {
        let id = try bundle(visit)
        let transfer = try await visit.bundles().takeIn(id, by: visit.actor)
        return visit.redirect(Paths.transfer(transfer))
    }

    private static func bundle(_ visit: Visit) throws -> BundleID {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        guard let id = visit.context.parameters.get("id").flatMap({ BundleID($0) }) else {
            throw WebError.notFound
        }
        return id
    }

    private static func facts(
        _ summary: BundleSummary, _ state: LaptopsState, _ texts: Texts
    ) -> [LaptopsPage.Model.Fact] {
        let scope = summary.isEverything ? "sticks.scope.everything" : "sticks.scope.part"
        let facts = [
            ("maker", state.name(of: summary.maker)),
            ("made", texts.moment(milliseconds: summary.madeAt)),
            ("scope", texts[scope]),
            ("size", texts.size(summary.bytes)), ("files", texts.grouped(summary.parts)),
            ("entries", texts.grouped(summary.entries)),
            ("new", texts.grouped(summary.newEntries)), ("photos", texts.grouped(summary.photos)),
        ]
        return facts.map { .init(label: texts["sticks.fact.\($0.0)"], value: $0.1) }
    }
}
