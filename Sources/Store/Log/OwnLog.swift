import Foundation
import GRDB
import Participation
import SyncCore

/// Appends this laptop's entries: encodes, chains, and seals every thousandth and the last.
struct OwnLog {
    let branch: Branch
    let number: Int64
    private let environment: StoreEnvironment
    private let actor: String
    private let reading: CommunityClock.Reading
    private var sequence: UInt64
    private var head: Hash
    private let commit: UInt64
    private var position: Int64
    private var unsealed = 0
    private var unsealedBytes = 0
    private let insertEntry: WriteStatement
    private let insertPayload: WriteStatement

    /// The place of the commit's first entry.
    var commitStart: UInt64 { commit }
    /// The commit, as others name it.
    var commitID: CommitID { CommitID(epoch: branch.epoch, start: commit) }
    /// Whether anything was appended.
    var isEmpty: Bool { sequence + 1 == commit }

    init(
        _ db: Database, _ own: OwnBranch, _ environment: StoreEnvironment, actor: String,
        reading: CommunityClock.Reading
    ) throws {
        branch = own.branch
        number = own.number
        self.environment = environment
        self.actor = actor
        self.reading = reading
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT \"head\", \"headHash\" FROM \"branch\" WHERE \"number\" = ?"),
            arguments: [own.number])
        guard let row, let head = Hash(bytes: row["headHash"] as Data) else {
            throw StoreError.damaged("branch")
        }
        sequence = UInt64(bitPattern: row["head"])
        self.head = head
        commit = sequence + 1
        insertEntry = try WriteStatement(db, LogTables.insertEntry)
        insertPayload = try WriteStatement(db, LogTables.insertPayload)
        position =
            try Int64.fetchOne(db, sql: "SELECT max(\"position\") FROM \"entry\"") ?? 0
    }

    /// Appends what happened to the record with that number.
    mutating func append(_ change: RecordChange, record: Int64) throws {
        try append(Payload.bytes(change), record: record)
    }

    /// Appends a statement about the community; returns its entry's hash.
    mutating func append(_ statement: SyncCore.Statement) throws -> Hash {
        try append(statement.bytes, record: 0)
        return head
    }

    /// Appends entries of a forked log, sealed: so that evidence of this log, should it ever fork,
    /// need not carry more than one such payload at once.
    mutating func append(evidence payload: [UInt8], _ db: Database) throws {
        try write(payload, record: EvidenceList.record, isSealed: true)
        _ = try EvidenceList(db).note(payload, at: position)
    }

    private mutating func append(_ payload: [UInt8], record: Int64) throws {
        // Others refuse what is larger, and with it the whole log from there on.
        guard payload.count <= SyncLimits.ownPayloadBytes else {
            let limit = String(SyncLimits.ownPayloadBytes)
            throw StoreError.refused([InputProblem(.recordTooLarge, ["limit": limit])])
        }
        try write(payload, record: record, isSealed: false)
    }

    private mutating func write(_ payload: [UInt8], record: Int64, isSealed: Bool) throws {
        let header = EntryHeader(
            branch: branch, sequence: sequence + 1, previous: head, payload: Hash(of: payload),
            commit: commit, milliseconds: reading.milliseconds,
            isTimeTrusted: reading.isTrusted, actor: actor)
        let bytes = header.bytes
        let hash = Hash(of: bytes)
        unsealed += 1
        unsealedBytes += payload.count
        let isFull =
            isSealed || unsealed == SyncLimits.entriesPerSeal
            || unsealedBytes >= SyncLimits.sealBytes
        let signature = isFull ? try Seal.sign(hash, with: environment.signingKey) : nil
        if isFull { (unsealed, unsealedBytes) = (0, 0) }
        position += 1
        try insertEntry.run(
            .number(position), .number(number), .number(Int64(bitPattern: sequence + 1)),
            .number(record), .bytes(bytes), signature.map { .bytes($0) } ?? .null)
        try insertPayload.run(.number(position), .bytes(payload))
        sequence += 1
        head = hash
    }

    /// Seals the last entry and writes the new head.
    mutating func finish(_ db: Database) throws {
        guard !isEmpty else { return }
        if unsealed > 0 {
            try db.execute(
                sql: """
                    UPDATE "entry" SET "signature" = ? WHERE "branch" = ? AND "sequence" = ?
                    """,
                arguments: [
                    Data(try Seal.sign(head, with: environment.signingKey)), number,
                    Int64(bitPattern: sequence),
                ])
            unsealed = 0
        }
        let head = Head(sequence: sequence, hash: head)
        try LogTables.setHead(head, of: number, db)
        let tip = Tip(branch: branch, head: head)
        db.afterNextTransaction { [environment] _ in environment.writeTip(tip) }
    }
}
