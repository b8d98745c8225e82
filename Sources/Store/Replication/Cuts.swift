import GRDB
import SyncCore

/// Keeps the tables true to who belongs to the community: entries of a removed laptop beyond the
/// accepted places are kept in the log but count no more. A removal that arrives after such
/// entries were merged makes the tables anew, and so does an admission by which they count again.
struct Cuts {
    private let db: Database
    private let roll: Roll

    init(_ db: Database, _ roll: Roll) {
        self.db = db
        self.roll = roll
    }

    /// Answers whether anything counts otherwise now.
    @discardableResult
    func enforce() throws -> Bool {
        let cuts = try described()
        guard try cuts != Facts(db).cuts else { return false }
        try Tables.makeAnew(db, roll) { _, _ in }
        try Facts(db).setCuts(cuts)
        return true
    }

    /// Remembers the cuts where entries came that were left out from the first: when they count
    /// again, that is seen by the difference.
    func note() throws { try Facts(db).setCuts(described()) }

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
