/// A community: the hash of the header of its founding entry.
public struct CommunityID: Sendable, Hashable, CustomStringConvertible {
    /// The hash of the founding entry's header.
    public let founding: Hash

    /// The community that an entry founds.
    public init(founding: Hash) { self.founding = founding }

    /// Reads 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard let hash = Hash(bytes: bytes) else { return nil }
        founding = hash
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { founding.bytes }

    /// 64 hexadecimal digits.
    public var description: String { founding.description }
}
