public import SyncCore

/// Another laptop as this one sees it, for the screens.
public struct Neighbour: Sendable, Equatable, Identifiable {
    /// What it is known by.
    public enum ID: Sendable, Hashable {
        /// Its name, once a key or a hint tells it.
        case device(DeviceID)
        /// An address at which nobody has answered yet.
        case address(PeerAddress)
    }

    /// Whether it can be talked with.
    public enum Contact: Sendable, Equatable {
        /// Nobody tried yet.
        case untried
        /// A session is going on.
        case talking
        /// The last session came to its end.
        case reachable
        /// No connection came about.
        case unreachable(Unreachable)
        /// It was reached, and the session broke off.
        case broken(SessionFault)
    }

    /// Whether both hold the same.
    public enum Agreement: Sendable, Equatable {
        /// Not known yet.
        case unknown
        /// Same entries, same values, at the last contact.
        case same
        /// Not the same after a whole session, and why.
        case different(SyncSession.Difference)
    }

    /// What it is known by.
    public let id: ID
    /// The laptop; nil where only an address is known.
    public let device: DeviceID?
    /// What the community calls it; nil before the first contact.
    public internal(set) var label: DeviceLabel?
    /// Where it may be, the place that worked last first; at most eight.
    public internal(set) var addresses: [PeerAddress]
    /// How it was found.
    public internal(set) var sources: Set<DiscoverySource>
    /// Whether it can be talked with.
    public internal(set) var contact = Contact.untried
    /// When it was last talked with, in milliseconds since 1970 of the community's time.
    public internal(set) var lastContactMilliseconds: UInt64?
    /// Entries that came from it since the program started.
    public internal(set) var received: UInt64 = 0
    /// Entries that went to it since the program started.
    public internal(set) var sent: UInt64 = 0
    /// How far the session is that is going on.
    public internal(set) var progress: SyncSession.Progress?
    /// How far the photos are of the last exchange; nil before one.
    public internal(set) var photos: PhotoProgress?
    /// Whether both hold the same.
    public internal(set) var agreement = Agreement.unknown
    /// The digest that both had when they held the same; it tells whether that still holds here.
    public internal(set) var digest: Hash?
    /// Whether its changes are told at once.
    public internal(set) var isListenedTo = false
    /// How many connections it holds on which it hears our changes: with one it is here, even
    /// where it cannot be reached from here.
    public internal(set) var attendances = 0

    init(_ hint: PeerHint) {
        device = hint.device
        id = hint.device.map { .device($0) } ?? .address(hint.address)
        addresses = [hint.address]
        sources = [hint.source]
    }

    init(visitor member: Membership.Member) {
        device = member.device
        id = .device(member.device)
        label = member.label
        addresses = []
        sources = []
    }
}

/// All that the screens show of the neighbourhood.
public struct Neighbourhood: Sendable, Equatable {
    /// The other laptops: those with names first, in the order of their names.
    public internal(set) var neighbours: [Neighbour] = []
    /// How the ways of finding are.
    public internal(set) var sources: [DiscoverySource: DiscoveryStatus] = [:]

    /// What is known of a laptop; nil where it was never met or found.
    public subscript(device: DeviceID) -> Neighbour? {
        neighbours.first { $0.device == device }
    }
}
