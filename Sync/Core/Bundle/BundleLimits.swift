/// Sizes of bundles, the files on sticks (PROTOCOL.md §14).
public enum BundleLimits {
    /// Bytes of one chunk before it is encrypted. Bundles are padded to a multiple of it.
    public static let chunkBytes = 65_536
    /// Bytes of the tag behind each encrypted chunk.
    public static let tagBytes = 16
    /// Bytes of a chunk in the file.
    public static let sealedChunkBytes = chunkBytes + tagBytes
    /// Bytes of one file: FAT, as on most sticks, ends at four times that.
    public static let partBytes = 1_073_741_824
    /// Files of one bundle.
    public static let parts = 64
    /// Laptops that one bundle is for.
    public static let wraps = 4096
    /// Bytes of everything before the chunks.
    public static let headerBytes =
        BundleHeader.fixedBytes + ByteWriter.varintCount(wraps) + BundleWrap.byteCount * wraps
    /// Bytes of a photo (design.md §4).
    public static let photoBytes = 8 * 1024 * 1024
    /// Bytes of what a bundle says about itself: two lists of heads, a digest and a time.
    public static let manifestBytes = 2 * SyncLimits.headsBytes + 41
}
