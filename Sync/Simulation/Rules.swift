/// How the simulated laptops work. The right ways are the defaults; the wrong ones are there to
/// show that the checks can fail.
public struct Rules: Sendable, Hashable {
    /// How a laptop chooses the stamp of an edit.
    public enum Stamps: Sendable, Hashable {
        /// Later than the clock and than what it replaces.
        case afterSeen
        /// Wrong: the wall clock alone, so that an edit can lose to a value its author had seen.
        case wallClock
    }

    /// How a laptop decides between the values of a field.
    public enum Merge: Sendable, Hashable {
        /// The greatest leaf is shown, the others stay beside it.
        case leaves
        /// Wrong: the value that comes last wins, so that the result depends on who merges.
        case lastToCome
        /// Wrong: the greatest version wins whatever its author had seen; conflicts are lost.
        case ignoringBase
    }

    /// What a laptop does about two different entries at one place of a log.
    public enum Forks: Sendable, Hashable {
        /// It notices, writes on under another epoch and brings both sides together.
        case mended
        /// Wrong: a restored or cloned laptop goes on as if nothing were, and nobody looks.
        case unnoticed
    }

    /// What a laptop does about entries of a removed laptop beyond the places its removal accepts.
    public enum Cuts: Sendable, Hashable {
        /// They are kept and forwarded, and mean nothing.
        case kept
        /// Wrong: they are merged.
        case ignored
    }

    /// The stamps of edits.
    public var stamps: Stamps
    /// The merge.
    public var merge: Merge
    /// Forked logs.
    public var forks: Forks
    /// Removed laptops.
    public var cuts: Cuts

    /// The right rules, save those that are named.
    public init(
        stamps: Stamps = .afterSeen, merge: Merge = .leaves, forks: Forks = .mended,
        cuts: Cuts = .kept
    ) {
        self.stamps = stamps
        self.merge = merge
        self.forks = forks
        self.cuts = cuts
    }
}
