/// Collects runs up to a number of bytes.
struct FrameBuilder {
    /// How much is left for the entries of a run.
    struct Room {
        /// Bytes within the caller's limit.
        let bytes: Int
        /// Bytes for a stretch that must go, whatever the caller's limit.
        let atMost: Int
        /// Entries.
        let entries: Int
    }

    private(set) var runs: [Run] = []
    var isFull = false
    private let limit: Int
    private var bytes = Frame.fixedBytes
    private var entries = 0

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { runs.isEmpty }

    func room(for log: LogPlan.Log) -> Room {
        let overhead = bytes + Run.fixedBytes + ByteWriter.varintCount(SyncLimits.entriesPerFrame)
        let room = limit - overhead
        return Room(
            bytes: room, atMost: isEmpty ? SyncLimits.frameBytes - overhead : room,
            entries: SyncLimits.entriesPerFrame - entries)
    }

    mutating func append(_ run: Run, size: Int) {
        runs.append(run)
        entries += run.entries.count
        bytes += Run.fixedBytes + ByteWriter.varintCount(run.entries.count) + size
        isFull = isFull || runs.count == SyncLimits.branches
    }
}

/// Collects entries of one log, and knows where it could end: at a seal within the room.
struct RunBuilder {
    /// The place of the last entry that was taken.
    private(set) var sequence: UInt64
    /// Whether the next entry does not fit, or would not end in time.
    private(set) var isFull = false
    /// The place of the last seal that fits.
    private(set) var sealedSequence: UInt64
    /// The bytes of the entries up to it.
    private(set) var sealedBytes = 0

    private let log: LogPlan.Log
    private var previous: Head
    private let room: FrameBuilder.Room
    private var entries: [Run.Entry] = []
    private var sealedCount = 0
    private var bytes = 0
    private var before = Run.Before()

    init(_ log: LogPlan.Log, after start: UInt64, room: FrameBuilder.Room) {
        self.log = log
        self.room = room
        previous = Head(sequence: start, hash: .zero)
        sequence = start
        sealedSequence = start
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The run up to the last seal that fits; nil where there is none.
    var sealed: Run? {
        guard sealedCount > 0 else { return nil }
        return Run(
            branch: log.branch, key: log.key, previous: previous,
            entries: Array(entries.prefix(sealedCount)))
    }

    /// Takes the next entry or finds itself full; false where it is not the next.
    mutating func append(_ kept: LogEntry) -> Bool {
        guard kept.header.branch == log.branch, kept.header.sequence == sequence &+ 1 else {
            return false
        }
        let entry = Run.Entry(kept)
        let size = bytes + entry.byteCount(at: kept.header.sequence, after: before)
        // A first stretch may go beyond the caller's limit: something must go.
        let most = sealedCount == 0 ? max(room.bytes, room.atMost) : room.bytes
        guard size <= most, entries.count < room.entries else {
            isFull = true
            return true
        }
        if isEmpty { previous = Head(sequence: sequence, hash: kept.header.previous) }
        entries.append(entry)
        before = Run.Before(entry)
        bytes = size
        sequence = kept.header.sequence
        if entry.signature != nil {
            sealedCount = entries.count
            sealedSequence = sequence
            sealedBytes = bytes
        }
        return true
    }
}
