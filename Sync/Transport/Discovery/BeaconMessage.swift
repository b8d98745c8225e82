import SyncCore

/// The own beacon: one UDP datagram of 32 bytes to port base + 45.
///
///     magic       4 bytes, "ASHR"     version  1 byte, 1
///     flags       1 byte: 1 please answer
///     port        2 bytes, the TCP port on which the laptop answers others
///     tag         8 bytes, the community's
///     device      16 bytes
struct BeaconMessage: Equatable {
    let announcement: Announcement
    let wantsAnswer: Bool

    static let byteCount = 32
    private static let head = Array("ASHR".utf8) + [1]

    init(_ announcement: Announcement, wantsAnswer: Bool) {
        self.announcement = announcement
        self.wantsAnswer = wantsAnswer
    }

    var bytes: [UInt8] {
        let port = UInt16(clamping: announcement.port)
        return Self.head + [wantsAnswer ? 1 : 0, UInt8(port >> 8), UInt8(port & 255)]
            + announcement.tag.bytes + announcement.device.bytes
    }

    /// Reads a datagram; nil for anything else.
    init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, Array(bytes.prefix(5)) == Self.head, bytes[5] <= 1,
            let tag = CommunityTag(bytes: bytes[8..<16]),
            let device = DeviceID(bytes: bytes[16..<32])
        else { return nil }
        let port = Int(bytes[6]) << 8 | Int(bytes[7])
        guard port > 0 else { return nil }
        announcement = Announcement(tag: tag, device: device, port: port)
        wantsAnswer = bytes[5] == 1
    }
}
