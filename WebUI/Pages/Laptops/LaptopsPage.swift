import Hummingbird
import Participation
import Store

/// The laptops of the community: who is here, who was here when, what is missing, and why one
/// cannot be reached.
enum LaptopsPage {
    struct Model: PageModel {
        static let template = "laptops"
        let waiting: [WaitingLine]
        let digest: Code?
        let agreement: String
        let warnings: [String]
        let hints: [String]
        let laptops: [LaptopCard]
        let removed: [LaptopCard]
        let network: [Fact]
        let syncAction: String?
        let sticksHref: String?
        let pairHref: String?
        let connectAction: String?
        let connectFields: [FieldModel]
        let isConnectOpen: Bool

        /// Eight characters in two groups.
        struct Code: Sendable {
            let first: String
            let second: String

            init?(_ text: String?) {
                let parts = text?.split(separator: " ").map(String.init) ?? []
                guard parts.count == 2 else { return nil }
                first = parts[0]
                second = parts[1]
            }
        }

        struct Fact: Sendable {
            let label: String
            let value: String
        }
    }

    static func show(_ visit: Visit) async throws -> Response {
        try await page(visit, PlainForm(texts: visit.texts, prefix: "connect"))
    }

    /// The page, with the form for a typed address as it came back.
    static func page(
        _ visit: Visit, _ form: PlainForm, problem: String? = nil
    ) async throws -> Response {
        let state = try await visit.laptops().state()
        let waiting = try await visit.waitingLines()
        let status = try await visit.store.status()
        let mayExchange = visit.access.mayExchange && state.community != nil
        let fields = mayExchange ? connectFields(form) : []
        let cards = LaptopCards(visit, state)
        let errors =
            fields.errorLinks(visit.texts)
            + (problem.map { [PageFrame.ErrorLink(text: $0, href: "#main")] } ?? [])
        return try await visit.page(
            Model(
                waiting: waiting, digest: .init(status.digest.short),
                agreement: agreement(state, visit.texts),
                warnings: warnings(state, status, visit.texts),
                hints: hints(state, visit.texts), laptops: cards.members,
                removed: cards.removed, network: network(state.discovery, visit.texts),
                syncAction: mayExchange ? Paths.syncNow : nil,
                sticksHref: mayExchange && visit.office.bundles != nil ? Paths.sticks : nil,
                pairHref: cards.mayKeep ? Paths.pair : nil,
                connectAction: mayExchange ? Paths.connect : nil, connectFields: fields,
                isConnectOpen: fields.contains { $0.error != nil }),
            at: Paths.laptops, errors: errors, status: errors.isEmpty ? .ok : .unprocessableContent)
    }

    private static func connectFields(_ form: PlainForm) -> [FieldModel] {
        [
            form.line(
                "address", form.texts["laptops.connect.address"],
                hint: form.texts["laptops.connect.hint"], maxLength: LaptopAddress.longest)
        ]
    }

    /// Whether all that are here hold the same, in a sentence.
    private static func agreement(_ state: LaptopsState, _ texts: Texts) -> String {
        let here = state.laptops.filter { !$0.isSelf && !$0.isRemoved && $0.presence == .here }
        guard !here.isEmpty else { return texts["laptops.agreement.alone"] }
        let other = here.count { $0.comparison != .same }
        return other == 0
            ? texts("laptops.agreement.same", ["count": String(here.count)])
            : texts("laptops.agreement.different", ["count": String(other)])
    }

    private static func warnings(
        _ state: LaptopsState, _ status: StoreStatus, _ texts: Texts
    ) -> [String] {
        var keys: [String] = []
        if state.community == nil { keys.append("noCommunity") }
        // What removed it may never arrive: the others only say that it was.
        let isTurnedAway = state.laptops.contains { $0.presence == .away(.selfRemoved) }
        if state.own?.isRemoved == true || isTurnedAway { keys.append("selfRemoved") }
        if state.own?.needsNewPairing == true { keys.append("selfForked") }
        if state.discovery.isPortTaken { keys.append("portTaken") }
        if state.discovery.networks.isEmpty { keys.append("noNetwork") }
        let port = ["port": String(state.discovery.port)]
        return ContinuityWarnings.sentences(status, texts)
            + keys.map { texts("laptops.warning.\($0)", port) }
    }

    /// What is not as it should be with how others are looked for: the rest goes on without it.
    private static func hints(_ state: LaptopsState, _ texts: Texts) -> [String] {
        switch state.discovery.avahi {
        case .running: []
        case .stopped: [texts["laptops.warning.avahiStopped"]]
        case .absent: [texts["laptops.warning.avahiAbsent"]]
        case .off: [texts["laptops.warning.discoveryOff"]]
        }
    }

    /// How laptops are looked for, and what to type on another one.
    private static func network(_ discovery: Discovery, _ texts: Texts) -> [Model.Fact] {
        let addresses = discovery.networks.flatMap { network in
            network.addresses.map { "\($0) (\(network.name))" }
        }
        let facts = [
            ("addresses", addresses.isEmpty ? "–" : addresses.joined(separator: ", ")),
            ("port", String(discovery.port)),
            ("avahi", texts["laptops.avahi.\(discovery.avahi)"]),
            ("beacon", texts[discovery.hasBeacon ? "laptops.beacon.on" : "laptops.beacon.off"]),
        ]
        return facts.map { .init(label: texts["laptops.network.\($0.0)"], value: $0.1) }
    }
}
