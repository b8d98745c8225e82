import GRDB
import SyncCore

/// Keeps the tables true to who belongs to the community: entries of a removed laptop beyond the
/// accepted places are kept in the log but count no more. A removal that arrives after such
/// entries were merged makes the tables anew.
struct Cuts {
    private let db: Database
    private let roll: Roll

    init(_ db: Database, _ roll: Roll) {
        self.db = db
        self.roll = roll
    }

    func enforce() throws {
        let cuts = try described()
        guard try cuts != Facts(db).cuts else { return }
        try Tables.makeAnew(db, roll) { _, _ in }
        try Facts(db).setCuts(cuts)
    }

    /// The logs of which not all counts, with the place up to which it does.
    private func described() throws -> String {
        let heads = try Reader(db).logHeads()
        return heads.branches.compactMap { branch -> String? in
            guard heads[branch].sequence > 0,
                !roll.counts(branch, sequence: heads[branch].sequence)
            else { return nil }
            let place = roll.membership.members[branch.device]?.cut?[branch.epoch] ?? 0
            return "\(branch.device) \(branch.epoch) \(place)"
        }.joined(separator: "\n")
    }
}
