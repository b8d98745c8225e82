import HTTPTypes
import Hummingbird
import Participation
import Store

/// The first run: the municipality, its villages and the first account, in one commit. Only the
/// laptop's own browser may do it, and only while nobody has an account.
enum WelcomePage {
    struct Model: PageModel {
        static let template = "welcome"
        let sections: [Section]
        let demoCommand: String
        /// Where a laptop joins a community that exists; nil where it cannot.
        let joinHref: String?

        struct Section: Sendable {
            let heading: String
            let about: String?
            let fields: [FieldModel]
        }
    }

    static func show(_ visit: OpenVisit) async throws -> Response {
        guard try await isOpen(visit) else { return visit.redirect(Paths.login) }
        guard try await !hasJoined(visit) else { return visit.redirect(Paths.join) }
        return page(visit, Founding(visit.texts))
    }

    static func submit(_ visit: OpenVisit) async throws -> Response {
        guard try await isOpen(visit) else { return visit.redirect(Paths.login) }
        guard try await !hasJoined(visit) else { return visit.redirect(Paths.join) }
        var founding = Founding(visit.texts, try await visit.form())
        guard founding.problems.isEmpty else { return page(visit, founding) }
        let store = visit.office.store
        let account = store.makeID()
        do {
            let edit = try await founding.account.edit(account, visit.office.passphrases)
            try await foundCommunity(visit)
            try await store.commit(founding.places(store.makeID) + [edit], by: .program)
        } catch StoreError.refused(let found) {
            founding.add(found)
            return page(visit, founding)
        }
        let token = visit.office.sessions.begin(account)
        return visit.redirect(
            Paths.home,
            cookies: [
                Cookies.session(token, visit.listener),
                Cookies.language(visit.context.language), Cookies.flash("welcome.done", nil),
            ])
    }

    private static func isOpen(_ visit: OpenVisit) async throws -> Bool {
        guard visit.isOfThisLaptop else { throw WebError.forbidden }
        return try await !visit.hasAccounts()
    }

    /// Whether the laptop belongs to a community that was founded elsewhere: its accounts come
    /// from there.
    private static func hasJoined(_ visit: OpenVisit) async throws -> Bool {
        await visit.office.laptops?.state().community?.isFoundedHere == false
    }

    /// Founds the community that later laptops are admitted to, where there is none yet.
    private static func foundCommunity(_ visit: OpenVisit) async throws {
        guard let laptops = visit.office.laptops, await laptops.state().community == nil,
            let label = LaptopLabel(visit.texts["laptops.firstLabel"])
        else { return }
        try await laptops.found(as: label, by: .program)
    }

    private static func page(_ visit: OpenVisit, _ founding: Founding) -> Response {
        let sections = founding.sections
        let errors = sections.flatMap(\.fields).errorLinks(visit.texts)
        return visit.page(
            Model(
                sections: sections, demoCommand: "ashar demo",
                joinHref: visit.office.laptops == nil ? nil : Paths.join), errors: errors,
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }
}
