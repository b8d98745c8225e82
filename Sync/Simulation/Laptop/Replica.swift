import SyncCore

/// A laptop without screen, disk and network: logs, membership and values, made of SyncCore's own
/// parts. It takes and gives what the protocol says, in the bytes of the protocol.
struct Replica: Sendable {
    let identity: Identity
    let rules: Rules
    let community: CommunityID
    /// The office it was paired with, whom it trusts until its admission has arrived.
    let sponsor: DeviceID?
    /// Whether its program is the later one.
    private(set) var isLater: Bool
    var disk: Disk
    var view: View
    var clock: SimulatedClock
    /// Where its epochs are drawn from.
    var generator: SeededGenerator
    /// Bytes of a frame it sends, at most.
    let frameBytes: Int
    /// What others said last that they hold, by device.
    var heard: [DeviceID: Heads] = [:]
    /// Hashes of all entries that came since the last restore: for the checks, not for the work.
    var witnessed: Set<Hash> = []
    /// How often it was put back to a backup.
    private(set) var restores = 0

    /// A laptop that holds nothing yet.
    init(
        _ identity: Identity, community: CommunityID, sponsor: DeviceID?, rules: Rules,
        isLater: Bool, wall: UInt64, frameBytes: Int, generator: SeededGenerator
    ) {
        var generator = generator
        self.identity = identity
        self.rules = rules
        self.community = community
        self.sponsor = sponsor
        self.isLater = isLater
        self.frameBytes = frameBytes
        clock = SimulatedClock(wall: wall)
        disk = Disk(epoch: generator.next(), floor: clock.floor)
        view = View(community, isLater: isLater, rules: rules)
        self.generator = generator
    }

    var device: DeviceID { identity.device }
    var branch: Branch { Branch(device: device, epoch: disk.epoch) }
    var member: Membership.Member? { view.membership.members[device] }
    var isOffice: Bool { member.map { $0.role == .office && !$0.isRemoved } ?? false }

    /// The hashes of all entries it holds, in logs and in other logs' evidence.
    var held: Set<Hash> {
        var held: Set<Hash> = []
        for log in disk.logs.values { held.formUnion(log.entries.lazy.map(\.hash)) }
        for side in view.evidence.values { held.formUnion(side.keys) }
        return held
    }

    /// Those of them that have their place. A removed laptop, whom nobody sends anything any more,
    /// can hold evidence that goes on from entries it never got.
    var placed: Set<Hash> { view.placed(disk.logs) }

    /// The same view made from the logs alone.
    var rebuilt: View { View(community, isLater: isLater, rules: rules, logs: disk.logs) }

    /// Brings the values up to date.
    mutating func refresh() { view.refresh(disk.logs) }

    /// The program stops and starts again: what was not committed is gone.
    mutating func restart() {
        clock.restart(floor: disk.floor)
        view = rebuilt
        heard = [:]
    }

    /// An old backup takes the place of the disk. Done as the program does it, a new epoch
    /// begins; a copied folder goes on under the old one.
    mutating func restore(_ backup: Disk, isCopied: Bool) {
        disk = backup
        if !isCopied { disk.epoch = generator.next() }
        restart()
        witnessed = held
        restores += 1
    }

    /// A copy of this laptop's whole disk, keys and all, wakes up in another laptop.
    func clone(wall: UInt64, generator: SeededGenerator) -> Replica {
        var clone = self
        clone.generator = generator
        clone.clock = SimulatedClock(wall: wall, floor: disk.floor)
        clone.view = clone.rebuilt
        return clone
    }

    /// The later program is installed.
    mutating func upgrade() {
        isLater = true
        view = rebuilt
    }
}
