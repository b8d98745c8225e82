/// Why bytes were not taken into the folder `blobs`; what was there before is unchanged.
public enum BlobFault: Sendable, Equatable {
    /// They are none, or more than ``Limits/blobBytes``.
    case size
    /// They do not have the hash they came under; what had arrived of them is thrown away.
    case otherHash
    /// A piece does not go on where the pieces before it end, which is `held` bytes behind the
    /// beginning.
    case place(held: Int)
}
