/// One laptop of the community, as far as this one knows.
public struct Laptop: Sendable, Equatable {
    /// Its name.
    public var id: LaptopID
    /// What people call it; may be empty.
    public var label: String
    /// What it is for.
    public var role: LaptopRole
    /// Whether it is this one.
    public var isSelf: Bool
    /// Whether it was removed and has not been taken back.
    public var isRemoved: Bool
    /// Whether it wrote in two places at once (a cloned disk, a restored backup) and has to be
    /// paired again with new keys.
    public var needsNewPairing: Bool
    /// Whether it can be reached, and if not, why.
    public var presence: Presence
    /// Where it was found last, as people would type it.
    public var address: String?
    /// When it last answered, in milliseconds since 1970 of the community's time.
    public var lastSeen: UInt64?
    /// What came and went the last time; nil before the first.
    public var lastExchange: Exchange?
    /// What is known to be missing; nil where nothing is known yet.
    public var missing: Missing?
    /// What goes on with it now.
    public var running: WorkProgress?
    /// Whether it holds the same, by the digests.
    public var comparison: Comparison
    /// Eight characters of its digest in two groups, as ``Store/Digest`` writes them.
    public var digest: String?

    /// A laptop about which nothing is known but who it is.
    public init(id: LaptopID, label: String, role: LaptopRole, isSelf: Bool = false) {
        self.id = id
        self.label = label
        self.role = role
        self.isSelf = isSelf
        isRemoved = false
        needsNewPairing = false
        presence = isSelf ? .here : .away(.notSeen)
        comparison = .unknown
    }

    /// Whether a laptop can be reached.
    public enum Presence: Sendable, Equatable {
        /// It answers.
        case here
        /// It does not, and this is why.
        case away(AwayReason)
    }

    /// What one exchange brought.
    public struct Exchange: Sendable, Equatable {
        /// When it ended, in milliseconds since 1970 of the community's time.
        public var at: UInt64
        /// Entries that came.
        public var received: Int
        /// Entries that went.
        public var sent: Int

        /// Counts an exchange.
        public init(at: UInt64, received: Int, sent: Int) {
            self.at = at
            self.received = received
            self.sent = sent
        }
    }

    /// What one of two laptops has and the other has not.
    public struct Missing: Sendable, Equatable {
        /// Entries that it has and we lack.
        public var entriesHere: Int
        /// Entries that we have and it lacks, as far as we know.
        public var entriesThere: Int
        /// Photographs whose records are here and whose files are not.
        public var photosHere: Int

        /// Counts what is missing.
        public init(entriesHere: Int, entriesThere: Int, photosHere: Int) {
            self.entriesHere = entriesHere
            self.entriesThere = entriesThere
            self.photosHere = photosHere
        }

        /// Whether nothing is.
        public var isNothing: Bool { entriesHere == 0 && entriesThere == 0 && photosHere == 0 }
    }

    /// What the digests say.
    public enum Comparison: String, Sendable {
        /// Both were compared and are equal.
        case same
        /// Both were compared and differ.
        case different
        /// They were not compared, or one of them changed since.
        case unknown
    }
}

/// What a laptop is for. Only office laptops admit and remove others.
public enum LaptopRole: String, Sendable, CaseIterable {
    /// Admits and removes laptops.
    case office
    /// Works with everything, persons included.
    case clerk
    /// Reads.
    case reader
}

/// Why a laptop cannot be reached; each has a sentence and a way out (`laptops.away`).
public enum AwayReason: String, Sendable, CaseIterable {
    /// Nothing was heard of it since the program started.
    case notSeen
    /// It was found, and does not answer.
    case noAnswer
    /// It came here by itself and has left.
    case left
    /// It answered and broke the connection off.
    case refused
    /// What answers belongs to another community.
    case otherCommunity
    /// It was removed here.
    case removed
    /// It says that this laptop was removed.
    case selfRemoved
    /// It does not know this laptop yet.
    case unknownHere
    /// What answers has another key than it had.
    case otherKey
    /// Its clock is far from the community's time.
    case clockFar
    /// Laptops cannot be looked for here: discovery is off, or there is no network.
    case noDiscovery
    /// Another program has this laptop's port, so nobody can reach us.
    case portTaken
    /// Its program is older than it may be.
    case olderProgram
    /// This laptop's program is too old for it.
    case newerProgram
    /// It has no room on its disk, or we have none.
    case diskFull
    /// It is busy with others.
    case busy
    /// It sent what it must not: a broken or a lying program.
    case badData
}

/// How far some work is.
public struct WorkProgress: Sendable, Equatable {
    /// Steps done: entries, or bytes.
    public var done: Int
    /// All steps; nil where they are not known.
    public var total: Int?

    /// Says how far it is.
    public init(done: Int, total: Int?) {
        self.done = done
        self.total = total
    }

    /// 0 to 1; 0 where it is not known.
    public var fraction: Double {
        guard let total, total > 0 else { return 0 }
        return min(1, max(0, Double(done) / Double(total)))
    }
}
