import Foundation
import GRDB
import Participation
import SyncCore
import Testing

@testable import Store

/// Folders that are older than their laptop, stand in another one, or come from a backup.
struct ContinuityTests {
    private let office = TestStore(seed: 1)
    private let village = TestStore(seed: 2)

    private static func put(_ id: String) throws -> Edit {
        let id: RecordID = try #require(RecordID(id))
        return .put(RecordInput(.person, id: id, fields: ["fullName": .text("Айгүл")]))
    }

    /// The epochs of a laptop's logs that are not empty.
    private static func epochs(_ store: Store, _ device: DeviceID) async throws -> [UInt64] {
        try await store.read { try $0.logHeads() }.branches.filter { $0.device == device }
            .map(\.epoch)
    }

    private func copy(_ world: TestStore) throws -> URL {
        let place = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-test-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: world.folder, to: place)
        return place
    }

    private func putBack(_ place: URL, _ world: TestStore) throws {
        try FileManager.default.removeItem(at: world.folder)
        try FileManager.default.moveItem(at: place, to: world.folder)
    }

    @Test func `a folder that was put back begins a new log, and says so`() async throws {
        try await village.with { _ = try await $0.commit([try Self.put("a")], by: .program) }
        let old = try copy(village)
        try await village.with { _ = try await $0.commit([try Self.put("b")], by: .program) }
        #expect(village.tip?.head.sequence == 2)
        try putBack(old, village)
        let device = try village.keys.device
        try await village.with { store in
            #expect(try await store.status().breaks.keys.contains(.rolledBack))
            _ = try await store.commit([try Self.put("c")], by: .program)
            #expect(try await Self.epochs(store, device).count == 2)
            #expect(try await store.verify { _, _ in }.faults.isEmpty)
        }
        // Once is enough: the next start goes on with the new log.
        try await village.with { store in
            _ = try await store.commit([try Self.put("d")], by: .program)
            #expect(try await Self.epochs(store, device).count == 2)
        }
    }

    @Test func `a laptop that was put back gets its own entries back from the others`()
        async throws
    {
        let device = try village.keys.device
        try await office.with { one in
            try await village.with { two in
                try await one.found(with: office.keys, [(two, village.keys)])
                _ = try await two.commit([try Self.put("a")], by: .program)
                try await Encounter(here: two, there: one).run()
            }
            let old = try copy(village)
            try await village.with { two in
                _ = try await two.commit([try Self.put("b")], by: .program)
                try await Encounter(here: two, there: one).run()
            }
            try putBack(old, village)
            village.forgetTip()
            try await village.with { two in
                // Nothing tells it before it meets another.
                #expect(try await two.status().breaks.isEmpty)
                try await Encounter(here: one, there: two).run()
                _ = try await two.commit([try Self.put("c")], by: .program)
                #expect(try await Encounter(here: one, there: two).run() == .same)
                #expect(try await Self.epochs(one, device).count == 2)
                #expect(try await two.read { try $0.count(.person) } == 3)
                #expect(try await one.read { try $0.forkedDevices() }.isEmpty)
            }
        }
    }

    @Test func `a folder in other hardware begins a new log; one new part is none`() async throws {
        let device = try village.keys.device
        let marks = ["machine": "1", "board": "2", "disk": "3", "network": "4"]
        village.setHardware(marks)
        try await village.with { _ = try await $0.commit([try Self.put("a")], by: .program) }
        village.setHardware(marks.merging(["network": "5"]) { $1 })
        try await village.with { store in
            #expect(try await store.status().breaks.isEmpty)
            _ = try await store.commit([try Self.put("b")], by: .program)
            #expect(try await Self.epochs(store, device).count == 1)
        }
        village.setHardware(["machine": "6", "board": "7"])
        try await village.with { store in
            #expect(try await store.status().breaks.keys.contains(.moved))
            _ = try await store.commit([try Self.put("c")], by: .program)
            #expect(try await Self.epochs(store, device).count == 2)
        }
        try await village.with { store in
            _ = try await store.commit([try Self.put("d")], by: .program)
            #expect(try await Self.epochs(store, device).count == 2)
        }
    }

    @Test func `a backup is whole, holds no secrets, and is put back under a new log`()
        async throws
    {
        let device = try village.keys.device
        let place = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        var before: Digest?
        try await village.with { store in
            _ = try await store.commit([try Self.put("a")], by: .program)
            _ = try await store.makeToken(for: try #require(RecordID("p")))
            before = try await store.backUp(to: place).digest
            #expect(try await store.digest() == before)
            await #expect(throws: StoreError.exists) { try await store.backUp(to: place) }
            _ = try await store.commit([try Self.put("b")], by: .program)
            #expect(throws: StoreError.self) {
                try Store.restore(place, into: village.folder, environment: village.environment)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.path) == ["store.db"])
        let copy = try DatabaseQueue(path: place.appendingPathComponent("store.db").path)
        let tokens = try await copy.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM token") }
        #expect(tokens == 0)
        try copy.close()
        let kept = try Store.restore(
            place, into: village.folder, environment: village.environment
        ).kept
        #expect(FileManager.default.fileExists(atPath: try #require(kept).path + "/store.db"))
        try await village.with { store in
            #expect(try await store.digest() == before)
            #expect(try await store.status().breaks.keys.contains(.restored))
            _ = try await store.commit([try Self.put("c")], by: .program)
            #expect(try await Self.epochs(store, device).count == 2)
            #expect(try await store.verify { _, _ in }.faults.isEmpty)
        }
    }

    @Test func `what is no backup is not put in place of the records`() async throws {
        try await village.with { _ = try await $0.commit([try Self.put("a")], by: .program) }
        let place = FileManager.default.temporaryDirectory
            .appendingPathComponent("ashar-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        #expect(throws: StoreError.notFound) {
            try Store.restore(place, into: village.folder, environment: village.environment)
        }
        try Data("no database".utf8).write(to: place.appendingPathComponent("store.db"))
        #expect(throws: StoreError.self) {
            try Store.restore(place, into: village.folder, environment: village.environment)
        }
        let people = try await village.with { try await $0.read { try $0.count(.person) } }
        #expect(people == 1)
    }

    @Test func `a tip is read as it was written`() throws {
        let branch = Branch(device: try village.keys.device, epoch: 0xF000_0000_0000_0001)
        let tip = Tip(branch: branch, head: Head(sequence: 7, hash: Hash(of: [1])))
        #expect(Tip(tip.text) == tip)
        for text in ["", "a b c d", String(tip.text.dropFirst())] { #expect(Tip(text) == nil) }
    }
}
