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

        struct Section: Sendable {
            let heading: String
            let about: String?
            let fields: [FieldModel]
        }
    }

    static func show(_ visit: OpenVisit) async throws -> Response {
        guard try await isOpen(visit) else { return visit.redirect(Paths.login) }
        return page(visit, Founding(visit.texts))
    }

    static func submit(_ visit: OpenVisit) async throws -> Response {
        guard try await isOpen(visit) else { return visit.redirect(Paths.login) }
        var founding = Founding(visit.texts, try await visit.form())
        guard founding.problems.isEmpty else { return page(visit, founding) }
        let store = visit.office.store
        let account = store.makeID()
        do {
            let edit = try await founding.account.edit(account, visit.office.passphrases)
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

    private static func page(_ visit: OpenVisit, _ founding: Founding) -> Response {
        let sections = founding.sections
        let errors = sections.flatMap(\.fields).errorLinks(visit.texts)
        return visit.page(
            Model(sections: sections, demoCommand: "ashar demo"), errors: errors,
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }
}
