import SyncCore

/// The clocks of a simulated laptop: that on the wall, which may say anything, and the community's
/// that is made of it.
struct SimulatedClock: Sendable {
    /// What laptops say on a morning in a village: no battery, a dead one, today, two mistyped years.
    static let walls: [UInt64] = [
        0, 946_684_800_000, today, 2_147_483_648_000, 4_070_908_800_000,
    ]
    /// When the program was built: 18 November 2026.
    static let today: UInt64 = 1_795_000_000_000

    /// Milliseconds since 1970, as the laptop believes.
    private(set) var wall: UInt64
    private var uptime: UInt64 = 0
    private var community: CommunityClock

    init(wall: UInt64, floor: UInt64 = today) {
        self.wall = wall
        community = CommunityClock(floor: floor, uptimeMilliseconds: 0)
    }

    /// The latest time the community is known to have reached.
    var floor: UInt64 { community.floor }

    mutating func pass(_ milliseconds: UInt64) {
        wall += milliseconds
        uptime += milliseconds
    }

    /// Somebody sets the clock, or its battery falls out.
    mutating func set(_ wall: UInt64) { self.wall = wall }

    /// The laptop starts again; only what stood on the disk is known.
    mutating func restart(floor: UInt64) { self = SimulatedClock(wall: wall, floor: floor) }

    mutating func read() -> CommunityClock.Reading {
        community.read(wall: wall, uptimeMilliseconds: uptime)
    }
}
