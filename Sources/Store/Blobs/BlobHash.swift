import SyncCore

/// The SHA-256 that names a file in the store's folder `blobs`. Only a well-formed one can be
/// made, so that nothing from outside ever becomes a part of a path.
public struct BlobHash: Sendable, Hashable, Comparable, CustomStringConvertible {
    private let hash: Hash

    /// Reads 64 lower-case hexadecimal digits, as attachments hold them; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 64, let bytes = Hexadecimal.bytes(text),
            Hexadecimal.text(bytes) == text
        else { return nil }
        self.init(bytes: bytes)
    }

    /// Reads 32 bytes; nil for any other number of them.
    public init?(bytes: some Collection<UInt8>) {
        guard let hash = Hash(bytes: bytes) else { return nil }
        self.hash = hash
    }

    /// Hashes the bytes of a file.
    public init(of bytes: [UInt8]) { hash = Hash(of: bytes) }

    /// The 32 bytes.
    public var bytes: [UInt8] { hash.bytes }

    /// 64 lower-case hexadecimal digits.
    public var description: String { hash.description }

    /// Byte order.
    public static func < (left: Self, right: Self) -> Bool { left.hash < right.hash }
}
