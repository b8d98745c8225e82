import Hummingbird
import Participation
import Store

extension LaptopsPage {
    /// Begins an exchange with all that are here.
    static func syncAll(_ visit: Visit) async throws -> Response {
        try await exchange(visit, with: nil)
    }

    /// Begins an exchange with one.
    static func syncOne(_ visit: Visit) async throws -> Response {
        try await exchange(visit, with: try visit.laptop())
    }

    /// Looks for a laptop at a typed address.
    static func connect(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let typed = try await visit.form()
        var form = PlainForm(texts: visit.texts, prefix: "connect", typed: typed)
        guard let address = LaptopAddress(typed.words("address")) else {
            form.problems["address"] = visit.texts["laptops.connect.bad"]
            return try await page(visit, form)
        }
        do {
            _ = try await visit.laptops().connect(to: address)
        } catch let fault as LaptopFault {
            form.problems["address"] = visit.texts.sentence(fault)
            return try await page(visit, form)
        }
        return visit.redirect(Paths.laptops, flash: "laptops.flash.connected")
    }

    private static func exchange(_ visit: Visit, with id: LaptopID?) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        do {
            let begun = try await visit.laptops().exchange(with: id)
            return visit.redirect(
                Paths.laptops,
                flash: begun.isEmpty ? "laptops.flash.nobody" : "laptops.flash.begun")
        } catch let fault as LaptopFault {
            let form = PlainForm(texts: visit.texts, prefix: "connect")
            return try await page(visit, form, problem: visit.texts.sentence(fault))
        }
    }
}
