import HTTPTypes
import Hall
import Hummingbird
import Logging
import Participation
import Store

/// The part of the gallery's page from which the facilitator opens and closes a round for phones:
/// counts, never who sent what, and nothing of it before the round is closed.
struct PhonesPanel: Sendable {
    let event: String
    let begin: Begin?
    let open: Open?
    let isClosing: Bool
    let round: String
    /// A round of another meeting is open on this laptop.
    let elsewhere: Link?
    let last: String?
    let network: String
    let isOnScreen: Bool
    let screen: String?
    let error: String?

    /// Before a round: what to ask.
    struct Begin: Sendable {
        let question: String
        let expected: String
        let perSeat: String
        let kinds: [Kind]
        let hasKinds: Bool
    }

    struct Kind: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    /// While a round is open.
    struct Open: Sendable {
        let question: String
        let code: String
        let addresses: [String]
        let path: String?
        let size: Int
        let turnout: String
        let percent: String
        let waiting: String?
        let expected: String
        /// How many people there are if those who wait belong to the room.
        let letIn: String
    }

    struct Link: Sendable {
        let href: String
        let label: String
    }

    /// What was typed and refused, so that nobody types it again.
    struct Typed: Sendable {
        var question: String?
        var expected: String?
        var perSeat: String?
        var kind: String?
        var network: String?
        var error: String?
    }

    static let kinds = ["stickers", "hearingTopic", "problem"]

    /// Nil for who may only look, and where the program has no hall.
    static func read(
        _ board: GalleryBoard, _ visit: Visit, typed: Typed = Typed()
    ) async throws -> PhonesPanel? {
        guard let room = visit.office.room, let port = visit.listener.hallPort,
            visit.access.mayWrite(.sticker)
        else { return nil }
        let id = board.meeting.id
        let box: Box
        do {
            box = try await Box(room.box, id)
        } catch {
            // The gallery goes on without its phones.
            visit.office.logger.error(
                "the ballots cannot be read", metadata: ["error": "\(type(of: error))"])
            return PhonesPanel(
                event: id.text, begin: nil, open: nil, isClosing: false, round: "",
                elsewhere: nil, last: nil, network: "", isOnScreen: false, screen: nil,
                error: visit.texts["phones.error.unreadable"])
        }
        let standing = box.standing
        let other = standing.flatMap { $0.round.event == id ? nil : $0.round.event }
        let (topics, elsewhere) = try await visit.read { reader in
            (
                try reader.records(.hearingTopic, where: Schema.hearingTopic.event, is: id),
                other.flatMap { try? Meeting($0, reader) }
            )
        }
        // A round whose meeting was deleted stands in nobody's way: the next one ends it.
        let isFree = standing == nil || other != nil && elsewhere == nil
        let texts = visit.texts
        let isOnScreen = box.shown == id.text || standing?.round.event == id
        return PhonesPanel(
            event: id.text,
            begin: isFree ? Begin(board, topics, typed, texts) : nil,
            open: standing.flatMap {
                $0.round.event == id && $0.round.state == .open
                    ? Open($0, room.doors(port: port), typed, texts) : nil
            },
            isClosing: standing?.round.event == id && standing?.round.state == .closing,
            round: standing?.round.id.text ?? "",
            elsewhere: elsewhere.map {
                Link(href: Paths.gallery($0.id), label: $0.heading(texts))
            },
            last: standing == nil ? box.last.map { Self.last($0, texts) } : nil,
            network: typed.network ?? box.network ?? "", isOnScreen: isOnScreen,
            screen: screen(visit, port), error: typed.error)
    }

    /// What is in the box of ballots, as far as the panel shows it.
    private struct Box {
        let standing: RoundStanding?
        let last: RoundStanding?
        let network: String?
        let shown: String?

        init(_ box: BallotBox, _ event: RecordID) async throws {
            standing = try await box.standing()
            last = try await box.lastClosed(event)
            network = try await box.setting(.network)
            shown = try await box.setting(.meeting)
        }
    }

    private static func last(_ standing: RoundStanding, _ texts: Texts) -> String {
        texts(
            "phones.last",
            [
                "sent": String(standing.sent), "expected": String(standing.round.expected),
                "votes": String(standing.votes ?? 0),
            ])
    }

    /// The window for the projector, on the same laptop that the page was asked of.
    private static func screen(_ visit: Visit, _ port: Int) -> String? {
        let authority = visit.request.head.authority ?? ""
        let host = authority.split(separator: ":").first.map(String.init)
        return host.map { "http://\($0):\(port)/room" }
    }
}

extension PhonesPanel.Begin {
    init(
        _ board: GalleryBoard, _ topics: [Record], _ typed: PhonesPanel.Typed, _ texts: Texts
    ) {
        let people = board.meeting.facts.count.all
        question = typed.question ?? texts["phones.begin.usual"]
        expected = typed.expected ?? (people > 0 ? String(people) : "")
        perSeat = typed.perSeat ?? "3"
        // What R15 keeps from phones cannot be voted on.
        let personal = board.meeting.facts.personal
        let open = topics.count { !personal.isIn($0.title) }
        let empty = board.columns.count { $0.stickers == 0 && !personal.isIn($0.record.title) }
        let counts = ["stickers": 2, "hearingTopic": open, "problem": empty]
        // A vote of one option is none.
        let possible = PhonesPanel.kinds.filter { counts[$0, default: 0] > 1 }
        let chosen = typed.kind ?? possible.first
        kinds = possible.map {
            .init(value: $0, label: texts["phones.kind.\($0)"], isChosen: $0 == chosen)
        }
        hasKinds = kinds.count > 1
    }
}

extension PhonesPanel.Open {
    init(
        _ standing: RoundStanding, _ doors: [String], _ typed: PhonesPanel.Typed, _ texts: Texts
    ) {
        let round = standing.round
        question = round.question.text
        code = round.code
        addresses = Array(doors.prefix(3))
        let picture = Room.picture(doors, code: round.code)
        path = picture?.path
        size = picture?.size ?? 0
        turnout = texts(
            "phones.turnout",
            ["sent": String(standing.sent), "expected": String(round.expected)])
        percent = String(PublicRoom.Round(standing).percent)
        waiting =
            standing.waiting > 0
            ? texts("phones.waiting", ["count": String(standing.waiting)]) : nil
        expected = typed.expected ?? String(round.expected)
        letIn = String(min(round.expected + standing.waiting, Round.mostPeople))
    }
}
