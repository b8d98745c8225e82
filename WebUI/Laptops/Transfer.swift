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
    /// The files, in their order.
    public var files: [File]
    /// Entries in them.
    public var entries: Int
    /// Of them those that were not here before an import.
    public var newEntries: Int
    /// Photographs in them.
    public var photos: Int
    /// Parts of the same bundle that have not been taken in yet, counted from 1.
    public var missingParts: [Int]
    /// Eight characters of this laptop's digest afterwards, in two groups.
    public var digest: String

    /// Puts a receipt together.
    public init(
        at: UInt64, maker: LaptopID, files: [File], entries: Int, newEntries: Int, photos: Int,
        missingParts: [Int] = [], digest: String
    ) {
        self.at = at
        self.maker = maker
        self.files = files
        self.entries = entries
        self.newEntries = newEntries
        self.photos = photos
        self.missingParts = missingParts
        self.digest = digest
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
