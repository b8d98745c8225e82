import GRDB
import SyncCore

/// Facts of this laptop alone, by name.
struct Facts {
    private let db: Database

    init(_ db: Database) { self.db = db }

    /// The latest time the community is known to have reached, in milliseconds since 1970.
    var clockFloor: UInt64? {
        get throws { try text("clockFloor").flatMap { UInt64($0) } }
    }

    func setClockFloor(_ milliseconds: UInt64) throws {
        try set("clockFloor", String(milliseconds))
    }

    /// The sum that the digest is made of.
    var digestSum: DigestSum {
        get throws {
            guard let text = try text("digest") else { return DigestSum() }
            guard let sum = DigestSum(text) else { throw StoreError.damaged("digest") }
            return sum
        }
    }

    func setDigestSum(_ sum: DigestSum) throws { try set("digest", Hexadecimal.text(sum.bytes)) }

    /// The community this laptop belongs to; nil before it was founded or joined.
    var community: CommunityID? {
        get throws {
            guard let text = try text("community") else { return nil }
            guard let bytes = Hexadecimal.bytes(text), let id = CommunityID(bytes: bytes) else {
                throw StoreError.damaged("community")
            }
            return id
        }
    }

    func setCommunity(_ id: CommunityID) throws { try set("community", id.description) }

    /// Which logs are merged only up to a place, as the tables were made; empty for none.
    var cuts: String { get throws { try text("cuts") ?? "" } }

    func setCuts(_ cuts: String) throws { try set("cuts", cuts) }

    /// The local number of this laptop's own log.
    var ownBranch: Int64? {
        get throws { try text("ownBranch").flatMap { Int64($0) } }
    }

    func setOwnBranch(_ number: Int64) throws { try set("ownBranch", String(number)) }

    private func text(_ name: String) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT \"value\" FROM \"fact\" WHERE \"name\" = ?", arguments: [name])
    }

    private func set(_ name: String, _ value: String) throws {
        try db.execute(
            sql: """
                INSERT INTO "fact" ("name", "value") VALUES (?, ?)
                ON CONFLICT DO UPDATE SET "value" = excluded."value"
                """, arguments: [name, value])
    }
}
