import HTTPTypes
import Hummingbird
import Participation
import Store

/// The laptops of the community, and exchanging with them now.
enum PeersAPI {
    static func show(_ visit: Visit) async throws -> Response {
        Visit.json(json(try await visit.laptops().state(), visit.texts))
    }

    /// Begins an exchange with the laptop that `id` or `address` names, or with all that are
    /// here; answers at once with whom it began.
    static func sync(_ visit: Visit) async throws -> Response {
        guard visit.access.mayExchange else { throw WebError.forbidden }
        let service = try visit.laptops()
        guard case .object(let members) = try await visit.json() else {
            throw WebError.refused([InputProblem(.notAnObject)])
        }
        if let other = members.first(where: { !["id", "address"].contains($0.name) }) {
            throw WebError.refused([InputProblem(.unknownField, field: other.name)])
        }
        let body = JSON.object(members)
        let begun: [LaptopID]
        switch (body["id"], body["address"]) {
        case (let id?, nil):
            guard let id = id.text.flatMap(LaptopID.init) else {
                throw WebError.refused([InputProblem(.badId, field: "id")])
            }
            begun = try await service.exchange(with: id)
        case (nil, let address?):
            guard let address = address.text.flatMap(LaptopAddress.init) else {
                throw WebError.refused([InputProblem(.notText, field: "address")])
            }
            begun = [try await service.connect(to: address)]
        case (nil, nil): begun = try await service.exchange(with: nil)
        case (.some, .some): throw WebError.badRequest
        }
        return Visit.json(
            .object([.init("started", .array(begun.map { .string($0.text) }))]),
            status: .accepted)
    }

    static func json(_ state: LaptopsState, _ texts: Texts) -> JSON {
        .object([
            .init("community", state.community.map { .string($0.tag) } ?? .null),
            .init("peers", .array(state.laptops.map { json($0, texts) })),
            .init(
                "discovery",
                .object([
                    .init("avahi", .string(state.discovery.avahi.rawValue)),
                    .init("beacon", .bool(state.discovery.hasBeacon)),
                    .init("port", .integer(state.discovery.port)),
                    .init("portTaken", .bool(state.discovery.isPortTaken)),
                    .init(
                        "networks",
                        .array(
                            state.discovery.networks.map { network in
                                .object([
                                    .init("name", .string(network.name)),
                                    .init(
                                        "addresses",
                                        .array(network.addresses.map(JSON.string))),
                                ])
                            })),
                ])),
        ])
    }

    private static func json(_ laptop: Laptop, _ texts: Texts) -> JSON {
        var away: AwayReason?
        if case .away(let reason) = laptop.presence { away = reason }
        return .object([
            .init("id", .string(laptop.id.text)), .init("label", .string(laptop.label)),
            .init("role", .string(laptop.role.rawValue)), .init("self", .bool(laptop.isSelf)),
            .init("removed", .bool(laptop.isRemoved)),
            .init("needsNewPairing", .bool(laptop.needsNewPairing)),
            .init("here", .bool(away == nil)),
            .init("reason", away.map { .string($0.rawValue) } ?? .null),
            .init("reasonText", away.map { .string(texts["laptops.away.\($0).why"]) } ?? .null),
            .init("address", laptop.address.map(JSON.string) ?? .null),
            .init(
                "lastSeen", laptop.lastSeen.map { .string(Timestamp.text($0)) } ?? .null),
            .init("lastExchange", laptop.lastExchange.map(json) ?? .null),
            .init("missing", laptop.missing.map(json) ?? .null),
            .init(
                "progress", laptop.running.map { .number($0.fraction) } ?? .null),
            .init("comparison", .string(laptop.comparison.rawValue)),
            .init("digestShort", laptop.digest.map(JSON.string) ?? .null),
        ])
    }

    private static func json(_ exchange: Laptop.Exchange) -> JSON {
        .object([
            .init("at", .string(Timestamp.text(exchange.at))),
            .init("received", .integer(exchange.received)),
            .init("sent", .integer(exchange.sent)),
        ])
    }

    private static func json(_ missing: Laptop.Missing) -> JSON {
        .object([
            .init("entriesHere", .integer(missing.entriesHere)),
            .init("entriesThere", .integer(missing.entriesThere)),
            .init("photosHere", .integer(missing.photosHere)),
        ])
    }
}
