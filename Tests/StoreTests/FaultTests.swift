import Foundation
import GRDB
import Participation
import SyncCore
import Testing

@testable import Store

/// Faults of other laptops, and those that a laptop must not commit itself.
struct FaultTests {
    private let office = TestStore(seed: 1)
    private let village = TestStore(seed: 2)

    private static func person(_ id: String, _ fields: [String: Value?]) throws -> Edit {
        let id: RecordID = try #require(RecordID(id))
        return .put(RecordInput(.person, id: id, fields: fields))
    }

    @Test func `laptops agree about one that a removed office admitted, whoever heard it first`()
        async throws
    {
        let worlds = (0..<5).map { TestStore(seed: 10 + UInt64($0)) }
        let stores = try worlds.map { try $0.open() }
        defer { for store in stores { try? store.close() } }
        let (first, second, late) = (stores[0], stores[1], stores[2])
        let (early, deaf) = (stores[3], stores[4])
        try await first.found(
            with: worlds[0].keys, [(second, worlds[1].keys), (early, worlds[3].keys)])
        try await first.admit(
            try worlds[1].keys, as: .office, label: DeviceLabel("Экинчи")!, by: .program)
        try await first.admit(
            try worlds[4].keys, as: .clerk, label: DeviceLabel("Айыл")!, by: .program)
        let community = try #require(try await first.community())
        try await deaf.join(community, introducedBy: worlds[0].keys)
        for other in [second, early, deaf] { try await Encounter(here: other, there: first).run() }

        // The removed office does not know, and admits a laptop that writes.
        try await first.remove(try worlds[1].keys.device, by: .program)
        try await second.admit(
            try worlds[2].keys, as: .clerk, label: DeviceLabel("Кеч")!, by: .program)
        try await late.join(community, introducedBy: worlds[1].keys)
        _ = try await late.commit([Self.person("p", ["fullName": .text("Кеч")])], by: .program)
        try await Encounter(here: late, there: second).run()

        // One hears of the removal first, the other of the late admission.
        try await Encounter(here: early, there: first).run()
        try await Encounter(here: deaf, there: second).run()
        for _ in 0..<2 {
            try await Encounter(here: early, there: deaf).run()
            try await Encounter(here: first, there: deaf).run()
        }
        var heads: Set<Heads> = []
        var digests: Set<Digest> = []
        for store in [first, early, deaf] {
            heads.insert(try await store.read { try $0.logHeads() })
            digests.insert(try await store.digest())
            #expect(try await store.read { try $0.count(.person) } == 0)
        }
        #expect(heads.count == 1)
        #expect(digests.count == 1)
        let device = try worlds[2].keys.device
        #expect(heads.first?.branches.contains { $0.device == device } == true)
    }

    @Test func `nothing is taken of a frame that holds a lie`() async throws {
        try await office.with { one in
            try await village.with { two in
                try await one.found(with: office.keys, [(two, village.keys)])
                _ = try await one.commit(
                    [Self.person("p", ["fullName": .text("Айгүл")])], by: .program)
                let frame = try await one.compose(theirs: Heads()).frame
                let run = try #require(frame.runs.first)
                var seal = try #require(run.entries.last?.signature)
                seal[0] ^= 1
                let last = try #require(run.entries.last)
                let forged = Run.Entry(
                    body: last.body, commit: last.commit, milliseconds: last.milliseconds,
                    isTimeTrusted: last.isTimeTrusted, actor: last.actor, signature: seal)
                let other = Branch(device: run.branch.device, epoch: run.branch.epoch ^ 1)
                let lie = Run(
                    branch: other, key: run.key, previous: run.previous,
                    entries: run.entries.dropLast() + [forged])
                let before = try await two.read { try $0.logHeads() }
                let answer = try await two.take(Frame(runs: [run, lie], hasMore: false))
                #expect(answer.refused.map(\.branch) == [other])
                #expect(answer.refused.first?.lie != nil)
                #expect(answer.heads == before)
                #expect(try await two.take(frame).refused.isEmpty)
            }
        }
    }

    @Test func `a record too large for other laptops is refused where it is written`() async throws
    {
        try await office.with { store in
            let large = String(repeating: "к", count: SyncLimits.ownPayloadBytes / 2)
            let reading = store.readClock()
            await #expect(throws: StoreError.self) {
                try await store.pool.write { db in
                    var writer = try store.writer(db, .program, reading)
                    try writer.append(
                        RecordChange(
                            entity: "person", record: "p",
                            stamp: Stamp(milliseconds: reading.milliseconds),
                            fields: [.init("fullName", .text(large))]))
                    _ = try store.end(&writer, db, records: [])
                }
            }
            let count = try await store.status().entryCount
            #expect(count == 0)
        }
    }

    @Test func `what waits for people is counted as it comes and goes`() async throws {
        let (p, q): (RecordID, RecordID) = (
            try #require(RecordID("p")), try #require(RecordID("q"))
        )
        try await office.with { one in
            try await village.with { two in
                try await one.found(with: office.keys, [(two, village.keys)])
                for name in ["p", "q"] {
                    _ = try await one.commit(
                        [Self.person(name, ["fullName": .text("Айгүл")])], by: .program)
                }
                try await Encounter(here: one, there: two).run()
                _ = try await one.commit(
                    [Self.person("p", ["fullName": .text("Айгүл А")])], by: .program)
                _ = try await two.commit(
                    [
                        Self.person("p", ["fullName": .text("Айгүл Б")]),
                        .delete(.person, q),
                    ], by: .program)
                try await Encounter(here: one, there: two).run()
                #expect(try await one.read { try $0.conflictCounts() } == [.person: 1])
                #expect(try await two.read { try $0.conflictCounts() } == [.person: 1])
                #expect(try await one.read { try $0.arrivedDeletionCounts() } == [.person: 1])
                #expect(try await two.read { try $0.arrivedDeletionCounts() } == [:])
                #expect(try await one.verify { _, _ in }.faults.isEmpty)
                try await one.resolve(
                    .person, p, "fullName", .keep, by: .program)
                try await one.acknowledgeDeletions([(.person, q)])
                #expect(try await one.read { try $0.conflictCounts() } == [:])
                #expect(try await one.read { try $0.arrivedDeletionCounts() } == [:])
                #expect(try await one.verify { _, _ in }.faults.isEmpty)
                try await one.pool.write { try $0.execute(sql: "UPDATE kind SET conflicts = 7") }
                #expect(try await one.verify { _, _ in }.faults == [.tables])
                _ = try await one.rebuild { _, _ in }
                #expect(try await one.verify { _, _ in }.faults.isEmpty)
            }
        }
    }
}
