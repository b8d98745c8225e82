import Hummingbird
import Participation
import Store

/// Removing a laptop, taking it back, calling it something else: what will happen is said before
/// it does. For administrators at an office laptop.
enum LaptopChangePage {
    struct Model: PageModel {
        static let template = "laptop-change"
        let title: String
        let lead: String
        let facts: [LaptopsPage.Model.Fact]
        let consequences: [String]
        let fields: [FieldModel]
        let action: String
        let button: String
        let isDangerous: Bool
        let backHref: String
    }

    /// What is done.
    enum Change: String, Sendable {
        case remove, readmit, rename
    }

    static func show(_ change: Change) -> Desk.Handler {
        { visit in
            let laptop = try await laptop(visit, change)
            let form = PlainForm(texts: visit.texts)
            return try await page(visit, change, laptop, form, label: laptop.label)
        }
    }

    static func submit(_ change: Change) -> Desk.Handler {
        { visit in
            let laptop = try await laptop(visit, change)
            let typed = try await visit.form()
            var form = PlainForm(texts: visit.texts, typed: typed)
            do {
                let service = try visit.laptops()
                switch change {
                case .remove: try await service.remove(laptop.id, by: visit.actor)
                case .readmit: try await service.readmit(laptop.id, by: visit.actor)
                case .rename:
                    guard let label = LaptopLabel(typed.words("label")) else {
                        form.problems["label"] = visit.texts["laptops.label.bad"]
                        return try await page(visit, change, laptop, form, label: nil)
                    }
                    try await service.rename(laptop.id, to: label, by: visit.actor)
                }
            } catch let fault as LaptopFault {
                form.problems[""] = visit.texts.sentence(fault)
                return try await page(visit, change, laptop, form, label: nil)
            }
            return visit.redirect(
                Paths.laptops, flash: flash(change), title: visit.texts.name(laptop))
        }
    }

    private static func flash(_ change: Change) -> String {
        switch change {
        case .remove: "laptops.flash.removed"
        case .readmit: "laptops.flash.readmitted"
        case .rename: "laptops.flash.renamed"
        }
    }

    /// The laptop of the address, where this can be done to it.
    private static func laptop(_ visit: Visit, _ change: Change) async throws -> Laptop {
        guard visit.access.mayKeepLaptops else { throw WebError.forbidden }
        let id = try visit.laptop()
        let state = try await visit.laptops().state()
        guard let laptop = state.laptops.first(where: { $0.id == id }) else {
            throw WebError.notFound
        }
        guard state.own?.role == .office else { throw WebError.laptop(.notOffice) }
        switch change {
        case .remove where laptop.isSelf || laptop.isRemoved: throw WebError.notFound
        case .readmit where !laptop.isRemoved: throw WebError.notFound
        case .rename where laptop.isRemoved: throw WebError.notFound
        default: return laptop
        }
    }

    /// `label` is what stands in the field where nothing was typed.
    private static func page(
        _ visit: Visit, _ change: Change, _ laptop: Laptop, _ form: PlainForm, label: String?
    ) async throws -> Response {
        let texts = visit.texts
        var form = form
        if let label { form.typed = try FormData("label=" + Percent.encoded(label)) }
        let field = form.line(
            "label", texts["laptops.label.name"], hint: texts["laptops.label.hint"],
            maxLength: LaptopLabel.longest)
        let fields = change == .rename ? [field] : []
        let errors =
            (form.problems[""].map { [PageFrame.ErrorLink(text: $0, href: "#main")] } ?? [])
            + fields.errorLinks(texts)
        let key = "laptops.\(change)"
        return try await visit.page(
            Model(
                title: texts("\(key).title", ["name": texts.name(laptop)]),
                lead: texts["\(key).lead"], facts: facts(laptop, texts),
                consequences: (1...4).compactMap { texts.optional("\(key).then\($0)") },
                fields: fields, action: Paths.laptop(laptop.id, change.rawValue),
                button: texts["\(key).button"], isDangerous: change == .remove,
                backHref: Paths.laptops),
            at: Paths.laptop(laptop.id, change.rawValue), errors: errors,
            status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    /// What people check before they press.
    private static func facts(_ laptop: Laptop, _ texts: Texts) -> [LaptopsPage.Model.Fact] {
        let never = texts["laptops.never"]
        let facts = [
            ("label", texts.name(laptop)), ("number", laptop.id.short),
            ("role", texts.name(laptop.role)),
            ("seen", laptop.lastSeen.map { texts.moment(milliseconds: $0) } ?? never),
            (
                "last",
                laptop.lastExchange.map { texts.moment(milliseconds: $0.at) } ?? never
            ),
        ]
        return facts.map { .init(label: texts["laptops.fact.\($0.0)"], value: $0.1) }
    }
}
