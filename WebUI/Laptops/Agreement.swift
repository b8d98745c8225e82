public import Participation
public import Store

/// What people have to decide after laptops met, and what they are asked about the clock. The
/// composition root fills it from the store.
public struct Agreement: Sendable {
    /// How much waits. Every page with a menu asks, so it scans no table that grows.
    public let waiting: @Sendable () async throws -> Waiting
    /// Conflicts in a fixed order, after a cursor of the page before, at most so many.
    public let conflicts: @Sendable (String?, Int) async throws -> ConflictPage
    /// One conflict; nil where there is none any more.
    public let conflict: @Sendable (ConflictID) async throws -> FieldConflict?
    /// Decides one, in one commit that knows all of its versions.
    public let resolve:
        @Sendable (ConflictID, ConflictChoice, Actor) async throws -> ConflictOutcome
    /// Deletions that came from other laptops, of records that are still deleted and were not
    /// marked as seen; the newest first, after a cursor, at most so many.
    public let deletions: @Sendable (String?, Int) async throws -> DeletionPage
    /// Marks deletions as seen here. Records that are brought back need no mark.
    public let markSeen: @Sendable ([DeletionID]) async throws -> Void
    /// What the clocks say.
    public let clock: @Sendable () async -> ClockState
    /// A person says that it is this time now, in milliseconds since 1970. The program counts on
    /// from there until the laptop's own clock agrees.
    public let tellTime: @Sendable (UInt64) async throws -> Void

    /// Puts the parts together.
    public init(
        waiting: @escaping @Sendable () async throws -> Waiting,
        conflicts: @escaping @Sendable (String?, Int) async throws -> ConflictPage,
        conflict: @escaping @Sendable (ConflictID) async throws -> FieldConflict?,
        resolve:
            @escaping @Sendable (ConflictID, ConflictChoice, Actor)
            async throws -> ConflictOutcome,
        deletions: @escaping @Sendable (String?, Int) async throws -> DeletionPage,
        markSeen: @escaping @Sendable ([DeletionID]) async throws -> Void,
        clock: @escaping @Sendable () async -> ClockState,
        tellTime: @escaping @Sendable (UInt64) async throws -> Void
    ) {
        self.waiting = waiting
        self.conflicts = conflicts
        self.conflict = conflict
        self.resolve = resolve
        self.deletions = deletions
        self.markSeen = markSeen
        self.clock = clock
        self.tellTime = tellTime
    }
}

/// How much waits for a person.
public struct Waiting: Sendable, Equatable {
    /// Conflicts by the kind of record.
    public var conflicts: [EntityName: Int]
    /// Unseen deletions from other laptops by the kind of record.
    public var deletions: [EntityName: Int]
    /// Whether the laptop's clock is not believed.
    public var isClockAsked: Bool

    /// Counts what waits.
    public init(
        conflicts: [EntityName: Int] = [:], deletions: [EntityName: Int] = [:],
        isClockAsked: Bool = false
    ) {
        self.conflicts = conflicts
        self.deletions = deletions
        self.isClockAsked = isClockAsked
    }
}

/// What the clocks say.
public struct ClockState: Sendable, Equatable {
    /// Milliseconds since 1970, as the program counts.
    public var now: UInt64
    /// What the laptop's own clock says.
    public var wall: UInt64
    /// Whether the laptop's own clock is believed.
    public var isTrusted: Bool

    /// Reads the clocks.
    public init(now: UInt64, wall: UInt64, isTrusted: Bool) {
        self.now = now
        self.wall = wall
        self.isTrusted = isTrusted
    }
}
