/// The name of a laptop: 32 hexadecimal digits in small letters, as its log is named.
public struct LaptopID: Sendable, Hashable, CustomStringConvertible {
    /// The digits.
    public let text: String

    /// Accepts 32 hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let isHexadecimal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
            default: false
            }
        }
        guard text.utf8.count == 32, isHexadecimal else { return nil }
        self.text = text
    }

    /// The digits.
    public var description: String { text }

    /// The first eight digits, for a laptop whose label is not known.
    public var short: String { String(text.prefix(8)) }
}

/// What people call a laptop, such as the room it stands in: 1 to 64 bytes of UTF-8 without
/// control characters, so that it prints on one line.
public struct LaptopLabel: Sendable, Hashable, CustomStringConvertible {
    /// The most bytes of UTF-8.
    public static let longest = 64
    /// The words.
    public let text: String

    /// Takes words with one space between them; nil where they are too long, none, or hold
    /// control characters.
    public init?(_ text: String) {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        }
        let words = text.split { $0 == " " }.joined(separator: " ")
        guard isPlain, (1...Self.longest).contains(words.utf8.count) else { return nil }
        self.text = words
    }

    /// The words.
    public var description: String { text }
}

/// Where another laptop may be found: a host name or an address, and a port where it is not the
/// usual one.
public struct LaptopAddress: Sendable, Hashable, CustomStringConvertible {
    /// The most bytes of a typed address.
    public static let longest = 64
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// Nil for the usual one.
    public let port: Int?

    /// Reads `host`, `host:port`, `2001:db8::1` or `[2001:db8::1]:port`; nil for anything else.
    public init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count) else { return nil }
        let (host, port) = Self.parts(text)
        guard !host.isEmpty, host.utf8.allSatisfy(Self.isAllowed) else { return nil }
        guard let port else {
            self.host = host
            self.port = nil
            return
        }
        guard let number = Int(port), port.utf8.first != UInt8(ascii: "+"),
            (1...65_535).contains(number)
        else { return nil }
        self.host = host
        self.port = number
    }

    /// As people type it.
    public var description: String {
        guard let port else { return host }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    private static func parts(_ text: String) -> (host: String, port: String?) {
        if text.hasPrefix("[") {
            let parts = text.dropFirst().split(
                separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return ("", nil) }
            if parts[1].isEmpty { return (String(parts[0]), nil) }
            guard parts[1].hasPrefix(":") else { return ("", nil) }
            return (String(parts[0]), String(parts[1].dropFirst()))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        // More than one colon is an IPv6 address without a port.
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : (text, nil)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
