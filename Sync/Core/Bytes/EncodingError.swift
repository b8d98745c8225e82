/// Why bytes are no entry of ours.
public enum EncodingError: Error, Sendable, Equatable {
    /// They end too early.
    case truncated
    /// They could have been written shorter, in another order, or go on after the end.
    case notCanonical
    /// A length or a count is over its limit.
    case tooLong
    /// A text is no valid UTF-8, or a label holds control characters.
    case badText
    /// Their format is of a version this program does not know.
    case unknownFormat(UInt8)
}
