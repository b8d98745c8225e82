/// How things stand between this laptop and its neighbours, at one moment.
public struct LaptopsState: Sendable, Equatable {
    /// The community this laptop belongs to; nil before it was founded or joined.
    public var community: Community?
    /// All laptops that were ever admitted, this one too, removed ones too.
    public var laptops: [Laptop]
    /// How laptops are looked for.
    public var discovery: Discovery
    /// Communities of other laptops nearby, for one that belongs to none.
    public var found: [FoundCommunity]

    /// Puts the parts together.
    public init(
        community: Community?, laptops: [Laptop], discovery: Discovery,
        found: [FoundCommunity] = []
    ) {
        self.community = community
        self.laptops = laptops
        self.discovery = discovery
        self.found = found
    }

    /// A municipality's laptops.
    public struct Community: Sendable, Equatable {
        /// Its public name, in hexadecimal digits, of which people compare the first eight.
        public var tag: String
        /// Whether it was founded on this laptop, and not joined.
        public var isFoundedHere: Bool

        /// Names a community.
        public init(tag: String, isFoundedHere: Bool) {
            self.tag = tag
            self.isFoundedHere = isFoundedHere
        }
    }

    /// This laptop; nil where it belongs to no community.
    public var own: Laptop? { laptops.first(where: \.isSelf) }

    /// What a laptop is called: its label, or the first digits of its name.
    public func name(of id: LaptopID) -> String {
        let label = laptops.first { $0.id == id }?.label ?? ""
        return label.isEmpty ? id.short : label
    }
}

/// Another laptop nearby that could admit this one.
public struct FoundCommunity: Sendable, Equatable {
    /// What the laptop that was found is called; nil where it does not say.
    public var label: String?
    /// Where it answers.
    public var address: LaptopAddress

    /// Names what was found.
    public init(label: String?, address: LaptopAddress) {
        self.label = label
        self.address = address
    }
}

/// How laptops are looked for on the network.
public struct Discovery: Sendable, Equatable {
    /// The system's own service for it.
    public var avahi: Avahi
    /// Whether the program's own call is sent and heard.
    public var hasBeacon: Bool
    /// The port on which other laptops reach this one.
    public var port: Int
    /// Whether another program has that port.
    public var isPortTaken: Bool
    /// The networks this laptop is in.
    public var networks: [Network]

    /// Says how it is.
    public init(
        avahi: Avahi, hasBeacon: Bool, port: Int, isPortTaken: Bool, networks: [Network]
    ) {
        self.avahi = avahi
        self.hasBeacon = hasBeacon
        self.port = port
        self.isPortTaken = isPortTaken
        self.networks = networks
    }

    /// Whether Avahi helps.
    public enum Avahi: String, Sendable, CaseIterable {
        /// It does.
        case running
        /// It is installed and does not run.
        case stopped
        /// It is not installed.
        case absent
        /// The program was told not to look for laptops.
        case off
    }

    /// A network interface with its addresses.
    public struct Network: Sendable, Equatable {
        /// What the system calls it.
        public var name: String
        /// The laptop's addresses there.
        public var addresses: [String]

        /// Names a network.
        public init(name: String, addresses: [String]) {
            self.name = name
            self.addresses = addresses
        }
    }
}
