/// One laptop being admitted by another, as the screen of one of them shows it. Each screen shows
/// six digits, each person types what the other screen shows.
public struct Pairing: Sendable, Equatable {
    /// Which of the two this laptop is.
    public var side: Side
    /// How far it is.
    public var stage: Stage

    /// Says how far it is.
    public init(side: Side, stage: Stage) {
        self.side = side
        self.stage = stage
    }

    /// Which of the two laptops.
    public enum Side: String, Sendable {
        /// The one that admits.
        case office
        /// The one that is admitted.
        case joiner
    }

    /// How far it is.
    public enum Stage: Sendable, Equatable {
        /// Nobody has come yet (office), or there is no answer yet (joiner).
        case waiting
        /// Both screens show their numbers.
        case numbers(Numbers)
        /// Both numbers were right: the office says role and label of the laptop that asked, the
        /// joiner waits for it. The label is what the joiner calls itself.
        case admitting(label: String)
        /// It is admitted; the label is that of the other laptop.
        case done(label: String)
        /// It is over without that.
        case ended(PairingEnd)
    }

    /// What the two screens have to do with each other.
    public struct Numbers: Sendable, Equatable {
        /// Six digits to be shown here and typed there.
        public var shown: String
        /// Whether the other's was typed here and is right.
        public var isTyped: Bool
        /// Whether ours was typed there and is right.
        public var isConfirmedThere: Bool
        /// How often a number may still be typed here.
        public var triesLeft: Int
        /// Whether the last one typed here was wrong.
        public var wasWrong: Bool

        /// Says what they have to do.
        public init(
            shown: String, isTyped: Bool, isConfirmedThere: Bool, triesLeft: Int, wasWrong: Bool
        ) {
            self.shown = shown
            self.isTyped = isTyped
            self.isConfirmedThere = isConfirmedThere
            self.triesLeft = triesLeft
            self.wasWrong = wasWrong
        }
    }

    /// Whether a person has to do something or wait for it.
    public var isGoingOn: Bool {
        switch stage {
        case .waiting, .numbers, .admitting: true
        case .done, .ended: false
        }
    }
}

/// Why a pairing is over; each has a sentence and a way out (`pair.ended`).
public enum PairingEnd: String, Sendable, CaseIterable {
    /// The wrong number was typed three times.
    case wrongNumbers
    /// It took longer than it may.
    case tooLate
    /// A person gave up, here or there.
    case cancelled
    /// It was tried too often; wait ten minutes, or a day.
    case tooOften
    /// Somebody stands between the two laptops.
    case interference
    /// The other laptop does not answer.
    case unreachable
    /// The other laptop is just pairing with a third.
    case busy
    /// Nobody opened the page for it at the office.
    case notWaiting
    /// The two programs do not understand each other.
    case wrongVersion
}

/// A file that admits one laptop, once, without anything being typed.
public struct InvitationFile: Sendable, Equatable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Until when it may be used, in milliseconds since 1970 of the community's time.
    public let expires: UInt64

    /// Holds an invitation.
    public init(bytes: [UInt8], expires: UInt64) {
        self.bytes = bytes
        self.expires = expires
    }
}
