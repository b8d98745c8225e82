/// Who belongs to a community: a pure function of the set of statements and the community's name,
/// whatever the order in which they came.
///
/// 1. The founding entry is the first of its log and names its laptop an office. Whoever an
///    office admitted was ever admitted; whoever an office admitted as an office was ever one,
///    and stays one for this rule. All other admissions and foundings mean nothing.
/// 2. The removals by laptops that were ever an office count, all of them, and for this even
///    admissions that rule 3 makes void. A laptop is removed when one of them names the greatest
///    term it was admitted for, or a later one.
/// 3. What a removed laptop wrote beyond the places its removals accept does not count, and of
///    several removals the strictest holds. Admissions among it are void. This is worked out
///    with all removals in force at first, whatever their term; then those that are outlived by
///    a later admission that counts are lifted, until nothing changes. So nobody comes back by
///    its own word, nor by that of others who are out.
public struct Membership: Sendable, Equatable {
    /// A statement and where it stands.
    public struct Entry: Sendable, Hashable {
        /// Whose log.
        public let branch: Branch
        /// Its place there, and the hash of its header.
        public let head: Head
        /// What it says.
        public let statement: Statement

        /// Names a statement.
        public init(branch: Branch, head: Head, statement: Statement) {
            self.branch = branch
            self.head = head
            self.statement = statement
        }

        var version: Version { Version(stamp: statement.stamp, branch: branch) }
    }

    /// A laptop that was ever admitted.
    public struct Member: Sendable, Hashable {
        /// Its keys, as the last admission names them.
        public let keys: DeviceKeys
        /// Its role.
        public let role: DeviceRole
        /// Its label.
        public let label: DeviceLabel
        /// The greatest term it was admitted for.
        public let term: UInt64
        /// Where it was removed: up to which place each of its logs counts, by epoch; other logs
        /// do not count. Nil for a laptop that belongs to the community.
        public let cut: [UInt64: UInt64]?
        /// How many admissions lie between it and the founding laptop.
        public let depth: Int
        /// Whether its admissions and removals count.
        public let wasOffice: Bool

        /// The office that a laptop was just introduced by, before its admission has arrived.
        public static func introducer(_ keys: DeviceKeys) -> Member {
            Member(
                keys: keys, role: .office, label: .none, term: 1, cut: nil, depth: 0,
                wasOffice: true)
        }

        /// The laptop.
        public var device: DeviceID { keys.device }
        /// Whether it belongs to the community no more.
        public var isRemoved: Bool { cut != nil }
    }

    /// What a TLS key is to a community.
    public enum Standing: Sendable, Equatable {
        /// It is a member's.
        case member(Member)
        /// It is that of a laptop that was removed.
        case removed(Member)
        /// It is nobody's.
        case stranger
    }

    /// The community.
    public let community: CommunityID
    /// All laptops that were ever admitted, removed ones too; empty where the founding entry has
    /// not arrived.
    public let members: [DeviceID: Member]
    private let founding: Branch?
    private let byTLSHash: [Hash: DeviceID]
    private let removedTerms: [DeviceID: UInt64]

    /// Works out who belongs to a community.
    public init(_ community: CommunityID, _ entries: some Sequence<Entry>) {
        let rules = MembershipRules(community, entries)
        let outcome = rules.outcome()
        self.community = community
        members = outcome.members
        founding = outcome.founding
        removedTerms = outcome.removedTerms
        var byTLSHash: [Hash: DeviceID] = [:]
        // Where two laptops claim one key, who belongs comes first, then the smaller name.
        for member in outcome.members.values.sorted(by: Self.comesFirst)
        where byTLSHash[member.keys.tlsHash] == nil {
            byTLSHash[member.keys.tlsHash] = member.device
        }
        self.byTLSHash = byTLSHash
    }

    /// The same as if nobody had been removed: all laptops whose logs are taken, kept, sent and
    /// put in order. A removal can void the admission of a laptop whose own statements count
    /// again after the next one; so all laptops must hold them, whatever came first.
    public static func everAdmitted(
        _ community: CommunityID, _ entries: some Sequence<Entry>
    ) -> Membership {
        Membership(
            community,
            entries.filter { if case .remove = $0.statement.act { false } else { true } })
    }

    /// Whether the founding entry is known.
    public var isFounded: Bool { !members.isEmpty }

    /// What the owner of a TLS key is, by the SHA-256 of its SubjectPublicKeyInfo.
    public func standing(tlsHash: Hash) -> Standing {
        guard let device = byTLSHash[tlsHash], let member = members[device] else {
            return .stranger
        }
        return member.isRemoved ? .removed(member) : .member(member)
    }

    /// Whether the owner of a TLS key belongs to the community now.
    public func isMember(tlsHash: Hash) -> Bool {
        if case .member = standing(tlsHash: tlsHash) { true } else { false }
    }

    /// Whether the entry at a place counts: its laptop was ever admitted, and if it was removed,
    /// the place is not beyond the cut. Entries beyond it are kept and forwarded, so that all
    /// laptops come to know the same statements, but not merged.
    public func accepts(_ branch: Branch, sequence: UInt64) -> Bool {
        guard let member = members[branch.device] else { return false }
        guard let cut = member.cut else { return true }
        return sequence <= cut[branch.epoch] ?? 0
    }

    /// The logs among these that belong to laptops known here, in the order in which they are
    /// sent: whoever admits before whom it admits, offices first; the founding log before all. To
    /// be asked of ``everAdmitted(_:_:)``.
    public func logs(of branches: some Sequence<Branch>) -> [LogPlan.Log] {
        let known = branches.compactMap { branch in
            members[branch.device].map { (branch: branch, member: $0) }
        }
        let ordered = known.sorted { left, right in
            let (one, other) = (left.member, right.member)
            if one.depth != other.depth { return one.depth < other.depth }
            if one.wasOffice != other.wasOffice { return one.wasOffice }
            // Without the founding entry the founder's other logs are nobody's.
            if (left.branch == founding) != (right.branch == founding) {
                return left.branch == founding
            }
            return left.branch < right.branch
        }
        return ordered.map { LogPlan.Log(branch: $0.branch, key: $0.member.keys.log) }
    }

    /// The term under which a laptop can be admitted: its own while it belongs, for another role
    /// or label; the next after a removal; 1 for a stranger. Nil where there is none: the laptop
    /// needs new keys.
    public func term(toAdmit device: DeviceID) -> UInt64? {
        let member = members[device]
        if let member, !member.isRemoved { return member.term }
        let last = max(member?.term ?? 0, removedTerms[device] ?? 0)
        return last == .max ? nil : last + 1
    }

    private static func comesFirst(_ left: Member, _ right: Member) -> Bool {
        left.isRemoved == right.isRemoved ? left.device < right.device : right.isRemoved
    }
}
