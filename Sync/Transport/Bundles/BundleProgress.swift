/// How far an export or an import is.
public struct BundleProgress: Sendable, Equatable {
    /// What is being done.
    public enum Phase: Sendable, Equatable {
        /// Bytes go to the stick.
        case writing
        /// Bytes come back from the stick and are checked.
        case checking
        /// What was checked is taken.
        case taking
    }

    /// What is being done.
    public let phase: Phase
    /// Bytes of the files in this phase so far.
    public let bytes: Int
    /// Bytes of all files; nil while they are written, because it is not known before.
    public let totalBytes: Int?

    /// Is called after each chunk, from another thread.
    public typealias Report = @Sendable (BundleProgress) -> Void
}
