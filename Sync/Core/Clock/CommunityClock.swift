/// Tells the time on laptops whose batteries are dead. A wall clock is believed only near the
/// floor: the latest time the community is known to have reached. Otherwise the clock counts on
/// from the floor by uptime and says that it is not to be trusted.
public struct CommunityClock: Sendable, Equatable {
    /// A reading: milliseconds since 1970, and whether the wall clock was believed.
    public struct Reading: Sendable, Equatable {
        /// Milliseconds since 1970.
        public let milliseconds: UInt64
        /// Whether the wall clock was plausible.
        public let isTrusted: Bool

        /// A reading.
        public init(milliseconds: UInt64, isTrusted: Bool) {
            self.milliseconds = milliseconds
            self.isTrusted = isTrusted
        }
    }

    static let behind: UInt64 = 10 * 60 * 1000
    static let ahead: UInt64 = 400 * 24 * 60 * 60 * 1000

    /// The latest time the community is known to have reached.
    public private(set) var floor: UInt64
    private let uptimeAtStart: UInt64
    private let floorAtStart: UInt64

    /// Starts from the later of the program's build time and the persisted floor.
    public init(floor: UInt64, uptimeMilliseconds: UInt64) {
        self.floor = floor
        floorAtStart = floor
        uptimeAtStart = uptimeMilliseconds
    }

    /// Reads the clock; a believed wall clock raises the floor.
    public mutating func read(wall: UInt64, uptimeMilliseconds: UInt64) -> Reading {
        let elapsed = uptimeMilliseconds >= uptimeAtStart ? uptimeMilliseconds - uptimeAtStart : 0
        let counted = floorAtStart + elapsed
        let low = floor > Self.behind ? floor - Self.behind : 0
        if wall >= low, wall <= counted + Self.ahead {
            floor = max(floor, wall)
            return Reading(milliseconds: wall, isTrusted: true)
        }
        return Reading(milliseconds: max(floor, counted), isTrusted: false)
    }
}
