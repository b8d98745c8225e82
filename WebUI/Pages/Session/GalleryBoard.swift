import Participation
import Store

/// The columns and stickers of a gallery as they stand.
struct GalleryBoard: Sendable {
    /// Stickers of one column that are shown; all of them count.
    static let shown = 1000

    let meeting: Meeting
    /// The columns in the order in which they were made.
    let columns: [Column]
    /// The stickers by column; nil is not sorted yet, or sorted into a column that was deleted.
    let stickers: [RecordID?: [Record]]
    /// Stickers by seat, where seats are known.
    let seats: [Int: Int]

    struct Column: Sendable {
        let record: Record
        let stickers: Int
        let votes: Int
        let place: Int

        var id: RecordID { record.id }
    }

    init(_ id: RecordID, _ reader: Reader) throws {
        var meeting = try Meeting(id, reader)
        if let village = meeting.event[Schema.event.village] {
            meeting.facts.neighbours = try reader.namesOfPeople(in: village)
        }
        self.meeting = meeting
        let facts = meeting.facts
        let votes = facts.problems.map { problem -> Int in
            let stickers = facts.stickers[problem.id] ?? 0
            return stickers > 0 ? stickers : problem[Schema.problem.votesByHand] ?? 0
        }
        columns = zip(facts.problems, votes).map { problem, own in
            Column(
                record: problem, stickers: facts.stickers[problem.id] ?? 0, votes: own,
                place: 1 + votes.count { $0 > own })
        }
        let known = Set(facts.problems.map(\.id))
        let records = try reader.records(.sticker, where: Schema.sticker.event, is: id)
        seats = Dictionary(
            records.compactMap { $0[Schema.sticker.author] }.map { ($0, 1) }, uniquingKeysWith: +)
        stickers = Dictionary(grouping: records) { sticker in
            sticker[Schema.sticker.problem].flatMap { known.contains($0) ? $0 : nil }
        }.mapValues { Array($0.prefix(Self.shown)) }
    }

    /// The column of an id; nil where there is none in this gallery.
    func column(_ id: RecordID) -> Column? { columns.first { $0.id == id } }

    /// The seat whose sticker comes next after one of `seat`: its own, or where it has all of its
    /// stickers now, the next one that has none.
    func seat(after seat: Int) -> Int {
        guard (seats[seat] ?? 0) + 1 >= StickerLimit.each else { return seat }
        var next = seat + 1
        while seats[next] != nil { next += 1 }
        return next
    }

    /// The columns by place, equals in Kyrgyz order.
    var ranked: [Column] {
        columns.sorted {
            $0.votes == $1.votes
                ? KyrgyzCollation.precedes($0.record.title, $1.record.title)
                : $0.votes > $1.votes
        }
    }
}
