import HTTPTypes
import Hummingbird

/// Where a phone comes in: it types the digits from the wall, or the QR code has brought them.
struct DoorPage: Sendable {
    let hasRound: Bool
    let question: String
    /// The digits are known already: one press of the button is enough.
    let isKnown: Bool
    let code: String
    let error: String?
}

extension Hall {
    @Sendable func showDoor(_ request: Request, _ context: HallContext) async throws -> Response {
        // Whoever has a seat in this round goes on where the phone was.
        if await hasSeat(request) { return redirect("/seat") }
        return door(context, code: context.parameters.get("code"), error: nil)
    }

    /// Whether the phone has a seat in the round that the hall shows: for a moment after a start the
    /// box knows its round and the hall does not, and the two pages would send it to each other.
    private func hasSeat(_ request: Request) async -> Bool {
        guard let token = token(request), watch.content.room.round?.id == token.round else {
            return false
        }
        return (try? await slot.check(token)) != nil
    }

    @Sendable func join(_ request: Request, _ context: HallContext) async throws -> Response {
        let code = try await HallForm(request)["code"] ?? ""
        // A double tap must not begin a second seat.
        if await hasSeat(request) { return redirect("/seat") }
        do {
            let token = try await slot.seat(code: String(code.prefix(20)))
            return redirect("/seat", cookie: HallCookie.set(HallCookie.seat, token.text))
        } catch BallotRefusal.wrongCode {
            return door(context, code: nil, error: .wrongCode)
        }
    }

    /// The next person with the same phone: a new seat, and no way back to the one before.
    @Sendable func passOn(_ request: Request, _ context: HallContext) async throws -> Response {
        guard let token = token(request) else { throw BallotRefusal.unknownSeat }
        try await slot.check(token)
        guard let round = watch.content.room.round, round.id == token.round else {
            throw BallotRefusal.closedRound
        }
        let form = try await HallForm(request)
        // Pressed twice, or on a page that lay about: the phone is passed on already.
        guard form["seat"] == token.tag else { return redirect("/seat") }
        let next = try await slot.seat(code: round.code)
        return redirect("/seat", cookie: HallCookie.set(HallCookie.seat, next.text))
    }

    func token(_ request: Request) -> SeatToken? {
        HallCookie.value(HallCookie.seat, request).flatMap { SeatToken($0) }
    }

    private func door(
        _ context: HallContext, code: String?, error: BallotRefusal?
    ) -> Response {
        let texts = files.texts(context.language)
        let round = watch.content.room.round
        let digits = (code ?? "").filter { ("0"..."9").contains($0) }.prefix(10)
        let model = DoorPage(
            hasRound: round != nil, question: round?.question.text ?? "",
            isKnown: !digits.isEmpty && error == nil, code: String(digits),
            error: error.map { texts($0.key, $0.details) })
        return page(
            "hall-door", model, context, path: digits.isEmpty ? "/" : "/j/\(digits)",
            status: error?.status ?? .ok)
    }
}
