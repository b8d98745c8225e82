/// An export or import of bundles, from its beginning until the program ends.
public struct Transfer: Sendable, Equatable {
    /// Its name.
    public var id: TransferID
    /// When it began, in milliseconds since 1970 of the community's time.
    public var begunAt: UInt64
    /// Which way the records go.
    public var direction: Direction
    /// The label of the stick it goes to or comes from; nil for a download or an upload.
    public var stick: String?
    /// How far it is.
    public var phase: Phase

    /// Describes a transfer.
    public init(
        id: TransferID, begunAt: UInt64, direction: Direction, stick: String?, phase: Phase
    ) {
        self.id = id
        self.begunAt = begunAt
        self.direction = direction
        self.stick = stick
        self.phase = phase
    }

    /// Which way the records go.
    public enum Direction: Sendable, Equatable {
        /// Out of this laptop.
        case export(BundleScope)
        /// Into this laptop.
        case intake
    }

    /// How far it is.
    public enum Phase: Sendable, Equatable {
        /// It goes on; steps are bytes.
        case running(WorkProgress)
        /// It is done.
        case done(BundleReceipt)
        /// It was given up, and nothing was taken in.
        case failed(LaptopFault)
    }
}

/// What an export wrote or an import took in, to be printed and filed.
public struct BundleReceipt: Sendable, Equatable {
    /// When it was done, in milliseconds since 1970 of the community's time.
    public var at: UInt64
    /// The laptop that made the bundle.
    public var maker: LaptopID
    /// When it was made, in milliseconds since 1970 of the community's time.
    public var madeAt: UInt64
    /// The files, in their order.
    public var files: [File]
    /// What was written by each laptop, in a lasting order.
    public var logs: [Log]
    /// Photographs in them.
    public var photos: Int
    /// Eight characters of this laptop's digest before an import, in two groups; nil for an
    /// export, which changes nothing.
    public var digestBefore: String?
    /// Eight characters of this laptop's digest afterwards, in two groups.
    public var digest: String

    /// Puts a receipt together.
    public init(
        at: UInt64, maker: LaptopID, madeAt: UInt64, files: [File], logs: [Log], photos: Int,
        digestBefore: String? = nil, digest: String
    ) {
        self.at = at
        self.maker = maker
        self.madeAt = madeAt
        self.files = files
        self.logs = logs
        self.photos = photos
        self.digestBefore = digestBefore
        self.digest = digest
    }

    /// Entries in the files.
    public var entries: Int { logs.reduce(0) { $0 + $1.entries } }
    /// Of them those that were not here before an import.
    public var newEntries: Int { logs.reduce(0) { $0 + $1.newEntries } }

    /// The entries of one laptop.
    public struct Log: Sendable, Equatable {
        /// Who wrote them.
        public var laptop: LaptopID
        /// How many there are.
        public var entries: Int
        /// Of them those that were not here before an import.
        public var newEntries: Int
        /// Whether some were left out, because they contradict what is here or their laptop
        /// never belonged to the community.
        public var isLeftOut: Bool

        /// Counts entries.
        public init(laptop: LaptopID, entries: Int, newEntries: Int, isLeftOut: Bool = false) {
            self.laptop = laptop
            self.entries = entries
            self.newEntries = newEntries
            self.isLeftOut = isLeftOut
        }
    }

    /// A file that was written or read.
    public struct File: Sendable, Equatable {
        /// Its name.
        public var name: String
        /// Its size.
        public var bytes: Int
        /// The first sixteen hexadecimal digits of its SHA-256.
        public var check: String

        /// Describes a file.
        public init(name: String, bytes: Int, check: String) {
            self.name = name
            self.bytes = bytes
            self.check = check
        }
    }
}
