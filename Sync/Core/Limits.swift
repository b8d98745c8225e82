/// Bounds on everything that comes from another laptop.
public enum SyncLimits {
    /// Bytes of one text in a field.
    public static let textBytes = 524_288
    /// Bytes of an entity's, field's or record's name.
    public static let nameBytes = 64
    /// Bytes of a laptop's label.
    public static let labelBytes = 64
    /// Fields in one entry.
    public static let fieldsPerEntry = 256
    /// Versions that one field change puts aside beside the one it replaces.
    public static let settledPerField = 64
    /// Bytes of one entry's header: 114, and the actor with its length.
    public static let headerBytes = 115 + nameBytes
    /// Bytes of one entry's payload. With ``sealBytes`` it makes sure that any stretch between
    /// two seals fits into one frame.
    public static let payloadBytes = 720 * 1024
    /// Bytes of the payload of one change or statement that a laptop writes. Less than it reads,
    /// so that any stretch between two seals fits into one payload of ``Evidence``.
    public static let ownPayloadBytes = 544 * 1024
    /// Entries that one signature may seal.
    public static let entriesPerSeal = 1000
    /// Payload bytes after which a laptop seals its own log, even within a commit.
    public static let sealBytes = 64 * 1024
    /// Bytes of one frame.
    public static let frameBytes = 1_048_576
    /// Entries in one frame.
    public static let entriesPerFrame = 32_768
    /// Logs in one list of heads and in one removal.
    public static let branches = 4096
    /// Bytes of one list of heads: a count, and 64 bytes for each log.
    public static let headsBytes = 3 + 64 * branches
    /// Bytes of a message that carries heads and another list of logs.
    public static let listsBytes = headsBytes + 8 + 33 * branches
    /// Bytes of a message that carries heads and a frame.
    public static let answerBytes = headsBytes + 8 + frameBytes
    /// Bytes of a question or an answer that carries neither frame nor heads.
    public static let messageBytes = 4096
    /// Frames that go one way in one session.
    public static let framesPerSession = 65_536
}
