import Hummingbird
import Participation
import Store

/// A paper tally typed by two people, each alone: where both read the same, it becomes the votes.
struct TallyPage: PageModel {
    static let template = "tally"

    let session: SessionHead
    let people: [Person]
    /// Who types here; nil before somebody has said.
    let mine: String?
    let rows: [Row]
    let progress: String
    let other: String
    let isCompared: Bool
    let compared: [Compared]
    let differences: String
    let hasDifferences: Bool
    let mayTake: Bool
    let isTaken: Bool
    let gallery: String

    struct Person: Sendable {
        let href: String
        let label: String
        let isCurrent: Bool
    }

    struct Row: Sendable {
        let id: String
        let name: String
        let value: String
        let error: String?
    }

    struct Compared: Sendable {
        let name: String
        let first: String
        let second: String
        let isSame: Bool
        let now: String
    }

    static func show(_ visit: Visit) async throws -> Response {
        let sheet = try await read(visit)
        let typist = try visit.query()["as"].flatMap { Typist(rawValue: $0) }
        return try await visit.page(TallyPage(sheet, typist, visit))
    }

    static func read(_ visit: Visit) async throws -> TallySheet {
        let id = try visit.id()
        return try await visit.read { try TallySheet(id, $0) }
    }

    /// `typed` is what was refused, by column, with the reason.
    init(
        _ sheet: TallySheet, _ typist: Typist?,
        typed: [RecordID: (text: String, error: String?)] = [:], _ visit: Visit
    ) {
        let texts = visit.texts
        session = SessionHead(sheet.board.meeting, on: .gallery, visit)
        let id = sheet.board.meeting.id
        gallery = Paths.gallery(id)
        people = Typist.allCases.map {
            Person(
                href: Paths.tally(id, as: $0),
                label: texts.choice($0, Schema.tallyEntry.typist, .tallyEntry),
                isCurrent: $0 == typist)
        }
        mine = typist?.rawValue
        rows = sheet.columns.map { column in
            let number = typist.flatMap { sheet.votes(column.id, $0) }
            let wrong = typed[column.id]
            return Row(
                id: column.id.text, name: column.record.title,
                value: wrong?.text ?? number.map { String($0) } ?? "", error: wrong?.error)
        }
        let all = String(sheet.columns.count)
        progress =
            typist.map { own in
                texts("tally.mine", ["count": String(sheet.count(own)), "all": all])
            } ?? ""
        let others: [Typist] = typist.map { own in Typist.allCases.filter { $0 != own } } ?? []
        other = others.map { one in
            texts(
                "tally.other",
                [
                    "name": texts.choice(one, Schema.tallyEntry.typist, .tallyEntry),
                    "count": String(sheet.count(one)), "all": all,
                ])
        }.joined(separator: " ")
        isCompared = sheet.isComplete
        // Before both are done, nobody sees what the other has typed.
        compared = sheet.isComplete ? sheet.columns.map { Compared($0, sheet) } : []
        let count = compared.count { !$0.isSame }
        hasDifferences = count > 0
        differences =
            count > 0
            ? texts("tally.differences", ["count": String(count)]) : texts["tally.agreed"]
        mayTake = sheet.isComplete && !sheet.open.isEmpty && session.mayEdit
        isTaken = sheet.isComplete && count == 0 && sheet.open.isEmpty
    }
}

extension TallyPage.Compared {
    init(_ column: GalleryBoard.Column, _ sheet: TallySheet) {
        let (one, two) = (sheet.votes(column.id, .first), sheet.votes(column.id, .second))
        name = column.record.title
        first = one.map { String($0) } ?? "–"
        second = two.map { String($0) } ?? "–"
        isSame = one == two
        now = column.record[Schema.problem.votesByHand].map { String($0) } ?? "–"
    }
}

/// The columns that are counted on paper, and what the two people typed.
struct TallySheet: Sendable {
    let board: GalleryBoard
    /// Columns without stickers: of the others the stickers are the votes.
    let columns: [GalleryBoard.Column]
    private let entries: [RecordID: [Typist: Record]]

    init(_ id: RecordID, _ reader: Reader) throws {
        board = try GalleryBoard(id, reader)
        columns = board.columns.filter { $0.stickers == 0 }
        var entries: [RecordID: [Typist: Record]] = [:]
        // Where two laptops made an entry each, all laptops count the one with the later id.
        let records = try reader.records(.tallyEntry, where: Schema.tallyEntry.event, is: id)
        for record in records.sorted(by: { $0.id < $1.id }) {
            guard let problem = record[Schema.tallyEntry.problem],
                let typist = record[Schema.tallyEntry.typist]
            else { continue }
            entries[problem, default: [:]][typist] = record
        }
        self.entries = entries
    }

    func entry(_ column: RecordID, _ typist: Typist) -> Record? { entries[column]?[typist] }

    func votes(_ column: RecordID, _ typist: Typist) -> Int? {
        entry(column, typist)?[Schema.tallyEntry.votes]
    }

    /// How many columns somebody has typed.
    func count(_ typist: Typist) -> Int { columns.count { votes($0.id, typist) != nil } }

    /// Whether both have typed all.
    var isComplete: Bool {
        !columns.isEmpty && Typist.allCases.allSatisfy { count($0) == columns.count }
    }

    /// Columns on which both agree and whose votes are not written yet.
    var open: [(column: GalleryBoard.Column, votes: Int)] {
        columns.compactMap { column in
            guard let votes = votes(column.id, .first), votes == self.votes(column.id, .second),
                column.record[Schema.problem.votesByHand] != votes
            else { return nil }
            return (column, votes)
        }
    }
}
