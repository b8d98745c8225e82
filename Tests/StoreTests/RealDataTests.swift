import Foundation
import Participation
import Testing

@testable import Store

/// The figures of the two worked examples (domain.md §9), from the files the demo shows.
struct RealDataTests {
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Sources/Commands/Demo")

    private func ranking(_ store: Store, _ cycle: String) async throws -> [Ranking.Entry] {
        let id = try #require(RecordID(cycle))
        return try await store.read { Ranking(try $0.ballot(id)).municipality }
    }

    @Test func `the municipality of Көк-Ирим ranks as its report says`() async throws {
        let world = TestStore()
        try await world.with { store in
            let file = Self.folder.appendingPathComponent("1-kok-irim.jsonl")
            #expect(try await store.take(file).isTaken)
            let entries = try await ranking(store, "kok-irim-2014")
            #expect(entries.map(\.votes) == [63, 45, 40, 36, 36, 32, 30, 16, 8])
            #expect(entries.map(\.rank) == [1, 2, 3, 4, 4, 6, 7, 8, 9])
            let (aral, birdik) = (RecordID("kok-irim-aral"), RecordID("kok-irim-birdik"))
            let preschool = try #require(entries.first)
            #expect(preschool.byVillage[try #require(aral)] == 11)
            #expect(preschool.byVillage[try #require(birdik)] == 52)
        }
    }

    @Test func `merging culture with youth information makes 75, undoing gives 45 and 30`()
        async throws
    {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(Self.folder.appendingPathComponent("1-kok-irim.jsonl"))
            let part = RecordInput(
                .themePart, id: nil,
                fields: [
                    "theme": .text("kok-irim-theme-youthinfo"),
                    "part": .text("kok-irim-aral-culture"), "reason": .text("жаштар"),
                ])
            let receipt = try await store.commit([.make(part)], by: .program)
            var entries = try await ranking(store, "kok-irim-2014")
            #expect(entries.first?.votes == 75)
            #expect(entries.first?.rank == 1)
            _ = try await store.undo(try #require(receipt.commit), by: .program) { _ in true }
            entries = try await ranking(store, "kok-irim-2014")
            #expect(entries.map(\.votes).contains(45))
            #expect(entries.map(\.votes).contains(30))
        }
    }

    @Test func `village X has its nine problems, and its Tokoch its hundred percent`() async throws
    {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(Self.folder.appendingPathComponent("2-x-village.jsonl"))
            let entries = try await ranking(store, "x-2014")
            #expect(entries.map(\.votes) == [12, 12, 10, 10, 9, 6, 6, 5, 5])
            let id = try #require(RecordID("x-s1"))
            let facts = try #require(try await store.read { try $0.session(id) })
            #expect(!facts.findings.map(\.code).contains(.sharesNotHundred))
        }
    }
}
