public import SyncCore

/// A way of finding other laptops. What it finds are hints; who is there, a TLS key says.
public protocol Discovery: Sendable {
    /// Which way it is.
    var source: DiscoverySource { get }

    /// Looks, and announces this laptop, until the task is cancelled. It copes with what it
    /// needs coming and going, and reports that.
    func run(_ report: @escaping @Sendable (DiscoveryEvent) -> Void) async
}

/// The ways.
public enum DiscoverySource: String, Sendable, Hashable, CaseIterable, Codable {
    /// DNS-SD over multicast DNS (RFC 6763, RFC 6762), through Avahi.
    case dnsService
    /// The own broadcast beacon.
    case beacon
    /// Addresses that worked before.
    case remembered
    /// An address that somebody typed, or that an invitation names.
    case typed
}

/// What a way of finding reports.
public enum DiscoveryEvent: Sendable, Equatable {
    /// A laptop may be there.
    case found(PeerHint)
    /// How the way itself is.
    case status(DiscoverySource, DiscoveryStatus)
}

/// How a way of finding is.
public enum DiscoveryStatus: Sendable, Hashable {
    /// It works.
    case working
    /// The daemon is not installed, not started, or has just stopped; tried again every now and
    /// then.
    case daemonAbsent
    /// The port is taken, or no network is there; tried again every now and then.
    case noNetwork
    /// The file of addresses was damaged; it begins anew.
    case fileDamaged
}

/// Where a laptop may be.
public struct PeerHint: Sendable, Hashable {
    /// Where.
    public let address: PeerAddress
    /// Which laptop is said to be there.
    public let device: DeviceID?
    /// How it was found.
    public let source: DiscoverySource

    /// Names a place.
    public init(address: PeerAddress, device: DeviceID?, source: DiscoverySource) {
        self.address = address
        self.device = device
        self.source = source
    }
}
