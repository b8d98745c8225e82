import Dispatch
import Foundation
import GRDB
import Participation
public import SyncCore
import Synchronization

/// A file that an attachment names.
public struct NamedBlob: Sendable, Hashable {
    /// Its hash.
    public let hash: BlobHash
    /// Its bytes, as the attachment says.
    public let size: Int
}

extension Store {
    private static let blobQueue = DispatchQueue(
        label: "ashar.blobs", qos: .userInitiated, attributes: .concurrent)

    /// Works with the files that attachments name, on a thread that may wait for the disk.
    public func withBlobs<Result: Sendable>(
        _ work: @escaping @Sendable (Blobs) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Self.blobQueue.async { [blobs] in
                continuation.resume(with: Swift.Result { try work(blobs) })
            }
        }
    }

    /// A number that changes whenever a file comes or is set aside.
    public var blobChanges: Int { blobs.changes }

    /// Says to whoever listens to changes that files have come: pages show them, and other laptops
    /// may lack them too.
    public func announceBlobs() {
        announcer.announce(ChangeNotice(commit: CommitID(epoch: 0, start: 0), changes: []))
    }

    /// The files that are here and go into a bundle for one that holds `basis`: those that
    /// attachments name of which it lacks something, small ones first.
    public func blobs(lackedBy basis: Heads) async throws -> [NamedBlob] {
        let held = Set(try await withBlobs(\.held))
        return try await read { reader in
            try reader.namedBlobs(beyond: basis).filter { held.contains($0.hash) }
        }
    }

    /// The files that attachments name and that are not here, small ones first. Those that only
    /// deleted attachments name are not wanted.
    public func missingBlobs() async throws -> [NamedBlob] {
        try await withBlobs { _ = $0.held }
        return try await read { [blobs, missing] reader in
            let state = MissingBlobs.State(logEnd: try reader.logEnd(), changes: blobs.changes)
            if let known = missing.list(at: state) { return known }
            let found = try reader.namedBlobs(withDeleted: false)
                .filter { !blobs.contains($0.hash) }
                .sorted { ($0.size, $0.hash) < ($1.size, $1.hash) }
            missing.keep(found, at: state)
            return found
        }
    }
}

extension Reader {
    /// The files that attachments name which somebody lacks who holds `basis`, small ones first.
    fileprivate func namedBlobs(beyond basis: Heads) throws -> [NamedBlob] {
        guard basis.count > 0 else {
            return try namedBlobs(withDeleted: false).sorted {
                ($0.size, $0.hash) < ($1.size, $1.hash)
            }
        }
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT a."sha256", a."size", b."device", b."epoch", max(e."sequence")
                FROM "attachment" AS a
                JOIN "entry" AS e ON e."record" = a."_record"
                JOIN "branch" AS b ON b."number" = e."branch"
                WHERE a."sha256" IS NOT NULL AND a."deleted" = 0
                GROUP BY a."_record", e."branch"
                """)
        let found = rows.compactMap { row -> NamedBlob? in
            guard let hash = BlobHash(row[0] as String),
                let device = DeviceID(bytes: row[2] as Data)
            else { return nil }
            let branch = Branch(device: device, epoch: UInt64(bitPattern: row[3]))
            guard UInt64(bitPattern: row[4]) > basis[branch].sequence else { return nil }
            return NamedBlob(hash: hash, size: (row[1] as Int?) ?? Limits.blobBytes)
        }
        return Set(found).sorted { ($0.size, $0.hash) < ($1.size, $1.hash) }
    }

    /// The files that attachments name.
    func namedBlobs(withDeleted: Bool) throws -> [NamedBlob] {
        try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT "sha256", max("size") FROM "attachment"
                    WHERE "sha256" IS NOT NULL AND "deleted" <= ? GROUP BY "sha256"
                    """), arguments: [withDeleted ? 1 : 0]
        ).compactMap { row in
            BlobHash(row[0] as String).map {
                NamedBlob(hash: $0, size: (row[1] as Int?) ?? Limits.blobBytes)
            }
        }
    }

    /// Whether any attachment names a file.
    public func namesBlobs() throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT EXISTS (SELECT 1 FROM \"attachment\" WHERE \"sha256\" IS NOT NULL)")
            ?? false
    }

    /// Whether an attachment that is not deleted names a file.
    public func names(_ hash: BlobHash) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM "attachment" WHERE "sha256" = ? AND "deleted" = 0
                    )
                    """), arguments: [hash.description]) ?? false
    }
}

/// The list of what is missing, good until the log or the folder changes.
final class MissingBlobs: Sendable {
    struct State: Equatable {
        let logEnd: Int64
        let changes: Int
    }

    private let known = Mutex<(state: State, list: [NamedBlob])?>(nil)

    func list(at state: State) -> [NamedBlob]? {
        known.withLock { $0?.state == state ? $0?.list : nil }
    }

    func keep(_ list: [NamedBlob], at state: State) {
        known.withLock { $0 = (state, list) }
    }
}
