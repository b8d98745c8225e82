import Crypto
import Foundation
import GRDB
import SyncCore

/// Why a laptop could not go on with its log.
public enum ContinuityBreak: String, Sendable, CaseIterable {
    /// The data folder is older than what this laptop had written.
    case rolledBack
    /// The data folder stands in another laptop than before: it was moved, or copied. If the
    /// other is still used, this one needs keys of its own.
    case moved
    /// The data come from a backup.
    case restored
}

/// Whether this store is the one that this laptop closed last. Where that is not proven, a new
/// log begins before anything is written: so two copies of one folder never write under one name.
struct Continuity {
    private let db: Database
    private let environment: StoreEnvironment

    init(_ db: Database, _ environment: StoreEnvironment) {
        self.db = db
        self.environment = environment
    }

    /// Looks at the tip and at the hardware; `now` is in milliseconds since 1970.
    func check(now: UInt64) throws {
        if try isRolledBack() { try breakOff(.rolledBack, now) }
        if try isElsewhere() { try breakOff(.moved, now) }
    }

    /// Begins a new log and remembers why.
    func breakOff(_ reason: ContinuityBreak, _ now: UInt64) throws {
        _ = try OwnBranch.empty(db, OwnBranch.find(db, environment), environment)
        try Facts(db).setBreak(reason, at: now, of: DeviceID(environment.signingKey.publicKey))
    }

    private func isRolledBack() throws -> Bool {
        // Without keys of before, nothing was written here under this name.
        guard let tip = environment.readTip(), tip.head.sequence > 0,
            tip.branch.device == DeviceID(environment.signingKey.publicKey)
        else { return false }
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT "number", EXISTS (
                    SELECT 1 FROM "branch" AS b WHERE b."limbOf" = "branch"."number"
                ) FROM "branch" WHERE "epoch" = ? AND "device" = ? AND "limbOf" = 0
                """,
            arguments: [Int64(bitPattern: tip.branch.epoch), Data(tip.branch.device.bytes)])
        guard let row else { return true }
        // Of a log that forked the tip may be on the other side; it is at rest anyway.
        if row[1] as Bool { return false }
        return try !LoggedEntry.holds(db, row[0], tip.head)
    }

    /// Whether two or more of the marks of the hardware are others than the last time.
    private func isElsewhere() throws -> Bool {
        let marks = environment.hardware()
        let before = try Facts(db).hardware
        if marks != before { try Facts(db).setHardware(before.merging(marks) { $1 }) }
        return marks.count { before[$0.key] != nil && before[$0.key] != $0.value } >= 2
    }
}

extension Facts {
    /// The marks of the hardware, by their names.
    fileprivate var hardware: [String: String] {
        get throws {
            let lines = try text("hardware")?.split(separator: "\n") ?? []
            return Dictionary(
                lines.compactMap { line in
                    let parts = line.split(separator: " ", maxSplits: 1)
                    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
                }
            ) { first, _ in first }
        }
    }

    fileprivate func setHardware(_ marks: [String: String]) throws {
        let lines = marks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        try set("hardware", lines.joined(separator: "\n"))
    }

    fileprivate func setBreak(
        _ reason: ContinuityBreak, at milliseconds: UInt64, of device: DeviceID
    ) throws {
        try set("break \(reason.rawValue)", "\(device) \(milliseconds)")
    }

    /// When the laptop last could not go on with its log, by the reason: in milliseconds since
    /// 1970. What happened under other keys does not count.
    func breaks(of device: DeviceID) throws -> [ContinuityBreak: UInt64] {
        var found: [ContinuityBreak: UInt64] = [:]
        for reason in ContinuityBreak.allCases {
            let words = try text("break \(reason.rawValue)")?.split(separator: " ") ?? []
            guard words.count == 2, words[0] == device.description else { continue }
            found[reason] = UInt64(words[1])
        }
        return found
    }
}
