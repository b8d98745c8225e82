import Participation

/// Everything the hall may know: what the projector and the phones show. The core writes it into
/// `public.db`, the hall's listener reads it there and can open nothing else.
public struct PublicRoom: Codable, Sendable, Equatable {
    /// The municipality's name.
    public var municipality: OpenText?
    /// The meeting on the projector.
    public var meeting: Meeting?
    /// What phones may answer now.
    public var round: Round?

    /// A room in which nothing goes on.
    public init() {}

    /// The meeting that the facilitator shows.
    public struct Meeting: Codable, Sendable, Equatable {
        /// What people call it.
        public var heading: Spoken
        /// Its day.
        public var date: Spoken = [:]
        /// Where it is.
        public var place: OpenText?
        /// The programme in its order.
        public var programme: [Item] = []
        /// The columns of the gallery by place.
        public var columns: [Column] = []
        /// Stickers that are in no column yet.
        public var unsorted = 0
        /// The picture of the method that goes on, by language: its name in `public.db`.
        public var pictures: [String: String] = [:]

        /// A meeting of which nothing else is known.
        public init(heading: Spoken) { self.heading = heading }

        /// The point of the programme that was begun and is not ended.
        public var now: Item? { programme.last { $0.begunAt != nil && $0.endedAt == nil } }
    }

    /// A point of the programme.
    public struct Item: Codable, Sendable, Equatable {
        /// What it is about.
        public var title: OpenText
        /// When it was to begin, in minutes since midnight.
        public var startsAt: Int?
        /// How many minutes it was to take.
        public var minutes: Int?
        /// The method it uses, by its word in the data dictionary.
        public var method: String?
        /// When it was begun, in milliseconds since 1970.
        public var begunAt: UInt64?
        /// When it was ended.
        public var endedAt: UInt64?

        /// A point without times.
        public init(title: OpenText) { self.title = title }
    }

    /// A column of the gallery.
    public struct Column: Codable, Sendable, Equatable {
        /// Its place; equals share one.
        public let place: Int
        /// The problem; nil while the text may hold somebody's name or number.
        public let title: OpenText?
        /// Its votes.
        public let votes: Int

        /// A column at its place.
        public init(place: Int, title: OpenText?, votes: Int) {
            (self.place, self.title) = (place, title)
            self.votes = min(max(0, votes), 10_000_000)
        }
    }

    /// A round that phones may answer.
    public struct Round: Codable, Sendable, Equatable {
        /// Its id.
        public let id: String
        /// What is given: stickers or dots.
        public let kind: RoundKind
        /// What is asked.
        public let question: OpenText
        /// How many stickers or dots each seat has.
        public let perSeat: Int
        /// What dots may be given to.
        public let options: [OpenText]
        /// The digits that lead a phone here.
        public let code: String
        /// How many people are in the room.
        public var expected: Int
        /// How many of them have sent.
        public var sent = 0
        /// How many wait to be let in beyond them.
        public var waiting = 0
        /// Where phones find the laptop, the likeliest first.
        public var addresses: [String] = []
        /// The Wi-Fi to join first.
        public var network: OpenText?
        /// The QR code of the first address.
        public var picture: QRPicture?

        /// An open round as it stands.
        public init(_ standing: RoundStanding) {
            let round = standing.round
            (id, kind, question, code) = (round.id.text, round.kind, round.question, round.code)
            perSeat = round.perSeat
            options = round.options.map(\.title)
            expected = round.expected
            (sent, waiting) = (standing.sent, standing.waiting)
        }

        /// How many of a hundred have sent, those who wait at the door left out.
        public var percent: Int { expected > 0 ? min(100, sent * 100 / expected) : 0 }
    }
}

/// What people give in a round.
public enum RoundKind: String, Codable, Sendable, CaseIterable {
    /// Problems in their own words.
    case stickers
    /// A vote: dots beside given texts.
    case dots
}

/// A QR code as the path of an SVG whose view box is `size` units wide and high.
public struct QRPicture: Codable, Sendable, Equatable {
    /// Modules a side, the quiet zone included.
    public let size: Int
    /// The dark modules, row by row.
    public let path: String
}
