import SyncCore

/// The TXT record of the service (RFC 6763 §6): `v`, the version of the protocol; `c`, the
/// community's tag; `d`, the laptop; each key once, others are ignored.
struct ServiceText: Equatable {
    let tag: CommunityTag
    let device: DeviceID

    private static let version = "1"
    private static let limit = 1024

    init(_ announcement: Announcement) {
        tag = announcement.tag
        device = announcement.device
    }

    var bytes: [UInt8] {
        ["v=\(Self.version)", "c=\(tag)", "d=\(device)"].flatMap { pair in
            [UInt8(pair.utf8.count)] + Array(pair.utf8)
        }
    }

    /// Reads a record; nil where it is not one of ours.
    init?(bytes: [UInt8]) {
        guard bytes.count <= Self.limit else { return nil }
        var values: [String: String] = [:]
        var rest = bytes[...]
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            let pair = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            guard let text = String(validating: pair, as: UTF8.self) else { continue }
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, values[String(parts[0])] == nil else { continue }
            values[String(parts[0])] = String(parts[1])
        }
        guard values["v"] == Self.version,
            let tag = values["c"].flatMap({ Hexadecimal.bytes($0) }),
            let device = values["d"].flatMap({ Hexadecimal.bytes($0) }),
            let ours = CommunityTag(bytes: tag), let laptop = DeviceID(bytes: device)
        else { return nil }
        self.tag = ours
        self.device = laptop
    }
}
