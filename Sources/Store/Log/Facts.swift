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

    /// Who introduced this laptop to its community: three keys in hexadecimal digits; nil where it
    /// founded the community.
    var introducer: SyncCore.Membership.Member? {
        get throws {
            guard let text = try text("introducer") else { return nil }
            guard let bytes = Hexadecimal.bytes(text), bytes.count == 96,
                let log = RawKey(bytes: bytes[..<32]), let tls = Hash(bytes: bytes[32..<64]),
                let bundle = RawKey(bytes: bytes[64...])
            else { throw StoreError.damaged("introducer") }
            return .introducer(DeviceKeys(log: log, tlsHash: tls, bundle: bundle))
        }
    }

    func setIntroducer(_ keys: DeviceKeys) throws {
        let bytes = keys.log.bytes + keys.tlsHash.bytes + keys.bundle.bytes
        try set("introducer", Hexadecimal.text(bytes))
    }

    /// Which logs are merged only up to a place, as the tables were made; empty for none.
    var cuts: String { get throws { try text("cuts") ?? "" } }

    /// Whether not all of a log counts.
    func isCut(_ branch: Branch) throws -> Bool {
        try cuts.split(separator: "\n").contains {
            $0.hasPrefix("\(branch.device) \(branch.epoch) ")
        }
    }

    func setCuts(_ cuts: String) throws { try set("cuts", cuts) }

    /// The local number of this laptop's own log.
    var ownBranch: Int64? {
        get throws { try text("ownBranch").flatMap { Int64($0) } }
    }

    func setOwnBranch(_ number: Int64) throws { try set("ownBranch", String(number)) }

    func text(_ name: String) throws -> String? {
        try String.fetchOne(
            db, sql: "SELECT \"value\" FROM \"fact\" WHERE \"name\" = ?", arguments: [name])
    }

    func set(_ name: String, _ value: String) throws {
        try db.execute(
            sql: """
                INSERT INTO "fact" ("name", "value") VALUES (?, ?)
                ON CONFLICT DO UPDATE SET "value" = excluded."value"
                """, arguments: [name, value])
    }
}
