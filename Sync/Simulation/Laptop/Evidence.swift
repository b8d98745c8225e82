import SyncCore

/// Entries of a forked log, carried in the log of whoever noticed. A log can only be sent along
/// one side of a fork; in this way the other side reaches everybody too, by the ordinary session.
///
///     format      1 byte, 3
///     frame       a frame of one run: of the limb all of it; of what stands in its place as much
///                 as reaches the next seal
///
/// The run is sealed by the forked laptop itself, so it does not matter who carries it.
enum Evidence {
    static let format: UInt8 = 3

    /// The payload for entries that follow each other and end with a sealed one.
    static func payload(_ entries: some Collection<Kept>, key: RawKey) -> [UInt8]? {
        guard let first = entries.first, first.sequence > 0 else { return nil }
        let run = Run(
            branch: first.branch, key: key,
            previous: Head(sequence: first.sequence - 1, hash: first.previous),
            entries: entries.map { Run.Entry($0.entry) })
        return [format] + Frame(runs: [run], hasMore: false).bytes
    }

    /// What a payload carries; nothing of runs that are not right.
    static func entries(_ payload: ArraySlice<UInt8>) -> [Kept] {
        guard let frame = try? Frame(bytes: Array(payload.dropFirst())) else { return [] }
        return frame.runs.flatMap { run in
            ((try? run.verified())?.entries ?? []).map { Kept($0) }
        }
    }
}
