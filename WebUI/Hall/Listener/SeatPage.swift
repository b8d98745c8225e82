import HTTPTypes
import Hummingbird
import Participation

/// What one seat gives: five stickers, or the dots of a vote.
struct SeatPage: Sendable {
    let question: String
    let hint: String
    let tag: String
    let isStickers: Bool
    let isChange: Bool
    let perSeat: Int
    let longest = StickerLimit.characters
    let stickers: [Sticker]
    let options: [Option]
    let error: String?
    /// How words begin and end that name a missing means (R7), for the script.
    let beginnings = MissingMeans.beginnings.joined(separator: "|")
    let endings = MissingMeans.endings.sorted().joined(separator: "|")

    struct Sticker: Sendable {
        let number: Int
        let label: String
        let text: String
        let tone: Int
        let isWrong: Bool
        let hasQuestion: Bool
    }

    struct Option: Sendable {
        let number: Int
        let title: String
        let isChosen: Bool
    }
}

/// What a seat sent, and what it can do now.
struct ReceivedPage: Sendable {
    let tag: String
    let isWaiting: Bool
    let count: String
    let isStickers: Bool
    let stickers: [SeatPage.Sticker]
    let dots: [String]
    let hasQuestions: Bool
}

extension Hall {
    @Sendable func showSeat(_ request: Request, _ context: HallContext) async throws -> Response {
        guard let token = token(request), let round = watch.content.room.round else {
            return redirect("/")
        }
        do {
            let own = try await slot.own(token)
            if let own, request.uri.query != "change=1" {
                return received(own, token, round, context)
            }
            return seat(round, token, own?.ballot, context)
        } catch BallotRefusal.closedRound, BallotRefusal.unknownSeat {
            return redirect("/")
        }
    }

    @Sendable func send(_ request: Request, _ context: HallContext) async throws -> Response {
        let form = try await HallForm(request)
        guard let token = token(request) else { throw BallotRefusal.unknownSeat }
        // A page that lay about on a lent phone must not speak for the person who has it now.
        guard form["seat"] == token.tag else { throw BallotRefusal.otherSeat }
        guard let round = watch.content.room.round, round.id == token.round else {
            try await slot.check(token)
            throw BallotRefusal.closedRound
        }
        let texts = form.all("sticker")
        do {
            let ballot: Ballot =
                switch round.kind {
                case .stickers: try Ballot.stickers(from: texts)
                case .dots:
                    try Ballot.dots(
                        from: form.all("dot"), options: round.options.count, most: round.perSeat)
                }
            _ = try await slot.take(ballot, from: token)
            return redirect("/seat")
        } catch let refusal as BallotRefusal where refusal.status == .unprocessableContent {
            return seat(
                round, token, typed: texts, chosen: form.all("dot"), refusal: refusal, context)
        }
    }

    private func seat(
        _ round: PublicRoom.Round, _ token: SeatToken, _ ballot: Ballot?, _ context: HallContext
    ) -> Response {
        switch ballot {
        case .stickers(let words):
            seat(round, token, typed: words, chosen: [], refusal: nil, isChange: true, context)
        case .dots(let dots):
            seat(
                round, token, typed: [], chosen: dots.map(String.init), refusal: nil,
                isChange: true, context)
        case nil: seat(round, token, typed: [], chosen: [], refusal: nil, context)
        }
    }

    private func seat(
        _ round: PublicRoom.Round, _ token: SeatToken, typed: [String], chosen: [String],
        refusal: BallotRefusal?, isChange: Bool = false, _ context: HallContext
    ) -> Response {
        let texts = files.texts(context.language)
        let isStickers = round.kind == .stickers
        let stickers = (0..<(isStickers ? round.perSeat : 0)).map { index -> SeatPage.Sticker in
            // What was far too long is not sent back and forth.
            let text = String((index < typed.count ? typed[index] : "").prefix(2000))
            return .init(
                index, text, texts, isWrong: refusal?.sticker == index + 1, isAsking: false)
        }
        let model = SeatPage(
            question: round.question.text,
            hint: texts(
                isStickers ? "hall.seat.hint" : "hall.seat.dotsHint",
                ["most": String(round.perSeat)]),
            tag: token.tag, isStickers: isStickers, isChange: isChange, perSeat: round.perSeat,
            stickers: stickers,
            options: round.options.enumerated().map { index, title in
                .init(
                    number: index, title: title.text, isChosen: chosen.contains(String(index)))
            },
            error: refusal.map { texts($0.key, $0.details) })
        return page(
            "hall-seat", model, context, path: isChange ? "/seat?change=1" : "/seat",
            status: refusal?.status ?? .ok)
    }

    private func received(
        _ own: OwnBallot, _ token: SeatToken, _ round: PublicRoom.Round, _ context: HallContext
    ) -> Response {
        let texts = files.texts(context.language)
        var stickers: [SeatPage.Sticker] = []
        var dots: [String] = []
        switch own.ballot {
        case .stickers(let words):
            stickers = words.enumerated().map {
                .init($0, $1, texts, isWrong: false, isAsking: true)
            }
        case .dots(let chosen):
            dots = chosen.filter(round.options.indices.contains).map { round.options[$0].text }
        }
        let key = stickers.isEmpty ? "hall.received.dots" : "hall.received.stickers"
        let model = ReceivedPage(
            tag: token.tag, isWaiting: own.receipt == .waiting,
            count: texts(key, ["count": String(own.ballot.votes)]),
            isStickers: !stickers.isEmpty, stickers: stickers, dots: dots,
            hasQuestions: stickers.contains(where: \.hasQuestion))
        return page("hall-received", model, context, path: "/seat")
    }
}

extension SeatPage.Sticker {
    init(_ index: Int, _ text: String, _ texts: HallTexts, isWrong: Bool, isAsking: Bool) {
        self.init(
            number: index + 1,
            label: texts("hall.seat.sticker", ["number": String(index + 1)]), text: text,
            tone: 1 + index % 3, isWrong: isWrong,
            hasQuestion: isAsking && MissingMeans.isNamed(in: text))
    }
}
