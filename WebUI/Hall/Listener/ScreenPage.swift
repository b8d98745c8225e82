import HTTPTypes
import Hummingbird
import NIOCore

/// What the projector shows: one thought at a time, five lines at most, nothing of any person.
struct ScreenPage: Sendable {
    let heading: String?
    let subtitle: String
    let clock: String
    /// Milliseconds since 1970, by which the page counts on.
    let now: String
    let round: Round?
    let item: Now?
    let board: Board?
    let picture: Picture?
    let programme: [Line]
    let isIdle: Bool

    static let mostLines = 5
    static let mostColumns = 8

    struct Round: Sendable {
        let question: String
        let code: String
        let address: String
        let others: [String]
        let network: String?
        let turnout: String
        let percent: String
        let path: String?
        let size: Int
        let anonymous: String
    }

    /// The point of the programme that goes on.
    struct Now: Sendable {
        let title: String
        let planned: String?
        let begunAt: String
        let minutes: String
        let percent: String
        let isLate: Bool
    }

    struct Board: Sendable {
        let columns: [Column]
        let isMany: Bool
        /// Rows of two columns, so that both are as long.
        let rows: Int
        let unsorted: String?
        let more: String?
    }

    struct Column: Sendable {
        let place: String
        let title: String
        let votes: String
        let percent: String
        let isPriority: Bool
    }

    struct Picture: Sendable {
        let address: String
        let alternative: String
    }

    struct Line: Sendable {
        let time: String
        let title: String
        let isDone: Bool
    }
}

extension Hall {
    @Sendable func showRoom(_ request: Request, _ context: HallContext) async throws -> Response {
        let content = watch.content
        let texts = files.texts(context.language)
        let model = ScreenPage(content.room, context.language, texts, now: now())
        return page("hall-screen", model, context, path: "/room")
    }

    @Sendable func sendPicture(_ request: Request, _ context: HallContext) async throws -> Response
    {
        guard let svg = context.parameters.get("name").flatMap({ watch.content.pictures[$0] })
        else { throw HallError.notFound }
        return Response(
            status: .ok, headers: [.contentType: "image/svg+xml; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: svg)))
    }
}

extension ScreenPage {
    init(
        _ room: PublicRoom, _ language: HallLanguage, _ texts: HallTexts, now: UInt64
    ) {
        let meeting = room.meeting
        let code = language.rawValue
        heading = meeting?.heading[code]?.text ?? room.municipality?.text
        subtitle = [meeting?.place?.text, meeting?.date[code]?.text].compactMap(\.self)
            .joined(separator: " · ")
        clock = Self.clock(now)
        self.now = String(now)
        round = room.round.map { Round($0, texts) }
        let current = meeting?.now
        item = room.round == nil ? current.map { Now($0, texts, now: now) } : nil
        let method = current?.method ?? "gallery"
        let isFree = room.round == nil
        if isFree, method == "gallery", let meeting,
            !meeting.columns.isEmpty || meeting.unsorted > 0
        {
            board = Board(meeting, texts)
        } else {
            board = nil
        }
        let name = isFree && board == nil ? meeting?.pictures[code] : nil
        picture = name.map {
            Picture(address: "/room/pictures/\($0)", alternative: current?.title.text ?? "")
        }
        let shows = board != nil || picture != nil || room.round != nil
        programme = shows ? [] : Self.programme(meeting)
        isIdle = !shows && item == nil && programme.isEmpty
    }

    /// The points around the one that goes on: those that matter now.
    private static func programme(_ meeting: PublicRoom.Meeting?) -> [Line] {
        guard let items = meeting?.programme else { return [] }
        let first = items.firstIndex { $0.endedAt == nil } ?? 0
        let start = max(0, min(first - 1, items.count - mostLines))
        return items[start...].prefix(mostLines).map {
            Line(
                time: $0.startsAt.map { time(UInt64(clamping: $0)) } ?? "", title: $0.title.text,
                isDone: $0.endedAt != nil)
        }
    }

    /// Kyrgyzstan's only offset is six hours.
    static func clock(_ milliseconds: UInt64) -> String {
        time(milliseconds % 86_400_000 / 60_000 + 360)
    }

    /// `HH:MM` of minutes since midnight.
    private static func time(_ minutes: UInt64) -> String {
        let (hour, minute) = (minutes % 1440 / 60, minutes % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}

extension ScreenPage.Round {
    init(_ round: PublicRoom.Round, _ texts: HallTexts) {
        question = round.question.text
        code = round.code
        address = round.addresses.first ?? ""
        others = Array(round.addresses.dropFirst().prefix(2))
        network = round.network.map { texts("hall.screen.network", ["name": $0.text]) }
        turnout = texts(
            "hall.screen.turnout",
            ["sent": String(round.sent), "expected": String(round.expected)])
        percent = String(round.percent)
        path = round.picture?.path
        size = round.picture?.size ?? 0
        anonymous = texts["hall.screen.anonymous"]
    }
}

extension ScreenPage.Now {
    init(_ item: PublicRoom.Item, _ texts: HallTexts, now: UInt64) {
        title = item.title.text
        let begun = item.begunAt ?? now
        let elapsed = now > begun ? Int(clamping: (now - begun) / 60_000) : 0
        planned = item.minutes.map { texts("hall.screen.planned", ["minutes": String($0)]) }
        begunAt = String(begun)
        minutes = item.minutes.map { String($0) } ?? ""
        let whole = max(1, item.minutes ?? 0)
        percent = String(item.minutes == nil ? 0 : min(100, min(elapsed, whole) * 100 / whole))
        isLate = item.minutes.map { elapsed > $0 } ?? false
    }
}

extension ScreenPage.Board {
    init(_ meeting: PublicRoom.Meeting, _ texts: HallTexts) {
        let most = max(1, meeting.columns.map(\.votes).max() ?? 1)
        let shown = meeting.columns.prefix(ScreenPage.mostColumns)
        columns = shown.map {
            ScreenPage.Column(
                place: String($0.place), title: $0.title?.text ?? texts["hall.screen.hidden"],
                votes: String($0.votes), percent: String(max(0, $0.votes) * 100 / most),
                isPriority: $0.place <= 5)
        }
        isMany = columns.count > ScreenPage.mostLines
        rows = (columns.count + 1) / 2
        unsorted =
            meeting.unsorted > 0
            ? texts("hall.screen.unsorted", ["count": String(meeting.unsorted)]) : nil
        let rest = meeting.columns.count - shown.count
        more = rest > 0 ? texts("hall.screen.more", ["count": String(rest)]) : nil
    }
}
