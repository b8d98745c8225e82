/// What to send next: given what both hold, the runs that fill one frame. It keeps nothing
/// between frames: the receiver's new heads say all.
public struct LogPlan: Sendable {
    /// A log and the key that seals it, in the order in which logs are sent.
    public struct Log: Sendable, Hashable {
        /// The log.
        public let branch: Branch
        /// Its Ed25519 key.
        public let key: RawKey

        /// Names a log.
        public init(branch: Branch, key: RawKey) {
            self.branch = branch
            self.key = key
        }
    }

    /// A frame, and what could not be sent.
    public struct Step: Sendable, Equatable {
        /// What goes out; without runs where nothing is to be sent.
        public let frame: Frame
        /// Logs of which both hold another entry at one place, with that place. Of these the
        /// frame holds one sealed stretch, by which the receiver sees it too.
        public let forks: [Branch: UInt64]
        /// Logs that the caller did not give whole and sealed up to their heads: damage.
        public let unsendable: [Branch]

        /// Makes a step.
        public init(frame: Frame, forks: [Branch: UInt64] = [:], unsendable: [Branch] = []) {
            self.frame = frame
            self.forks = forks
            self.unsendable = unsendable
        }
    }

    /// Gives the entries of a log in order, from the one after a place on, until `take` answers
    /// false or the log ends.
    public typealias Reading = (
        _ branch: Branch, _ after: UInt64, _ take: (LogEntry) -> Bool
    ) throws -> Void

    private let mine: Heads
    private let theirs: Heads
    private let logs: [Log]

    /// Compares heads. Logs that are not among `logs` are not sent; see
    /// ``Membership/logs(of:)``.
    public init(mine: Heads, theirs: Heads, logs: [Log], skipping skipped: Set<Branch> = []) {
        self.mine = mine
        self.theirs = theirs
        self.logs = logs.filter { !skipped.contains($0.branch) }
    }

    /// Whether there is anything the other lacks, or holds otherwise.
    public var isNeeded: Bool { logs.contains { isBehind($0.branch) } }

    /// The next frame: as much as fits into `limit` bytes, in whole sealed stretches, but at
    /// least one stretch. Reading stops at the first entry that does not fit.
    public func next(
        limit: Int = SyncLimits.frameBytes, read: Reading
    ) rethrows -> Step {
        let limit = min(limit, SyncLimits.frameBytes)
        var writer = FrameBuilder(limit: limit)
        var forks: [Branch: UInt64] = [:]
        var unsendable: [Branch] = []
        var hasMore = false
        for log in logs where isBehind(log.branch) {
            guard !writer.isFull else {
                hasMore = true
                break
            }
            let (outcome, isForked) = try fill(&writer, log, read)
            if isForked { forks[log.branch] = theirs[log.branch].sequence }
            switch outcome {
            case .done: continue
            case .full: hasMore = true
            case .unsealed: unsendable.append(log.branch)
            }
        }
        return Step(
            frame: Frame(runs: writer.runs, hasMore: hasMore), forks: forks,
            unsendable: unsendable)
    }

    private enum Filling {
        case done
        case full
        case unsealed
    }

    private func isBehind(_ branch: Branch) -> Bool {
        let (have, has) = (mine[branch], theirs[branch])
        return have.sequence > has.sequence || have.sequence == has.sequence && have != has
    }

    private func fill(
        _ writer: inout FrameBuilder, _ log: Log, _ read: Reading
    ) rethrows -> (Filling, isForked: Bool) {
        let (have, has) = (mine[log.branch], theirs[log.branch])
        // Of two different entries at the same place, ours is what there is to show.
        let isEven = have.sequence == has.sequence
        let start = isEven ? has.sequence - 1 : has.sequence
        var run = RunBuilder(log, after: start, room: writer.room(for: log))
        var isForked = false
        var isWhole = true
        try read(log.branch, start) { entry in
            guard entry.header.sequence <= have.sequence else { return false }
            if run.isEmpty { isForked = isEven || entry.header.previous != has.hash }
            isWhole = run.append(entry)
            let isShown = isForked && run.sealedSequence == run.sequence
            return isWhole && !run.isFull && !isShown && run.sequence < have.sequence
        }
        guard isWhole else { return (.unsealed, isForked) }
        guard let sealed = run.sealed else {
            // Nothing fits any more into a frame that has something; into an empty one all does.
            guard run.isFull, !writer.isEmpty else { return (.unsealed, isForked) }
            writer.isFull = true
            return (.full, isForked: false)
        }
        writer.append(sealed, size: run.sealedBytes)
        if isForked || run.sealedSequence == have.sequence { return (.done, isForked) }
        guard run.isFull else { return (.unsealed, isForked) }
        writer.isFull = true
        return (.full, isForked)
    }
}
