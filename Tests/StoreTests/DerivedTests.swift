import GRDB
import Participation
import SyncSimulation
import Testing

@testable import Store

/// What is kept beside the rows is always what the rows would give anew.
struct DerivedTests {
    private static let session = """
        {"entity":"event","id":"f","cycle":"c","kind":"session","village":"v","status":"held"}
        {"entity":"person","id":"p","fullName":"Айгүл Токтогулова","sex":"female"}
        {"entity":"attendance","id":"a","event":"e","person":"p","role":"participant"}
        {"entity":"problem","id":"q","event":"e","title":"Таза суу"}
        {"entity":"sticker","id":"s1","event":"e","text":"суу жок"}
        {"entity":"sticker","id":"s2","event":"e","text":"жол бузук","problem":"q"}
        """

    @Test(arguments: [UInt64(1), 2, 3])
    func `digest and meetings follow every change`(_ seed: UInt64) async throws {
        let world = TestStore(seed: seed)
        try await world.with { store in
            let report = try await store.take(
                try world.file(Lines.place + "\n" + Self.session))
            #expect(report.isTaken)
            var generator = SeededGenerator(seed: seed)
            var commits: [CommitID] = []
            for step in 0..<60 {
                world.advance()
                if step % 7 == 6, let commit = commits.randomElement(using: &generator) {
                    _ = try await store.undo(commit, by: .program) { _ in true }
                } else {
                    let edit = try Self.edits(step).randomElement(using: &generator)
                    if let edit, let receipt = try? await store.commit([edit], by: .program),
                        let commit = receipt.commit
                    {
                        commits.append(commit)
                    }
                }
                try await check(store, step)
            }
            #expect(commits.count > 20)
        }
    }

    @Test(arguments: [UInt64(4), 5, 6])
    func `they follow what comes from another laptop, too`(_ seed: UInt64) async throws {
        let (office, village) = (TestStore(seed: seed), TestStore(seed: seed + 100))
        try await office.with { one in
            try await village.with { other in
                try await one.found(with: office.keys, [(other, village.keys)])
                try await Encounter(here: other, there: one).run()
                _ = try await one.take(try office.file(Lines.place + "\n" + Self.session))
                try await Encounter(here: other, there: one).run()
                var generator = SeededGenerator(seed: seed)
                for step in 0..<40 {
                    let (world, store) = step % 3 == 0 ? (office, one) : (village, other)
                    world.advance()
                    if let edit = try Self.edits(step).randomElement(using: &generator) {
                        _ = try? await store.commit([edit], by: .program)
                    }
                    if step % 4 == 3 { try await Encounter(here: other, there: one).run() }
                    try await check(one, step)
                    try await check(other, step)
                }
            }
        }
    }

    @Test func `a table that was altered behind the log's back is found and made anew`()
        async throws
    {
        let world = TestStore()
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let before = try await store.digest()
            try await store.pool.write { try $0.execute(sql: "UPDATE village SET name = 'Жок'") }
            #expect(try await store.verify { _, _ in }.faults.map(\.reason) == ["tables"])
            #expect(try await store.rebuild { _, _ in } == before)
            #expect(try await store.verify { _, _ in }.faults.isEmpty)
        }
    }

    private func check(_ store: Store, _ step: Int) async throws {
        let cycle = try #require(RecordID("c"))
        let (kept, anew) = try await store.read { reader in
            (try reader.digest(), Digest(try reader.freshDigestSum()))
        }
        #expect(kept == anew, "step \(step)")
        let (cached, read) = try await store.read { reader in
            (
                try #require(try reader.cycleFacts(cycle, year: 2026)).meetings,
                try #require(try Reader(reader.db).cycleFacts(cycle, year: 2026)).meetings
            )
        }
        #expect(cached.map(Summary.init) == read.map(Summary.init), "step \(step)")
    }

    private struct Summary: Equatable {
        let event: Participation.Record
        let count: AttendanceCount
        let findings: [Finding]
        let numbers: [Int]

        init(_ meeting: MeetingSummary) {
            event = meeting.event
            count = meeting.count
            findings = meeting.findings
            numbers = [
                meeting.votes, meeting.problems, meeting.minutesEntries, meeting.unsorted,
            ]
        }
    }

    /// Every way in which an evening's work touches a meeting.
    private static func edits(_ step: Int) throws -> [Edit] {
        func input(_ entity: EntityName, _ id: String, _ fields: [String: Value?]) throws
            -> RecordInput
        {
            let id: RecordID = try #require(RecordID(id))
            return RecordInput(entity, id: id, fields: fields)
        }
        let person = try #require(RecordID("p"))
        let sticker = try #require(RecordID("s2"))
        let name = step % 2 == 0 ? "Айгүл Токтогулова" : "Бакыт Асанов"
        return [
            .make(
                try input(
                    .sticker, "n\(step)", ["event": .text("e"), "text": .text("жарык \(step)")])),
            .change(try input(.sticker, "s1", ["problem": step % 2 == 0 ? .text("q") : nil])),
            .change(try input(.sticker, "s1", ["text": .text("\(name) суу бербейт")])),
            .change(try input(.sticker, "s2", ["event": .text(step % 2 == 0 ? "e" : "f")])),
            .change(try input(.person, "p", ["fullName": .text(name)])),
            .change(try input(.person, "p", ["sex": .text(step % 2 == 0 ? "male" : "female")])),
            .delete(.person, person), .restore(.person, person),
            .delete(.sticker, sticker), .restore(.sticker, sticker),
            .change(try input(.event, "f", ["status": .text(step % 2 == 0 ? "held" : "planned")])),
            .change(try input(.problem, "q", ["title": .text("Таза суу \(step)")])),
        ]
    }
}
