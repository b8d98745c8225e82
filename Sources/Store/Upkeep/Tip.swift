public import SyncCore

/// How far a laptop has come in its own log, kept outside the data folder: a folder that was put
/// back to an older state does not know of it.
public struct Tip: Sendable, Equatable {
    /// The log.
    public let branch: Branch
    /// The last entry that was committed.
    public let head: Head

    /// Names a place in the own log.
    public init(branch: Branch, head: Head) {
        self.branch = branch
        self.head = head
    }

    /// Reads what ``text`` wrote; nil for anything else.
    public init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 4,
            let device = Hexadecimal.bytes(String(words[0])).flatMap({ DeviceID(bytes: $0) }),
            let epoch = UInt64(words[1], radix: 16), let sequence = UInt64(words[2]),
            let hash = Hexadecimal.bytes(String(words[3])).flatMap({ Hash(bytes: $0) })
        else { return nil }
        branch = Branch(device: device, epoch: epoch)
        head = Head(sequence: sequence, hash: hash)
    }

    /// One line: device, epoch, place and hash.
    public var text: String {
        "\(branch.device) \(String(branch.epoch, radix: 16)) \(head.sequence) \(head.hash)\n"
    }
}
