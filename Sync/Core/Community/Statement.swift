/// What a laptop states about who belongs to the community; stands in its log like any entry.
///
///     format      1 byte, 2
///     stamp       8 bytes
///     kind        1 byte: 1 found, 2 admit, 3 remove; then
///     found       nonce 16 bytes, keys, label
///     admit       term varint, from 1; role 1 byte: 1 office, 2 clerk, 3 reader; keys, label
///     remove      device 16 bytes; term varint, from 1; accepted: varint count, then each
///                 epoch 8 bytes and seq 8 bytes, from 1; ascending by epoch, each epoch once
///     keys        log key 32 bytes, hash of the TLS key 32 bytes, bundle key 32 bytes
///     label       varint length, at most 64; UTF-8 without control characters
public struct Statement: Sendable, Hashable {
    /// When, as far as order goes.
    public let stamp: Stamp
    /// What is stated.
    public let act: Act

    /// What can be stated.
    public enum Act: Sendable, Hashable {
        /// A community begins, with the laptop itself as its first office.
        case found(Founding)
        /// A laptop belongs to it, in a role.
        case admit(Admission)
        /// A laptop belongs to it no more.
        case remove(Removal)
    }

    /// The beginning of a community.
    public struct Founding: Sendable, Hashable {
        /// Makes two communities of one laptop differ.
        public let nonce: Nonce
        /// The founding laptop's keys.
        public let keys: DeviceKeys
        /// The founding laptop's label.
        public let label: DeviceLabel

        /// Founds a community.
        public init(nonce: Nonce, keys: DeviceKeys, label: DeviceLabel) {
            self.nonce = nonce
            self.keys = keys
            self.label = label
        }
    }

    /// The admission of a laptop, or its admission in another role or under another label.
    public struct Admission: Sendable, Hashable {
        /// Counts a laptop's memberships, from 1: one that was removed comes back with the next.
        public let term: UInt64
        /// Its role.
        public let role: DeviceRole
        /// Its keys.
        public let keys: DeviceKeys
        /// Its label.
        public let label: DeviceLabel

        /// Admits a laptop. The term is at least 1.
        public init(term: UInt64, role: DeviceRole, keys: DeviceKeys, label: DeviceLabel) {
            self.term = max(1, term)
            self.role = role
            self.keys = keys
            self.label = label
        }
    }

    /// The removal of a laptop.
    public struct Removal: Sendable, Hashable {
        /// The laptop.
        public let device: DeviceID
        /// The last term that ends, from 1.
        public let term: UInt64
        /// Up to which place each of its logs counts, by epoch; other logs of it do not count.
        public let accepted: [UInt64: UInt64]

        /// Removes a laptop. The term is at least 1; of more logs than ``SyncLimits/branches``
        /// those of the smallest epochs are named, and a place 0 names nothing.
        public init(device: DeviceID, term: UInt64, accepted: [UInt64: UInt64]) {
            self.device = device
            self.term = max(1, term)
            let named = accepted.filter { $0.value > 0 }
            guard named.count > SyncLimits.branches else {
                self.accepted = named
                return
            }
            let epochs = Set(named.keys.sorted().prefix(SyncLimits.branches))
            self.accepted = named.filter { epochs.contains($0.key) }
        }
    }

    /// States something.
    public init(stamp: Stamp, act: Act) {
        self.stamp = stamp
        self.act = act
    }
}
