import Foundation
import Participation
import SyncCore
import SyncSimulation
import Testing

@testable import Store

/// Laptops that were apart agree.
struct ExchangeTests {
    private let office = TestStore(seed: 1)
    private let village = TestStore(seed: 2)

    /// Two laptops of one community, each with what the other lacks.
    private func together(_ work: (Store, Store) async throws -> Void) async throws {
        try await office.with { one in
            try await village.with { other in
                try await one.found(with: office.keys, [(other, village.keys)])
                try await work(one, other)
            }
        }
    }

    private static func person(_ name: String, _ fields: [String: Value?] = [:]) throws -> Edit {
        let id: RecordID = try #require(RecordID("p"))
        let given: [String: Value?] = ["fullName": .text(name)]
        return .put(RecordInput(.person, id: id, fields: given.merging(fields) { $1 }))
    }

    private static func digests(_ stores: Store...) async throws -> Set<Digest> {
        var digests: Set<Digest> = []
        for store in stores { digests.insert(try await store.digest()) }
        return digests
    }

    @Test func `what each wrote apart both hold after one session`() async throws {
        try await together { one, other in
            _ = try await one.take(try office.file(Lines.place))
            _ = try await other.commit([try Self.person("Айгүл")], by: .program)
            #expect(try await Encounter(here: other, there: one).run() == .same)
            #expect(try await Self.digests(one, other).count == 1)
            #expect(try await one.read { try $0.count(.person) } == 1)
            #expect(try await other.read { try $0.count(.village) } == 1)
            #expect(try await Encounter(here: one, there: other).run() == .same)
            #expect(try await other.verify { _, _ in }.faults.isEmpty)
            let before = try await other.digest()
            #expect(try await other.rebuild { _, _ in } == before)
        }
    }

    @Test func `different fields of one record both survive without a conflict`() async throws {
        try await together { one, other in
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            try await Encounter(here: other, there: one).run()
            _ = try await one.commit(
                [try Self.person("Айгүл", ["street": .text("Арал")])], by: .program)
            _ = try await other.commit([try Self.person("Айгүл Асанова")], by: .program)
            #expect(try await Encounter(here: one, there: other).run() == .same)
            let id = try #require(RecordID("p"))
            for store in [one, other] {
                let person = try await store.read { try $0.record(.person, id) }
                #expect(person?.title == "Айгүл Асанова")
                #expect(person?.values["street"] == .text("Арал"))
                #expect(try await store.read { try $0.conflicts() }.isEmpty)
            }
        }
    }

