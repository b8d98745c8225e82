public import Participation

/// A round of the room, as the facilitator opened it.
public struct Round: Sendable, Equatable {
    /// Its name for ever.
    public let id: RecordID
    /// The meeting it belongs to.
    public let event: RecordID
    /// What is given.
    public let kind: RoundKind
    /// What is asked.
    public let question: OpenText
    /// Stickers or dots of each seat.
    public let perSeat: Int
    /// What dots may be given to, and the record that gets them.
    public let options: [Option]
    /// Digits that lead a phone here.
    public let code: String
    /// How many people are in the room.
    public var expected: Int
    /// Whether phones may send, the results are being put down, or it is over.
    public var state: State
    /// When it was opened, in milliseconds since 1970.
    public let openedAt: UInt64
    /// When it was closed.
    public var closedAt: UInt64?

    /// The course of a round.
    public enum State: String, Sendable, Codable {
        case open, closing, closed
    }

    /// An option of a vote.
    public struct Option: Sendable, Equatable, Codable {
        /// The kind of record that gets the votes.
        public let entity: String
        /// The record.
        public let id: String
        /// What people read.
        public let title: OpenText

        /// An option that stands for a record.
        public init(entity: EntityName, id: RecordID, title: OpenText) {
            (self.entity, self.id, self.title) = (entity.rawValue, id.text, title)
        }
    }

    /// Most people a round can be opened for.
    public static let mostPeople = 500
    /// Seats beyond the people in the room that the facilitator is asked about.
    public static let mostWaiting = 50
    /// Most options of a vote.
    public static let mostOptions = 30
}

/// How a round stands: counts alone.
public struct RoundStanding: Sendable, Equatable {
    /// The round.
    public let round: Round
    /// Seats that have sent and count.
    public let sent: Int
    /// Seats that have sent and wait to be let in.
    public let waiting: Int
    /// Votes that came of it; nil until it is closed.
    public let votes: Int?
}

/// What a closed round puts into the records: the same however often it is asked for, so that a
/// closing that was cut off can be ended without doubling anything.
public enum RoundResult: Sendable, Equatable, Codable {
    /// Stickers with the seats' numbers, in an order that tells nothing of who sent first.
    case stickers([Sticker])
    /// Dots of each option, in the options' order.
    case dots([Int])

    /// A sticker to be made.
    public struct Sticker: Sendable, Equatable, Codable {
        /// The id of its record.
        public let id: String
        /// The number of its seat, counted from 1 in shuffled order.
        public let seat: Int
        /// What the person wrote.
        public let text: String
    }

    /// All votes.
    public var votes: Int {
        switch self {
        case .stickers(let stickers): stickers.count
        case .dots(let dots): dots.reduce(0, +)
        }
    }
}

/// Why the desk's wish about a round was not done.
public enum RoundRefusal: Error, Sendable, Equatable {
    /// Another round is open on this laptop.
    case otherRoundOpen
    /// The round is no longer open, or there is none.
    case notOpen
    /// The number is below those who have sent already, or beyond what a room holds.
    case wrongNumber(least: Int, most: Int)
    /// The disk has no room.
    case diskFull
    /// The disk failed.
    case notKept
}
