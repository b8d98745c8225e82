/// Where a laptop may be found. A hint only: who is there, its TLS key says.
public struct PeerAddress: Sendable, Hashable, Codable, CustomStringConvertible {
    /// A name or a numeric address.
    public let host: String
    /// The TCP port, 1 to 65535.
    public let port: Int

    /// The port of other laptops where no other is named (design.md §6).
    public static let usualPort = 7844
    private static let hostBytes = 253

    /// Checks an address; nil for an empty or overlong host, one with spaces or control
    /// characters, and a port that is none.
    public init?(host: String, port: Int) {
        let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        guard isPlain, (1...Self.hostBytes).contains(host.utf8.count),
            (1...65_535).contains(port)
        else { return nil }
        self.host = host
        self.port = port
    }

    /// Reads `host`, `host:port`, `[v6]` or `[v6]:port`, as people type it; nil for other texts.
    public init?(_ typed: String, usualPort: Int = PeerAddress.usualPort) {
        let text = typed.split(separator: " ", omittingEmptySubsequences: true)
        guard text.count == 1, let word = text.first else { return nil }
        if word.hasPrefix("[") {
            guard let end = word.firstIndex(of: "]") else { return nil }
            let host = String(word[word.index(after: word.startIndex)..<end])
            self.init(host: host, rest: word[word.index(after: end)...], usualPort)
        } else if let colon = word.firstIndex(of: ":"), word.lastIndex(of: ":") == colon {
            self.init(host: String(word[..<colon]), rest: word[colon...], usualPort)
        } else {
            self.init(host: String(word), port: usualPort)
        }
    }

    private init?(host: String, rest: Substring, _ usualPort: Int) {
        if rest.isEmpty {
            self.init(host: host, port: usualPort)
        } else if rest.hasPrefix(":"), let port = Int(rest.dropFirst()) {
            self.init(host: host, port: port)
        } else {
            return nil
        }
    }

    /// Reads an address from a file, under the same rules.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let (host, port) = (
            try values.decode(String.self, forKey: .host),
            try values.decode(Int.self, forKey: .port)
        )
        guard let address = PeerAddress(host: host, port: port) else {
            throw DecodingError.dataCorruptedError(
                forKey: .host, in: values, debugDescription: "not an address")
        }
        self = address
    }

    /// `host:port`, or `[v6]:port`.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
