/// Entries of a forked log, carried in the log of whoever noticed. A log can only be sent along
/// one side of a fork; in this way the other side reaches everybody too, by the ordinary session.
///
///     format      1 byte, 3
///     frame       a frame of one run, which ends with a seal; no more to come
///
/// The run is sealed by the forked laptop itself, so it does not matter who carries it. Of a limb
/// all is carried, in as many payloads as it takes; of what stands in its place, as much as
/// reaches the next seal: by that, laptops that hold the limb for the log learn of the fork.
public enum Evidence {
    static let format: UInt8 = 3
    /// How deep evidence in evidence counts: a limb can hold entries that carry another log's.
    public static let depth = 8
    /// Bytes of the payloads that a laptop writes, as far as whole sealed stretches go.
    static let aim = 512 * 1024

    /// The payloads for entries of a log that follow each other and end with a sealed one.
    public static func payloads(_ entries: some Sequence<LogEntry>, key: RawKey) -> [[UInt8]] {
        var payloads: [[UInt8]] = []
        var (whole, stretch): ([LogEntry], [LogEntry]) = ([], [])
        var (wholeBytes, bytes) = (0, 0)
        for entry in entries {
            stretch.append(entry)
            bytes += SyncLimits.headerBytes + (entry.payload?.count ?? 0)
            guard entry.signature != nil else { continue }
            if wholeBytes + bytes > aim, !whole.isEmpty {
                payloads.append(payload(whole, key))
                (whole, wholeBytes) = ([], 0)
            }
            whole += stretch
            wholeBytes += bytes
            (stretch, bytes) = ([], 0)
        }
        if !whole.isEmpty { payloads.append(payload(whole, key)) }
        return payloads
    }

    private static func payload(_ entries: [LogEntry], _ key: RawKey) -> [UInt8] {
        let first = entries[0].header
        let run = Run(
            branch: first.branch, key: key,
            previous: Head(sequence: first.sequence - 1, hash: first.previous),
            entries: entries.map { Run.Entry($0) })
        return [format] + Frame(runs: [run], hasMore: false).bytes
    }

    /// Reads a payload; whether the run is sealed is not looked at.
    /// - Throws: ``EncodingError`` for anything that ``payloads(_:key:)`` would not have written.
    static func run(_ payload: some Collection<UInt8>) throws(EncodingError) -> Run {
        let frame = try Frame(bytes: Array(payload.dropFirst()))
        guard frame.runs.count == 1, !frame.hasMore else { throw .notCanonical }
        return frame.runs[0]
    }

    /// The runs that an entry carries, and those that their entries carry in turn; without those
    /// that are not right.
    public static func runs(in payload: some Collection<UInt8>) -> [VerifiedRun] {
        runs(in: payload, depth: depth)
    }

    private static func runs(in payload: some Collection<UInt8>, depth: Int) -> [VerifiedRun] {
        guard depth > 0, payload.first == format, let run = try? run(payload),
            let verified = try? run.verified()
        else { return [] }
        return [verified]
            + verified.entries.flatMap { checked in
                checked.entry.payload.map { runs(in: $0, depth: depth - 1) } ?? []
            }
    }
}
