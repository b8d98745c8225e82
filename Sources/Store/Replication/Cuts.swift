import GRDB
import SyncCore

/// Keeps the tables true to who belongs to the community: entries of a removed laptop beyond the
/// accepted places are kept in the log but count no more. A removal that arrives after such
/// entries were merged makes the tables anew.
struct Cuts {
    private let db: Database
    private let membership: SyncCore.Membership

    init(_ db: Database, _ membership: SyncCore.Membership) {
        self.db = db
        self.membership = membership
    }

    func enforce() throws {
        let cuts = try described()
        guard try cuts != Facts(db).cuts else { return }
        try Tables.makeAnew(db, membership) { _, _ in }
        try Facts(db).setCuts(cuts)
    }

    /// The logs of which not all counts, with the place up to which it does.
    private func described() throws -> String {
        let heads = try Reader(db).logHeads()
        return heads.branches.compactMap { branch -> String? in
            guard heads[branch].sequence > 0,
                !membership.accepts(branch, sequence: heads[branch].sequence)
            else { return nil }
            let place = membership.members[branch.device]?.cut?[branch.epoch] ?? 0
            return "\(branch.device) \(branch.epoch) \(place)"
        }.joined(separator: "\n")
    }
}
