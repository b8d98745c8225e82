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

/// What a bundle says about itself, before anything is taken in.
public struct BundleSummary: Sendable, Equatable {
    /// The file's name.
    public var name: String
    /// Its size.
    public var bytes: Int
    /// The laptop that made it.
    public var maker: LaptopID
    /// When, in milliseconds since 1970 of the community's time.
    public var madeAt: UInt64
    /// For whom.
    public var scope: BundleScope
    /// Which of the files it is, from 1.
    public var part: Int
    /// How many files there are.
    public var parts: Int
    /// Entries in it.
    public var entries: Int
    /// Of them those that are not here yet.
    public var newEntries: Int
    /// Photographs in it.
    public var photos: Int

    /// Describes a bundle.
    public init(
        name: String, bytes: Int, maker: LaptopID, madeAt: UInt64, scope: BundleScope,
        part: Int, parts: Int, entries: Int, newEntries: Int, photos: Int
    ) {
        self.name = name
        self.bytes = bytes
        self.maker = maker
        self.madeAt = madeAt
        self.scope = scope
        self.part = part
        self.parts = parts
        self.entries = entries
        self.newEntries = newEntries
        self.photos = photos
    }
}