    @Test func `one field changed apart is a conflict on both until somebody decides`() async throws
    {
        try await together { one, other in
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            try await Encounter(here: other, there: one).run()
            office.advance(5000)
            _ = try await one.commit([try Self.person("Айгүл А.")], by: .program)
            _ = try await other.commit([try Self.person("Айгүл Б.")], by: .program)
            #expect(try await Encounter(here: other, there: one).run() == .same)
            let id = try #require(RecordID("p"))
            let conflicts = [
                try await one.read { try $0.conflicts() },
                try await other.read { try $0.conflicts() },
            ]
            #expect(conflicts[0] == conflicts[1])
            let conflict = try #require(conflicts[0].first)
            #expect(conflict.shown.value == .text("Айгүл А."))
            #expect(conflict.others.map(\.value) == [.text("Айгүл Б.")])
            #expect(conflict.shown.device != conflict.others[0].device)

            try await other.resolve(
                .person, id, "fullName", .take(conflict.others[0].version), by: .program)
            #expect(try await Encounter(here: one, there: other).run() == .same)
            for store in [one, other] {
                #expect(try await store.read { try $0.record(.person, id) }?.title == "Айгүл Б.")
                #expect(try await store.read { try $0.conflicts() }.isEmpty)
            }
            await #expect(throws: StoreError.notFound) {
                try await one.resolve(.person, id, "fullName", .keep, by: .program)
            }
        }
    }

    @Test func `an edit made after seeing a value wins though its clock says 2000`() async throws {
        try await together { one, other in
            office.advance(3_000_000)
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            try await Encounter(here: other, there: one).run()
            village.set(946_684_800_000)
            _ = try await other.commit([try Self.person("Айгүл Асанова")], by: .program)
            #expect(try await Encounter(here: one, there: other).run() == .same)
            let id = try #require(RecordID("p"))
            #expect(try await one.read { try $0.record(.person, id) }?.title == "Айгүл Асанова")
            #expect(try await one.read { try $0.conflicts() }.isEmpty)
        }
    }

    @Test func `a deletion from another laptop is listed and can be taken back`() async throws {
        try await together { one, other in
            let id = try #require(RecordID("p"))
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            try await Encounter(here: other, there: one).run()
            _ = try await other.commit([.delete(.person, id)], by: .program)
            #expect(try await other.read { try $0.arrivedDeletions() }.isEmpty)
            try await Encounter(here: one, there: other).run()
            let listed = try await one.read { try $0.arrivedDeletions() }
            #expect(listed.map(\.record.title) == ["Айгүл"])
            _ = try await one.commit([.restore(.person, id)], by: .program)
            #expect(try await one.read { try $0.arrivedDeletions() }.isEmpty)
            #expect(try await Encounter(here: one, there: other).run() == .same)
            #expect(try await other.read { try $0.count(.person) } == 1)
        }
    }

    @Test func `a session cut after any frame is taken up where it ended`() async throws {
        try await together { one, other in
            let people = (0..<3000).map {
                "{\"entity\":\"person\",\"id\":\"p\($0)\",\"fullName\":\"Адам \($0) \(String(repeating: "ө", count: 300))\"}"
            }
            _ = try await one.take(try office.file(people.joined(separator: "\n")))
            var cut = Encounter(here: other, there: one)
            cut.framesUntilCut = 1
            var sessions = 0
            while try await cut.run() == nil, sessions < 20 { sessions += 1 }
            #expect(sessions > 0)
            #expect(try await other.read { try $0.count(.person) } == 3000)
            #expect(try await Self.digests(one, other).count == 1)
        }
    }

    @Test func `a stranger's entries are not taken`() async throws {
        let stranger = TestStore(seed: 9)
        try await together { one, _ in
            try await stranger.with { third in
                let community = try #require(try await one.community())
                try await third.join(community, introducedBy: try office.keys)
                _ = try await third.commit([try Self.person("Бөтөн")], by: .program)
                let before = try await one.digest()
                _ = try await Encounter(here: third, there: one).run()
                #expect(try await one.digest() == before)
            }
        }
    }

    @Test func `what a removed laptop wrote later counts nowhere, also where it came first`()
        async throws
    {
        let third = TestStore(seed: 3)
        try await office.with { one in
            try await village.with { two in
                try await third.with { three in
                    try await one.found(
                        with: office.keys, [(two, village.keys), (three, third.keys)])
                    _ = try await two.commit([try Self.person("Айгүл")], by: .program)
                    for _ in 0..<2 {
                        try await Encounter(here: two, there: one).run()
                        try await Encounter(here: three, there: one).run()
                    }
                    // The stolen laptop writes on and meets a village that knows of nothing.
                    try await one.remove(try village.keys.device, by: .program)
                    _ = try await two.commit([try Self.person("Жаңы")], by: .program)
                    try await Encounter(here: three, there: two).run()
                    let id = try #require(RecordID("p"))
                    #expect(try await three.read { try $0.record(.person, id) }?.title == "Жаңы")
                    try await Encounter(here: three, there: one).run()
                    #expect(try await Self.digests(one, three).count == 1)
                    #expect(try await three.read { try $0.record(.person, id) }?.title == "Айгүл")
                    #expect(try await three.verify { _, _ in }.faults.isEmpty)
                }
            }
        }
    }

    @Test func `after its return a removed laptop's edits from before and meanwhile are two`()
        async throws
    {
        let id = try #require(RecordID("p"))
        try await together { one, other in
            _ = try await one.commit([try Self.person("Айгүл")], by: .program)
            try await Encounter(here: other, there: one).run()
            // Its clock stands still: both edits follow the same value at the same time.
            _ = try await other.commit([try Self.person("Биринчи")], by: .program)
            try await one.remove(try village.keys.device, by: .program)
            try await Encounter(here: other, there: one).run()
            #expect(try await other.read { try $0.record(.person, id) }?.title == "Айгүл")
            _ = try await other.commit([try Self.person("Экинчи")], by: .program)
            try await one.admit(
                try village.keys, as: .clerk, label: try #require(DeviceLabel("Айыл 1")),
                by: .program)
            for _ in 0..<2 { try await Encounter(here: other, there: one).run() }
            for store in [one, other] {
                #expect(try await store.read { try $0.record(.person, id) }?.title == "Экинчи")
                let conflict = try await store.read { try $0.conflict(.person, id, "fullName") }
                #expect(conflict?.others.map(\.value) == [.text("Биринчи")])
                let before = try await store.digest()
                #expect(try await store.rebuild { _, _ in } == before)
            }
            #expect(try await Self.digests(one, other).count == 1)
        }
    }
}
