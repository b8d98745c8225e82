import Hummingbird
import Participation
import Store

/// The problem gallery: stickers, the columns they are sorted into, and the places so far.
struct GalleryPage: PageModel {
    static let template = "gallery"

    let session: SessionHead
    let findings: [SessionFinding]
    let entry: Entry
    let stickersEach = StickerLimit.each
    let longestSticker = StickerLimit.characters
    /// How many stickers each seat has, "1:5 2:3".
    let seats: String
    let summary: String
    let limit: String?
    let hasQuestions: Bool
    let beginnings = MissingMeans.beginnings.joined(separator: "|")
    let endings = MissingMeans.endings.sorted().joined(separator: "|")
    let unsortedCount: String
    let unsorted: [Sticker]
    let columns: [Column]
    let competences: [SessionChoice]
    let solutions: [SessionChoice]
    let localMatters: [SessionChoice]
    let hasRanking: Bool
    let ranking: [Place]
    var phones: PhonesPanel?
    /// Where two people check a paper tally; nil where nothing is counted on paper.
    let tally: String?

    /// What the typing lines begin with: what was typed without scripts and refused, so that
    /// nobody types it again, and the seat whose stickers are typed.
    struct Entry: Sendable {
        var text = ""
        var textError: String?
        /// The seat whose stickers are typed; empty where nobody knows who wrote what.
        var seat = ""
        var seatError: String?
        var title = ""
        var titleError: String?
    }

    struct Sticker: Sendable {
        let id: String
        let text: String
        let tone: String
        /// R7: its words name a missing means rather than a state of affairs.
        let hasQuestion: Bool
    }

    struct Column: Sendable {
        let id: String
        let name: String
        let votes: String
        let place: String
        let hasStickers: Bool
        let byHand: String
        let description: String
        let suggestions: String
        let competence: String
        let solvable: String
        let localMatter: String
        let marks: [String]
        let isTarget: Bool
        let stickers: [Sticker]
    }

    struct Place: Sendable {
        let place: String
        let name: String
        let votes: String
        let percent: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let query = try visit.query()
        let board = try await read(visit)
        let entry = Entry(seat: query["seat"].flatMap { Int($0) }.map { String($0) } ?? "")
        var page = GalleryPage(board, target: query.id("column"), entry: entry, visit)
        page.phones = try await PhonesPanel.read(board, visit)
        return try await visit.page(page)
    }

    /// Reads the meeting of the address with its stickers.
    static func read(_ visit: Visit) async throws -> GalleryBoard {
        let id = try visit.id()
        return try await visit.read { try GalleryBoard(id, $0) }
    }

    /// `target` is the column that typed stickers go to.
    init(
        _ board: GalleryBoard, target: RecordID?, entry: Entry = Entry(), _ visit: Visit
    ) {
        let (meeting, texts) = (board.meeting, visit.texts)
        let target = target.flatMap { board.column($0)?.id }
        session = SessionHead(meeting, on: .gallery, visit)
        findings = SessionFinding.all(meeting, on: .gallery, visit)
        self.entry = entry
        seats = board.seats.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
            .joined(separator: " ")
        summary = Self.summary(board, texts)
        limit = Self.limit(meeting.facts.count.all, texts)
        unsortedCount = String(meeting.facts.unsorted)
        unsorted = (board.stickers[nil] ?? []).map(Sticker.init)
        columns = board.columns.map { Column($0, board, isTarget: $0.id == target, texts) }
        hasQuestions = (unsorted + columns.flatMap(\.stickers)).contains(where: \.hasQuestion)
        competences = SessionChoice.all(Schema.problem.competence, .problem, texts)
        solutions = SessionChoice.all(Schema.problem.solvable, .problem, texts)
        localMatters = LocalMatter.all(texts)
        let most = max(1, board.ranked.first?.votes ?? 0)
        ranking = board.ranked.map { column in
            Place(
                place: String(column.place), name: column.record.title,
                votes: String(column.votes), percent: String(column.votes * 100 / most))
        }
        hasRanking = !ranking.isEmpty
        let hasTally = session.mayEdit && board.columns.contains { $0.stickers == 0 }
        tally = hasTally ? Paths.tally(meeting.id) : nil
    }

    private static func summary(_ board: GalleryBoard, _ texts: Texts) -> String {
        let facts = board.meeting.facts
        let byHand = board.columns.reduce(0) { $0 + ($1.stickers == 0 ? $1.votes : 0) }
        if byHand > 0 {
            return texts(
                "gallery.summaryByHand",
                ["votes": String(facts.votes), "byHand": String(byHand)])
        }
        return texts(
            "gallery.summary",
            ["stickers": String(facts.votes), "unsorted": String(facts.unsorted)])
    }

    /// R6: five stickers for each participant.
    private static func limit(_ participants: Int, _ texts: Texts) -> String? {
        guard participants > 0 else { return nil }
        return texts(
            "gallery.limit",
            [
                "people": String(participants),
                "votes": String(StickerLimit.each * participants),
            ])
    }
}

extension GalleryPage.Sticker {
    init(_ record: Record) {
        id = record.id.text
        text = record.title
        // Three colours of paper, each sticker always of the same one.
        tone = String(1 + Int(record.id.text.utf8.last ?? 0) % 3)
        hasQuestion = MissingMeans.isNamed(in: text)
    }
}

extension GalleryPage.Column {
    init(_ column: GalleryBoard.Column, _ board: GalleryBoard, isTarget: Bool, _ texts: Texts) {
        let record = column.record
        let competence = record[Schema.problem.competence]
        let solvable = record[Schema.problem.solvable]
        let matter = record[Schema.problem.localMatter]
        id = column.id.text
        name = record.title
        votes = String(column.votes)
        place = String(column.place)
        hasStickers = column.stickers > 0
        byHand = record[Schema.problem.votesByHand].map { String($0) } ?? ""
        description = record[Schema.problem.description] ?? ""
        let words = (board.stickers[column.id] ?? []).map(\.title)
        suggestions = ColumnName.suggestions(from: words).joined(separator: "\n")
        self.competence = competence?.rawValue ?? ""
        self.solvable = solvable?.rawValue ?? ""
        localMatter = matter.map { String($0) } ?? ""
        // The matter's own name says that it is a local one.
        let power = competence.map { texts.choice($0, Schema.problem.competence, .problem) }
        let way = solvable.map { texts.choice($0, Schema.problem.solvable, .problem) }
        marks = [matter.map { LocalMatter.name($0, texts) } ?? power, way].compactMap(\.self)
        self.isTarget = isTarget
        stickers = (board.stickers[column.id] ?? []).map(GalleryPage.Sticker.init)
    }
}

/// The matters that the law on local self-government calls local, by number.
enum LocalMatter {
    static func name(_ number: Int, _ texts: Texts) -> String {
        texts.value(.integer(number), of: Schema.problem.localMatter, in: .problem)
    }

    static func all(_ texts: Texts) -> [SessionChoice] {
        guard case .integer(let numbers) = Schema.problem.localMatter.type else { return [] }
        return numbers.map { SessionChoice(value: String($0), label: name($0, texts)) }
    }
}
