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

    static let day: UInt64 = 24 * 60 * 60 * 1000

    /// The latest time the community is known to have reached.
    public private(set) var floor: UInt64
    private var uptimeAtStart: UInt64
    private var floorAtStart: UInt64
    private var isConfirmed = false

    /// Starts from the later of the program's build time and the persisted floor.
    public init(floor: UInt64, uptimeMilliseconds: UInt64) {
        self.floor = floor
        floorAtStart = floor
        uptimeAtStart = uptimeMilliseconds
    }

    /// Reads the clock; a believed wall clock raises the floor.
    public mutating func read(wall: UInt64, uptimeMilliseconds: UInt64) -> Reading {
        let counted = counted(uptimeMilliseconds)
        if isConfirmed {
            floor = max(floor, counted)
            return Reading(milliseconds: counted, isTrusted: true)
        }
        let low = floor > Self.behind ? floor - Self.behind : 0
        if wall >= low, wall <= counted + Self.ahead {
            floor = max(floor, wall)
            return Reading(milliseconds: wall, isTrusted: true)
        }
        return Reading(milliseconds: max(floor, counted), isTrusted: false)
    }

    /// Takes the word of a person for the time. It counts on from there by uptime, and is
    /// believed, until the program ends; the floor goes there, also backwards.
    public mutating func confirm(_ milliseconds: UInt64, uptimeMilliseconds: UInt64) {
        floor = milliseconds
        floorAtStart = milliseconds
        uptimeAtStart = uptimeMilliseconds
        isConfirmed = true
    }

    /// Hears the believed time of a member. It raises the floor by a day at most beyond what has
    /// passed since the start, so that one wild clock does not carry the community away.
    public mutating func hear(_ other: Reading, uptimeMilliseconds: UInt64) {
        guard other.isTrusted else { return }
        floor = max(floor, min(other.milliseconds, counted(uptimeMilliseconds) + Self.day))
    }

    private func counted(_ uptimeMilliseconds: UInt64) -> UInt64 {
        let elapsed = uptimeMilliseconds >= uptimeAtStart ? uptimeMilliseconds - uptimeAtStart : 0
        return floorAtStart + elapsed
    }
}
