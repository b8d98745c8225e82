import Participation

/// The name of a bundle that can be inspected: a file on a stick, or one that was uploaded.
public struct BundleID: Sendable, Hashable, CustomStringConvertible {
    /// 1 to 64 of `A-Z a-z 0-9 - _`.
    public let text: String

    /// Accepts a well-formed name; nil for anything else.
    public init?(_ text: String) {
        guard RecordID(text) != nil else { return nil }
        self.text = text
    }

    /// The name.
    public var description: String { text }
}

/// The name of an export or import that was begun.
public struct TransferID: Sendable, Hashable, CustomStringConvertible {
    /// 1 to 64 of `A-Z a-z 0-9 - _`.
    public let text: String

    /// Accepts a well-formed name; nil for anything else.
    public init?(_ text: String) {
        guard RecordID(text) != nil else { return nil }
        self.text = text
    }

    /// The name.
    public var description: String { text }
}

/// A stick or card that is plugged in and can be written to.
public struct Stick: Sendable, Equatable {
    /// 1 to 64 of `A-Z a-z 0-9 - _`: what the pages call it.
    public var id: String
    /// What people see in their file manager.
    public var label: String
    /// Bytes free on it; nil where the system does not tell.
    public var freeBytes: Int?
    /// Bundles in its uppermost folder, the newest first.
    public var bundles: [File]

    /// Describes a stick.
    public init(id: String, label: String, freeBytes: Int?, bundles: [File]) {
        self.id = id
        self.label = label
        self.freeBytes = freeBytes
        self.bundles = bundles
    }

    /// A bundle on it.
    public struct File: Sendable, Equatable {
        /// How to ask for it.
        public var id: BundleID
        /// The file's name.
        public var name: String
        /// Its size.
        public var bytes: Int

        /// Describes a file.
        public init(id: BundleID, name: String, bytes: Int) {
            self.id = id
            self.name = name
            self.bytes = bytes
        }
    }
}

/// What goes into a bundle.
public enum BundleScope: Sendable, Equatable {
    /// Everything.
    case everything
    /// What one laptop lacks, as far as we know.
    case lacking(LaptopID)
}

/// Where a bundle is written to.
public enum BundleGoal: Sendable, Equatable {
    /// A stick, by its name.
    case stick(String)
    /// Files of this laptop, to be downloaded.
    case download
    /// A file or a folder of this laptop's user, by its path.
    case path(String)
}

/// What a bundle says about itself, before anything is taken in.
public struct BundleSummary: Sendable, Equatable {
    /// The first file's name.
    public var name: String
    /// The size of all its files.
    public var bytes: Int
    /// How many files it has.
    public var parts: Int
    /// The laptop that made it.
    public var maker: LaptopID
    /// When, in milliseconds since 1970 of the community's time.
    public var madeAt: UInt64
    /// Whether it has everything its maker held; otherwise what one laptop lacked.
    public var isEverything: Bool
    /// Entries in it.
    public var entries: Int
    /// Of them those that are not here yet.
    public var newEntries: Int
    /// Photographs in it.
    public var photos: Int

    /// Describes a bundle.
    public init(
        name: String, bytes: Int, parts: Int, maker: LaptopID, madeAt: UInt64,
        isEverything: Bool, entries: Int, newEntries: Int, photos: Int
    ) {
        self.name = name
        self.bytes = bytes
        self.parts = parts
        self.maker = maker
        self.madeAt = madeAt
        self.isEverything = isEverything
        self.entries = entries
        self.newEntries = newEntries
        self.photos = photos
    }
}
