import SyncCore

/// Who belongs to the community, and whose logs are held for it.
struct Roll: Sendable {
    /// Who belongs.
    let membership: SyncCore.Membership
    /// Who was ever admitted, as if nobody had been removed: whose logs are taken and sent.
    let everyone: SyncCore.Membership

    init(_ community: CommunityID, _ statements: [SyncCore.Membership.Entry]) {
        membership = SyncCore.Membership(community, statements)
        everyone = SyncCore.Membership.everAdmitted(community, statements)
    }

    /// Whether the entry at a place of a log counts. A laptop that was never admitted can only be
    /// this one, before its admission has arrived, or the founder, before its first run is taken.
    func counts(_ branch: Branch, sequence: UInt64) -> Bool {
        everyone.members[branch.device] == nil || membership.accepts(branch, sequence: sequence)
    }
}

extension Reader {
    /// Who belongs and whose logs are held; nil without a community.
    func roll() throws -> Roll? {
        try Facts(db).community.map { Roll($0, try statements()) }
    }
}
