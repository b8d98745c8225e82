import Foundation
import GRDB
import Testing

@testable import Store

struct DamageTests {
    @Test(arguments: [
        ("entry", "header", 1, 50, 1, "brokenChain"), ("entry", "header", 2, 110, 3, "brokenChain"),
        ("payload", "bytes", 3, 20, 3, "alteredPayload"),
        ("entry", "signature", 4, 9, 4, "badSignature"),
    ])
    func `one flipped byte of the log is found and named`(
        _ table: String, _ column: String, _ position: Int, _ byte: Int, _ named: UInt64,
        _ reason: String
    ) async throws {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            try await store.pool.write { db in
                let old = try #require(
                    try Data.fetchOne(
                        db, sql: "SELECT \"\(column)\" FROM \"\(table)\" WHERE position = ?",
                        arguments: [position]))
                var bytes = Array(old)
                bytes[byte] ^= 1
                try db.execute(
                    sql: "UPDATE \"\(table)\" SET \"\(column)\" = ? WHERE position = ?",
                    arguments: [Data(bytes), position])
            }
            let report = try await store.verify { _, _ in }
            let fault = try #require(report.faults.first)
            #expect(fault.reason == reason)
            // A header whose own link is whole shows at the entry after it.
            #expect(fault.sequence == named)
        }
    }

    @Test func `a lost last entry is found`() async throws {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            try await store.pool.write {
                try $0.execute(sql: "DELETE FROM entry WHERE position = 4")
            }
            let report = try await store.verify { _, _ in }
            #expect(report.faults.map(\.reason) == ["unsealedEnd", "missingEnd"])
        }
    }

    @Test func `damaged tables are made anew from the log`() async throws {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let before = try await store.digest()
            try await store.pool.write {
                try $0.execute(sql: "UPDATE village SET name = 'Жок'; DELETE FROM search;")
            }
            #expect(try await store.rebuild { _, _ in } == before)
            #expect(try await store.read { try $0.search("арал") }.count == 1)
        }
    }

    @Test func `a full disk refuses the commit and keeps what was there`() async throws {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let before = try await store.digest()
            try await store.pool.writeWithoutTransaction { db in
                let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + 8)")
            }
            let lines = (0..<20_000).map {
                #"{"entity":"sticker","id":"s\#($0)","event":"e","text":"жол"}"#
            }
            let file = try world.file(lines.joined(separator: "\n"))
            await #expect(throws: StoreError.diskFull) { try await store.take(file) }
            #expect(try await store.digest() == before)
            #expect(try await store.verify { _, _ in }.faults.isEmpty)
        }
    }
}
