import GRDB
import Participation
import SyncCore
import SyncSimulation
import Testing

@testable import Store

/// Three real stores that edit the same few records apart, with wrong clocks, and meet at random.
struct ConvergenceTests {
    private static let clocks: [UInt64] = [
        946_684_800_000, TestStore.start, TestStore.start + 40_000_000, 2_147_483_648_000,
    ]

    @Test(arguments: UInt64(1)...6)
    func `stores that met at random agree in the end`(_ seed: UInt64) async throws {
        let worlds = (0..<3).map { TestStore(seed: seed * 10 + UInt64($0)) }
        var generator = SeededGenerator(seed: seed)
        var stores: [Store] = []
        for world in worlds { stores.append(try world.open()) }
        defer { for store in stores { try? store.close() } }
        try await stores[0].found(
            with: worlds[0].keys, [(stores[1], worlds[1].keys), (stores[2], worlds[2].keys)])
        for step in 0..<80 {
            let one = Int.random(in: 0..<3, using: &generator)
            worlds[one].advance(UInt64.random(in: 1...5000, using: &generator))
            switch Int.random(in: 0..<10, using: &generator) {
            case 0:
                worlds[one].set(Self.clocks.randomElement(using: &generator) ?? TestStore.start)
            case 1...3:
                var encounter = Encounter(
                    here: stores[one], there: stores[(one + 1 + step % 2) % 3])
                if step % 5 == 0 { encounter.framesUntilCut = 1 }
                try await encounter.run()
            case 4: try await Self.decide(stores[one], &generator)
            case 5: try await Self.future(stores[one], step)
            default:
                _ = try? await stores[one].commit([try Self.edit(step, &generator)], by: .program)
            }
        }
        // Twice around: what the last one brings has to reach the first too.
        for _ in 0..<2 {
            for one in 0..<3 {
                try await Encounter(here: stores[one], there: stores[(one + 1) % 3]).run()
            }
        }
        try await check(stores, "seed \(seed)")
    }

    private func check(_ stores: [Store], _ comment: Comment) async throws {
        var digests: Set<Digest> = []
        var conflicts: [[Conflict]] = []
        for store in stores {
            digests.insert(try await store.digest())
            let anew = try await store.read { Digest(try $0.freshDigestSum()) }
            #expect(try await store.digest() == anew, comment)
            conflicts.append(
                try await store.read { try $0.conflicts() }.sorted {
                    ($0.record, $0.field) < ($1.record, $1.field)
                })
        }
        #expect(digests.count == 1, comment)
        #expect(conflicts.allSatisfy { $0 == conflicts[0] }, comment)
        for store in stores {
            let before = try await store.digest()
            #expect(try await store.rebuild { _, _ in } == before, comment)
            let after = try await store.read { try $0.conflicts() }.sorted {
                ($0.record, $0.field) < ($1.record, $1.field)
            }
            #expect(after == conflicts[0], comment)
            #expect(try await store.verify { _, _ in }.faults.isEmpty, comment)
        }
    }

    private static func edit(_ step: Int, _ generator: inout SeededGenerator) throws -> Edit {
        let name = "p\(Int.random(in: 0..<4, using: &generator))"
        let id: RecordID = try #require(RecordID(name))
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: return .delete(.person, id)
        case 1: return .restore(.person, id)
        case 2:
            return .put(
                RecordInput(
                    .person, id: id, fields: ["fullName": .text("Адам"), "street": nil]))
        default:
            let fields: [String: Value?] = [
                "fullName": .text("Адам \(step % 7)"),
                step % 2 == 0 ? "street" : "contact": .text("көчө \(step % 3)"),
            ]
            return .put(RecordInput(.person, id: id, fields: fields))
        }
    }

    private static func decide(_ store: Store, _ generator: inout SeededGenerator) async throws {
        guard
            let conflict = try await store.read({ try $0.conflicts() })
                .randomElement(using: &generator)
        else { return }
        let choice: Conflict.Choice =
            Bool.random(using: &generator) ? .keep : .take(conflict.others[0].version)
        try await store.resolve(
            conflict.entity, conflict.record, conflict.field, choice, by: .program)
    }

    /// What a newer version of the program would write.
    private static func future(_ store: Store, _ step: Int) async throws {
        let reading = store.readClock()
        try await store.pool.write { db in
            var writer = try store.writer(db, .program, reading)
            let stamp = Stamp(milliseconds: reading.milliseconds + UInt64(step))
            try writer.append(
                RecordChange(
                    entity: step % 2 == 0 ? "poll" : "person", record: "p\(step % 3)",
                    stamp: stamp,
                    fields: [
                        .init("mood", .text("жакшы \(step)")),
                        .init("deleted", .flag(step % 4 == 0)),
                        .init("birthYear", .text("көп жыл мурун")),
                    ]))
            _ = try store.end(&writer, db, records: [])
        }
    }
}
