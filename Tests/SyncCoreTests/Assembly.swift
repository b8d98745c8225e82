import SyncCore

/// A community in the making: laptops by number, who state things one after another.
struct Assembly {
    static let laptops: [SampleLaptop] = (0..<7).compactMap { try? SampleLaptop($0 + 1) }

    private(set) var entries: [Membership.Entry] = []
    private var sequences: [Branch: UInt64] = [:]
    private var stamp: UInt64 = 0

    static let community = CommunityID(founding: Hash(of: [0]))

    /// Begins with the founding entry of laptop 0, or without any.
    init(isFounded: Bool = true) throws {
        guard isFounded else { return }
        let founder = Self.laptops[0]
        guard let nonce = Nonce(bytes: [UInt8](repeating: 1, count: 16)) else { return }
        say(0, .found(.init(nonce: nonce, keys: founder.keys, label: founder.label)))
    }

    var membership: Membership { Membership(Self.community, entries) }

    /// Who belongs to it, by number.
    var belonging: [Int] {
        let membership = membership
        return Self.laptops.indices.filter {
            membership.members[Self.laptops[$0].device]?.isRemoved == false
        }
    }

    func member(_ number: Int) -> Membership.Member? {
        membership.members[Self.laptops[number].device]
    }

    /// The place of the last entry of a laptop.
    func last(_ number: Int, epoch: UInt64 = 1) -> UInt64 {
        sequences[Self.laptops[number].branch(epoch: epoch)] ?? 0
    }

    mutating func say(_ author: Int, epoch: UInt64 = 1, _ act: Statement.Act) {
        let branch = Self.laptops[author].branch(epoch: epoch)
        let sequence = sequences[branch, default: 0] + 1
        sequences[branch] = sequence
        stamp += 1
        let isFirst = entries.isEmpty
        entries.append(
            Membership.Entry(
                branch: branch,
                head: Head(
                    sequence: sequence,
                    hash: isFirst ? Self.community.founding : Hash(of: [UInt8(stamp % 251), 1])),
                statement: Statement(stamp: Stamp(bits: stamp), act: act)))
    }

    mutating func admit(
        _ author: Int, _ number: Int, _ role: DeviceRole = .clerk, term: UInt64 = 1,
        epoch: UInt64 = 1, label: String? = nil
    ) {
        let laptop = Self.laptops[number]
        let label = label.flatMap { DeviceLabel($0) } ?? laptop.label
        say(
            author, epoch: epoch,
            .admit(.init(term: term, role: role, keys: laptop.keys, label: label)))
    }

    /// Removes a laptop; without `accepting` all it has said so far counts.
    mutating func remove(
        _ author: Int, _ number: Int, term: UInt64 = 1, accepting: [UInt64: UInt64]? = nil
    ) {
        let device = Self.laptops[number].device
        let said = sequences.filter { $0.key.device == device }.map { ($0.key.epoch, $0.value) }
        let accepted = accepting ?? Dictionary(uniqueKeysWithValues: said)
        say(author, .remove(.init(device: device, term: term, accepted: accepted)))
    }

    /// Something that is no statement, such as a record's change.
    mutating func work(_ author: Int, epoch: UInt64 = 1) {
        sequences[Self.laptops[author].branch(epoch: epoch), default: 0] += 1
    }
}
