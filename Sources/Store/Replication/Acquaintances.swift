import SyncCore

/// By which TLS keys other laptops are known.
struct Acquaintances: Sendable {
    private let membership: SyncCore.Membership
    /// The office that introduced this laptop, until its own admission has come; nil from then on.
    private let introducer: SyncCore.Membership.Member?

    init(_ roll: Roll, introducer: SyncCore.Membership.Member?) {
        membership = roll.membership
        self.introducer = introducer.flatMap { roll.everyone.members[$0.device] == nil ? $0 : nil }
    }

    func standing(tlsHash: Hash) -> SyncCore.Membership.Standing {
        let standing = membership.standing(tlsHash: tlsHash)
        guard standing == .stranger, let introducer, introducer.keys.tlsHash == tlsHash else {
            return standing
        }
        return .member(introducer)
    }
}
