import Hummingbird
import Participation

/// What the command line asks of the other laptops, over the socket of the same user.
enum ControlLaptops {
    static func add(to desk: Desk) {
        desk.post("/control/community", found)
        desk.post("/control/pair/open") { visit in
            try await visit.laptops().openDoor()
            return try await show(visit)
        }
        desk.post("/control/pair/join", join)
        desk.post("/control/pair/request", makeRequest)
        desk.get("/control/pair", show)
        desk.post("/control/pair/type") { visit in
            let number = try await visit.json()["number"]?.text ?? ""
            try await visit.laptops().type(number: number)
            return try await show(visit)
        }
        desk.post("/control/pair/admit", admit)
        desk.post("/control/pair/end") { visit in
            try await visit.laptops().endPairing()
            return try await show(visit)
        }
        desk.post("/control/devices/invite", invite)
        desk.post("/control/devices/admit") { visit in
            guard let request = try await visit.json()["request"]?.text.flatMap(bytes) else {
                throw LaptopFault.badRequest
            }
            try await visit.laptops().admit(request: request, by: visit.actor)
            return done
        }
        desk.post("/control/devices/:id/remove") { visit in
            try await visit.laptops().remove(try laptop(visit), by: visit.actor)
            return done
        }
        desk.post("/control/devices/:id/readmit") { visit in
            try await visit.laptops().readmit(try laptop(visit), by: visit.actor)
            return done
        }
        desk.post("/control/devices/:id/rename") { visit in
            try await visit.laptops().rename(
                try laptop(visit), to: try label(try await visit.json()), by: visit.actor)
            return done
        }
    }

    private static let done = Visit.json(.object([]))

    private static func found(_ visit: Visit) async throws -> Response {
        let service = try visit.laptops()
        try await service.found(as: try label(try await visit.json()), by: visit.actor)
        return Visit.json(PeersAPI.json(await service.state(), visit.texts))
    }

    /// With `invitation`, its bytes in hexadecimal digits, the laptop is admitted at once, and an
    /// `address` is where to look first; with `address` alone the two numbers come next.
    private static func join(_ visit: Visit) async throws -> Response {
        let body = try await visit.json()
        let service = try visit.laptops()
        let label = try label(body)
        let typed = body["address"]?.text
        let address = typed.flatMap(LaptopAddress.init)
        let isWrong = WebError.refused([InputProblem(.notText, field: "address")])
        if let file = body["invitation"]?.text {
            guard let bytes = bytes(file) else { throw LaptopFault.badInvitation }
            guard typed == nil || address != nil else { throw isWrong }
            try await service.join(with: bytes, at: address, as: label)
            return done
        }
        guard let address else { throw isWrong }
        try await service.join(at: address, as: label)
        return try await show(visit)
    }

    /// What asks the office for admission without a network, in hexadecimal digits.
    private static func makeRequest(_ visit: Visit) async throws -> Response {
        let body = try await visit.json()
        guard let file = body["invitation"]?.text.flatMap(bytes) else {
            throw LaptopFault.badInvitation
        }
        let request = try await visit.laptops().request(with: file, as: try label(body))
        return Visit.json(.object([.init("file", .string(digits(request)))]))
    }

    private static func show(_ visit: Visit) async throws -> Response {
        guard let pairing = try await visit.laptops().pairing() else {
            return Visit.json(.object([.init("stage", .string("none"))]))
        }
        var members: [JSON.Member] = [.init("side", .string(pairing.side.rawValue))]
        switch pairing.stage {
        case .waiting: members.append(.init("stage", .string("waiting")))
        case .numbers(let numbers):
            members += [
                .init("stage", .string("numbers")), .init("shown", .string(numbers.shown)),
                .init("typed", .bool(numbers.isTyped)),
                .init("confirmedThere", .bool(numbers.isConfirmedThere)),
            ]
        case .admitting(let label):
            members += [.init("stage", .string("admitting")), .init("label", .string(label))]
        case .done(let label):
            members += [.init("stage", .string("done")), .init("label", .string(label))]
        case .ended(let end):
            members += [
                .init("stage", .string("ended")), .init("reason", .string(end.rawValue)),
                .init("text", .string(visit.texts["pair.ended.\(end.rawValue).why"])),
            ]
        }
        return Visit.json(.object(members))
    }

    private static func admit(_ visit: Visit) async throws -> Response {
        let body = try await visit.json()
        try await visit.laptops().admit(
            as: try label(body), role: try role(body), by: visit.actor)
        return try await show(visit)
    }

    private static func invite(_ visit: Visit) async throws -> Response {
        let file = try await visit.laptops().invite(
            as: try role(try await visit.json()), by: visit.actor)
        return Visit.json(
            .object([
                .init("file", .string(digits(file.bytes))),
                .init("expires", .string(Timestamp.text(file.expires))),
            ]))
    }

    private static func label(_ body: JSON) throws -> LaptopLabel {
        guard let label = body["label"]?.text.flatMap({ LaptopLabel($0) }) else {
            throw WebError.refused([InputProblem(.notText, field: "label")])
        }
        return label
    }

    private static func role(_ body: JSON) throws -> LaptopRole {
        guard let role = body["role"]?.text.flatMap({ LaptopRole(rawValue: $0) }) else {
            let choices = LaptopRole.allCases.map(\.rawValue).joined(separator: ", ")
            throw WebError.refused([
                InputProblem(.notChoice, field: "role", ["choices": choices])
            ])
        }
        return role
    }

    private static func laptop(_ visit: Visit) throws -> LaptopID {
        guard let id = visit.context.parameters.get("id").flatMap({ LaptopID($0) }) else {
            throw LaptopFault.unknownLaptop
        }
        return id
    }

    private static func digits(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    private static func bytes(_ digits: String) -> [UInt8]? {
        let text = Array(digits.utf8)
        guard text.count % 2 == 0, text.count <= 1 << 16 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: text.count, by: 2) {
            let pair = String(decoding: text[start..<start + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
