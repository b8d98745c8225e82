import Foundation
import Participation
import SyncCore
import SyncSimulation
import Testing

@testable import Store

/// Laptops of which one was copied from the other, and what the others make of it.
struct ForkTests {
    private static func put(_ id: String, _ fields: [String: Value?]) throws -> Edit {
        let id: RecordID = try #require(RecordID(id))
        return .put(RecordInput(.person, id: id, fields: fields))
    }

    /// All hold the same entries, values and conflicts, and their tables are what the logs say.
    private static func check(_ stores: [Store], _ comment: Comment = "") async throws {
        var heads: Set<Heads> = []
        var digests: Set<Digest> = []
        var conflicts: [[Conflict]] = []
        for store in stores {
            heads.insert(try await store.read { try $0.logHeads() })
            digests.insert(try await store.digest())
            conflicts.append(try await Self.conflicts(store))
            let faults = try await store.verify { _, _ in }.faults
            #expect(faults.isEmpty, comment)
        }
        #expect(heads.count == 1, comment)
        #expect(digests.count == 1, comment)
        #expect(conflicts.allSatisfy { $0 == conflicts[0] }, comment)
        for store in stores {
            let anew = try await store.rebuild { _, _ in }
            #expect(digests == [anew], comment)
            let after = try await Self.conflicts(store)
            #expect(after == conflicts[0], comment)
        }
    }

    private static func conflicts(_ store: Store) async throws -> [Conflict] {
        try await store.read { try $0.conflicts() }.sorted {
            ($0.record, $0.field) < ($1.record, $1.field)
        }
    }

    private static func meet(_ pairs: (Store, Store)...) async throws {
        for (here, there) in pairs { try await Encounter(here: here, there: there).run() }
    }

    /// Which side becomes the log is chance: so it is tried more than once.
    @Test(arguments: 1...6)
    func `what a laptop and its copy wrote under one name is kept on all laptops`(_: Int)
        async throws
    {
        let worlds = (0..<3).map { TestStore(seed: 20 + UInt64($0)) }
        let (office, village) = (try worlds[0].open(), try worlds[2].open())
        defer { for store in [office, village] { try? store.close() } }
        try await worlds[1].with { laptop in
            try await office.found(
                with: worlds[0].keys, [(laptop, worlds[1].keys), (village, worlds[2].keys)])
            _ = try await laptop.commit(
                [try Self.put("p", ["fullName": .text("Айгүл")])], by: .program)
            try await Self.meet((laptop, office), (village, office))
        }
        let copy = try TestStore(copyOf: worlds[1], seed: 40)
        let (laptop, clone) = (try worlds[1].open(), try copy.open())
        defer { for store in [laptop, clone] { try? store.close() } }
        worlds[1].advance()
        copy.advance()
        // At the same millisecond: two edits under one version.
        for (store, id, name) in [(laptop, "q1", "Айгүл А"), (clone, "q2", "Айгүл Б")] {
            _ = try await store.commit([try Self.put("p", ["fullName": .text(name)])], by: .program)
            _ = try await store.commit(
                [try Self.put(id, ["fullName": .text(name)])], by: .program)
        }
        try await Self.meet((laptop, office), (clone, village), (office, village))
        try await Self.meet((laptop, village), (clone, office), (office, village))
        try await Self.meet((laptop, office), (clone, office), (village, office), (laptop, office))
        try await Self.check([office, village, laptop, clone])
        let conflict = try #require(try await Self.conflicts(office).first)
        let names = Set(([conflict.shown] + conflict.others).map(\.value))
        #expect(names == [.text("Айгүл А"), .text("Айгүл Б")])
        let forked = try await village.read { try $0.forkedDevices() }
        #expect(forked == [try worlds[1].keys.device.description])
        // Deciding works as ever, and both copies write on under names of their own.
        try await office.resolve(.person, conflict.record, "fullName", .keep, by: .program)
        for (index, store) in [laptop, clone].enumerated() {
            _ = try await store.commit(
                [try Self.put("r\(index)", ["fullName": .text("Кийин")])], by: .program)
        }
        try await Self.meet((laptop, office), (clone, office), (village, office), (laptop, office))
        try await Self.check([office, village, laptop, clone])
        #expect(try await Self.conflicts(village).isEmpty)
        #expect(try await village.read { try $0.count(.person) } == 5)
    }

    @Test(arguments: UInt64(1)...8)
    func `copies that write on and meet others at random lose nothing`(_ seed: UInt64) async throws
    {
        var generator = SeededGenerator(seed: seed)
        var worlds = (0..<4).map { TestStore(seed: seed * 1000 + UInt64($0)) }
        var stores = try worlds.map { try $0.open() }
        defer { for store in stores { try? store.close() } }
        try await stores[0].found(
            with: worlds[0].keys,
            zip(stores, worlds).dropFirst().map { ($0, try $1.keys) })
        for one in 1..<4 { try await Self.meet((stores[one], stores[0])) }
        var written: [(id: String, name: String)] = []
        for step in 0..<90 {
            let one = Int.random(in: 0..<stores.count, using: &generator)
            worlds[one].advance(UInt64.random(in: 0...2, using: &generator))
            switch Int.random(in: 0..<12, using: &generator) {
            case 0 where worlds.count < 7:
                // A disk is copied, with the laptop off.
                try stores.remove(at: one).close()
                let other = seed * 1000 + 500 + UInt64(step)
                worlds.append(try TestStore(copyOf: worlds[one], seed: other))
                stores.insert(try worlds[one].open(), at: one)
                stores.append(try worlds[worlds.count - 1].open())
            case 1...4:
                let other = Int.random(in: 0..<stores.count, using: &generator)
                var encounter = Encounter(here: stores[one], there: stores[other])
                if step % 5 == 0 { encounter.framesUntilCut = 1 }
                if one != other { try await encounter.run() }
            case 5...8:
                let id = "s\(Int.random(in: 0..<3, using: &generator))"
                _ = try await stores[one].commit(
                    [try Self.put(id, ["fullName": .text("Адам \(step)")])], by: .program)
            default:
                let id = "w\(step)"
                _ = try await stores[one].commit(
                    [try Self.put(id, ["fullName": .text("Жеке \(step)")])], by: .program)
                written.append((id, "Жеке \(step)"))
            }
        }
        for _ in 0..<4 {
            for one in stores.indices {
                for other in stores.indices where one != other {
                    try await Self.meet((stores[one], stores[other]))
                }
            }
        }
        try await Self.check(stores, "seed \(seed)")
        for (id, name) in written {
            let record = try #require(RecordID(id))
            for store in stores {
                let found = try await store.read { try $0.record(.person, record) }
                #expect(found?.title == name, "seed \(seed) \(id)")
            }
        }
    }
}
