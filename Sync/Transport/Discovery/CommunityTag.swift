import Crypto
public import SyncCore

/// By what laptops of one community know each other in announcements that anybody can read: eight
/// bytes of a MAC, from which the community cannot be told.
public struct CommunityTag: Sendable, Hashable, CustomStringConvertible {
    static let byteCount = 8

    /// The eight bytes.
    public let bytes: [UInt8]

    /// The tag of a community: the first bytes of HMAC-SHA-256 (RFC 2104) of "mdns" under its id.
    public init(_ community: CommunityID) {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("mdns".utf8), using: SymmetricKey(data: community.bytes))
        bytes = Array(Array(code).prefix(Self.byteCount))
    }

    init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }

    /// Sixteen hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }
}

/// What a laptop says of itself on the network: no names, no roles.
public struct Announcement: Sendable, Hashable {
    /// Its community's tag.
    public let tag: CommunityTag
    /// The laptop.
    public let device: DeviceID
    /// The TCP port on which it answers others.
    public let port: Int

    /// Announces a laptop.
    public init(tag: CommunityTag, device: DeviceID, port: Int) {
        self.tag = tag
        self.device = device
        self.port = port
    }
}
