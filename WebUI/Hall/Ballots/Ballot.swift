import Participation

/// What one seat gives in a round, checked.
public enum Ballot: Sendable, Equatable, Codable {
    /// Problems in the person's own words, one a sticker.
    case stickers([String])
    /// The numbers of the options that got a dot.
    case dots([Int])

    /// Reads stickers: empty ones are left out, white space becomes one space.
    /// - Throws: ``BallotRefusal`` that says what is wrong with which of them.
    public static func stickers(from texts: [String]) throws(BallotRefusal) -> Ballot {
        var words: [String] = []
        for (index, text) in texts.enumerated() {
            // Nobody reads megabytes word by word.
            guard text.utf8.count <= StickerLimit.characters * 40 else {
                throw .tooLong(sticker: index + 1)
            }
            let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            guard !joined.isEmpty else { continue }
            guard joined.unicodeScalars.count <= StickerLimit.characters else {
                throw .tooLong(sticker: index + 1)
            }
            do {
                guard case .text(let clean)? = try Schema.sticker.text.parse(.string(joined))
                else { continue }
                words.append(clean)
            } catch {
                throw .notPlain(sticker: index + 1)
            }
        }
        guard !words.isEmpty else { throw .empty }
        guard words.count <= StickerLimit.each else {
            throw .tooMany(most: StickerLimit.each)
        }
        return .stickers(words)
    }

    /// Reads dots: each option gets one at most.
    public static func dots(
        from numbers: [String], options: Int, most: Int
    ) throws(BallotRefusal) -> Ballot {
        var chosen: Set<Int> = []
        for number in numbers {
            guard let option = Int(number), (0..<options).contains(option) else {
                throw .unknownOption
            }
            chosen.insert(option)
        }
        guard !chosen.isEmpty else { throw .empty }
        guard chosen.count <= most else { throw .tooMany(most: most) }
        return .dots(chosen.sorted())
    }

    /// How many votes it holds.
    public var votes: Int {
        switch self {
        case .stickers(let words): words.count
        case .dots(let options): options.count
        }
    }
}

/// Why a ballot was not taken; each has a sentence that says what to do.
public enum BallotRefusal: Error, Sendable, Equatable {
    /// No round is open.
    case noRound
    /// The digits are not those of the open round.
    case wrongCode
    /// The token's round is closed.
    case closedRound
    /// The token is none of this laptop's.
    case unknownSeat
    /// The page is of a seat that used this phone before.
    case otherSeat
    /// More seats than the facilitator can be asked about.
    case roomFull
    /// Nothing is written or chosen.
    case empty
    /// More than a person has.
    case tooMany(most: Int)
    /// One of the stickers is a speech.
    case tooLong(sticker: Int)
    /// One of the stickers holds signs that are no text.
    case notPlain(sticker: Int)
    /// The vote has no such option.
    case unknownOption
    /// The ballot is of another kind than the round.
    case wrongKind
    /// The laptop's disk has no room; nothing was kept.
    case diskFull
    /// The laptop's disk failed; nothing was kept.
    case notKept
}

/// What a phone is told when its ballot is on the disk.
public enum BallotReceipt: Sendable, Equatable {
    /// It counts.
    case counted
    /// It counts as soon as the facilitator lets this seat in: more have sent than are in the room.
    case waiting
}

/// What a seat sent, for the seat itself.
public struct OwnBallot: Sendable, Equatable {
    /// What it sent.
    public let ballot: Ballot
    /// Whether it counts.
    public let receipt: BallotReceipt
}

/// The one narrow channel from the hall's listener into the program: a phone begins a seat, hands
/// in its ballot and may see its own again. Nothing else of the box can be asked.
public protocol BallotSlot: Sendable {
    /// A new seat for the round of these digits.
    /// - Throws: ``BallotRefusal``.
    func seat(code: String) async throws -> SeatToken
    /// Whether a token is a seat of the open round.
    /// - Throws: ``BallotRefusal`` that says why it is none.
    func check(_ token: SeatToken) async throws
    /// Takes a seat's ballot in place of what it sent before. It is on the disk when this returns.
    /// - Throws: ``BallotRefusal``; what the seat sent before stays then.
    func take(_ ballot: Ballot, from token: SeatToken) async throws -> BallotReceipt
    /// What the seat sent; nil before it did.
    func own(_ token: SeatToken) async throws -> OwnBallot?
}
