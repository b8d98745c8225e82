import Foundation
import GRDB
import Participation
import Testing

@testable import Store

/// No question a page asks walks over a table that grows: SQLite is asked for its plans.
struct PlanTests {
    @Test func `no query scans a table that grows`() async throws {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let statements = try await store.read { reader in
                let trace = Trace()
                reader.db.trace { if case .statement(let one) = $0 { trace.note(one.sql) } }
                try Self.askEverything(reader)
                reader.db.trace(nil)
                return trace.statements
            }
            #expect(statements.count > 20)
            // The text index reads its own settings in its own way.
            for sql in statements where !sql.contains("'search_") {
                let plan = try await store.read { reader in
                    try Row.fetchAll(
                        reader.db, sql: "EXPLAIN QUERY PLAN " + sql,
                        arguments: StatementArguments(
                            (0..<sql.count { $0 == "?" }).map { _ in 1.databaseValue })
                    ).map { $0["detail"] as String }
                }
                for step in plan where step.hasPrefix("SCAN") {
                    #expect(
                        step.contains("VIRTUAL TABLE") || Self.isSmall(step), "\(step) in \(sql)")
                }
            }
        }
    }

    /// Tables with a row for each laptop or each kind of record do not grow; a subquery that is
    /// bounded by its own limit is not a table.
    private static func isSmall(_ step: String) -> Bool {
        ["SCAN branch", "SCAN kind", "SCAN k", "SCAN (subquery", "SCAN CONSTANT ROW"].contains {
            step.hasPrefix($0)
        }
    }

    private static func askEverything(_ reader: Reader) throws {
        let id = try #require(RecordID("e"))
        let cycle = try #require(RecordID("c"))
        for entity in EntityName.allCases {
            _ = try reader.newest(entity, limit: 5)
            _ = try reader.list(entity, limit: 5)
            for field in Entity[entity].fields {
                _ = try reader.list(entity, filters: [field.name: .integer(1)], limit: 5)
            }
            _ = try reader.anyRecord(entity, id)
        }
        _ = try reader.session(id)
        _ = try reader.cycleFacts(cycle, year: 2026)
        _ = try reader.history(.event, id)
        _ = try reader.search("жол")
        _ = try reader.search("жол", in: .person)
        _ = try reader.target(id, of: [])
        _ = try reader.counts()
        _ = try reader.head()
        _ = try reader.heads()
        _ = try reader.latestEntries(limit: 5)
        _ = try reader.account(tokenHash: [1])
        _ = try reader.accounts(login: "a")
    }

    private final class Trace {
        var statements: Set<String> = []

        func note(_ sql: String) {
            if sql.hasPrefix("SELECT") { statements.insert(sql) }
        }
    }
}
