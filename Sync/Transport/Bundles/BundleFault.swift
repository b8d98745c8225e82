public import SyncCore

/// Why a bundle is not taken. Whatever it is, nothing of the bundle was handed over.
public enum BundleFault: Error, Sendable, Equatable {
    /// Another kind of file, or another name than `….ashar`.
    case notABundle
    /// A newer version of this program wrote it.
    case newerVersion
    /// It belongs to another community.
    case otherCommunity(CommunityID)
    /// It is encrypted for other laptops: this one was admitted later, or has new keys.
    case notForThisLaptop
    /// This laptop does not know the one that wrote it. A bundle of an office brings it.
    case unknownAuthor(DeviceID)
    /// A file ends too early: the stick was pulled, or the copy broke off.
    case truncated
    /// A file is not what its author wrote.
    case altered
    /// A file of the bundle is not there, by its number from 1.
    case partMissing(Int)
    /// Its author thought that this laptop holds more of these logs than it does. A bundle of
    /// everything helps.
    case gaps([Branch])
    /// It is what its author wrote, but that breaks the rules: a fault of the author's program.
    case malformed
    /// The stick gives it not out, or it is no plain file, or too large for one.
    case unreadable
}

/// Why a bundle was not written. Whatever it is, what was begun is removed as far as the stick is
/// still there, and nothing else was touched.
public enum BundleWriteFault: Error, Sendable, Equatable {
    /// The name does not end in `.ashar`, or is that of a second part.
    case badName
    /// There is a file of that name, which is never written over, or another export writes it.
    case exists(name: String)
    /// The stick is full.
    case noRoom
    /// The stick was pulled out, is broken or cannot be written.
    case mediumGone
    /// Something else, by its number in errno(3).
    case unwritable(code: Int32)
    /// More laptops, files or bytes in one piece than a bundle can have.
    case tooLarge
    /// What the stick gave back after writing is not what was written.
    case readBackDiffers
}
