import Foundation
import GRDB
import Participation
import Testing

@testable import Store

struct CommitTests {
    private let world = TestStore()

    private func input(_ id: String, _ fields: [String: Value?]) throws -> RecordInput {
        let id: RecordID = try #require(RecordID(id))
        return RecordInput(.village, id: id, fields: fields)
    }

    @Test func `a commit is flushed to the disk`() async throws {
        try await world.with { store in
            let level = try await store.pool.writeWithoutTransaction {
                try Int.fetchOne($0, sql: "PRAGMA synchronous")
            }
            #expect(level == 2)
        }
    }

    @Test func `a second process is refused while one has the store`() async throws {
        try await world.with { _ in
            _ = #expect(throws: StoreError.inUse(pid: String(getpid()))) { try world.open() }
        }
        let head = try await world.with { try await $0.read { try $0.head() } }
        #expect(head == "0")
    }

    @Test func `given fields change, the others stay`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            try await store.commit([.change(try input("v", ["men": .integer(10)]))], by: .program)
            let record = try #require(try await store.read { try $0.record(.village, id) })
            #expect(record.values["men"] == .integer(10))
            #expect(record.title == "Арал")
        }
    }

    @Test func `a commit is all or nothing`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let before = try await store.digest()
            let good = try input("v", ["men": .integer(10)])
            let bad = try input("w", ["name": .text("Бирдик"), "municipality": .text("nowhere")])
            await #expect(throws: StoreError.self) {
                try await store.commit([.change(good), .make(bad)], by: .program)
            }
            #expect(try await store.digest() == before)
        }
    }

    @Test func `what is the same already writes no entry`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let receipt = try await store.commit(
                [.change(try input("v", ["name": .text("Арал")]))], by: .program)
            #expect(receipt.commit == nil)
        }
    }

    @Test func `a delete can be undone, an undo can be undone`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            let receipt = try await store.commit([.delete(.village, id)], by: .program)
            #expect(try await store.read { try $0.record(.village, id) } == nil)
            #expect(try await store.read { try $0.count(.village) } == 0)
            let commit = try #require(receipt.commit)
            let undo = try await store.undo(commit, by: .program) { _ in true }
            #expect(undo.restored == 1)
            #expect(try await store.read { try $0.record(.village, id) }?.title == "Арал")
            #expect(try await store.read { try $0.count(.village) } == 1)
            let again = try await store.undo(try #require(undo.commit), by: .program) { _ in true }
            #expect(again.restored == 1)
            #expect(try await store.read { try $0.record(.village, id) } == nil)
        }
    }

    @Test func `an undo leaves what was changed since`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            let first = try await store.commit(
                [.change(try input("v", ["men": .integer(1), "women": .integer(2)]))],
                by: .program)
            world.advance()
            try await store.commit([.change(try input("v", ["men": .integer(5)]))], by: .program)
            let undo = try await store.undo(try #require(first.commit), by: .program) { _ in true }
            #expect(undo.skipped == 1)
            let record = try #require(try await store.read { try $0.record(.village, id) })
            #expect(record.values["men"] == .integer(5))
            #expect(record.values["women"] == nil)
        }
    }

    @Test func `an undo of made records deletes them`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let receipt = try await store.commit(
                [.make(try input("w", ["name": .text("Бирдик"), "municipality": .text("m")]))],
                by: .program)
            _ = try await store.undo(try #require(receipt.commit), by: .program) { _ in true }
            #expect(try await store.read { try $0.count(.village) } == 1)
        }
    }

    @Test func `an undo on one record leaves the rest of its commit alone`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let village = try #require(RecordID("v"))
            let step = try #require(
                try await store.read { try $0.history(.village, village) }.first)
            let kinds = try #require(try await store.read { try $0.kinds(of: step.commit) })
            #expect(kinds.map(\.entity) == [.municipality, .village, .cycle, .event])
            #expect(kinds.map(\.records) == [1, 1, 1, 1])
            let undo = try await store.undo(
                step.commit, only: RecordPlace(.village, village), by: .program
            ) { $0 == .village }
            #expect(undo.restored == 1)
            #expect(try await store.read { try $0.count(.village) } == 0)
            #expect(try await store.read { try $0.count(.event) } == 1)
            let other = try #require(RecordID("other"))
            await #expect(throws: StoreError.cannotUndo) {
                try await store.undo(
                    step.commit, only: RecordPlace(.village, other), by: .program
                ) { _ in true }
            }
        }
    }

    @Test func `a commit too large for one step can be undone record by record`() async throws {
        try await world.with { store in
            let lines = (0...Store.undoLimit).map {
                #"{"entity":"municipality","id":"m\#($0)","name":"Көк-Ирим"}"#
            }
            _ = try await store.take(try world.file(lines.joined(separator: "\n")))
            let id = try #require(RecordID("m7"))
            let commit = try #require(
                try await store.read { try $0.history(.municipality, id) }.first?.commit)
            #expect(try await store.read { try $0.kinds(of: commit) } == nil)
            await #expect(throws: StoreError.cannotUndo) {
                try await store.undo(commit, by: .program) { _ in true }
            }
            _ = try await store.undo(
                commit, only: RecordPlace(.municipality, id), by: .program
            ) { _ in true }
            #expect(
                try await store.read { try $0.count(.municipality) } == Store.undoLimit)
        }
    }

    @Test func `history tells who changed what, the newest first`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            let actor = Actor(account: try #require(RecordID("aigul")))
            try await store.commit([.change(try input("v", ["men": .integer(7)]))], by: actor)
            let steps = try await store.read { try $0.history(.village, id) }
            #expect(steps.map(\.actor) == ["aigul", ""])
            #expect(steps[0].changes == [.init(field: "men", old: nil, new: .integer(7))])
            #expect(steps[1].isFirst)
        }
    }

    @Test func `a clock that goes back does not lose an edit`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            for men in 1...5 {
                try await store.commit(
                    [.change(try input("v", ["men": .integer(men)]))], by: .program)
            }
            #expect(
                try await store.read { try $0.record(.village, id) }?.values["men"] == .integer(5))
        }
    }

    @Test func `a login is taken once`() async throws {
        try await world.with { store in
            func account(_ id: String) throws -> Edit {
                let id: RecordID = try #require(RecordID(id))
                return .make(
                    RecordInput(
                        .account, id: id,
                        fields: [
                            "login": .text("aigul"), "displayName": .text("Айгүл"),
                            "role": .text("admin"), "secret": .text("s"),
                        ]))
            }
            try await store.commit([try account("a")], by: .program)
            await #expect(
                throws: StoreError.refused([InputProblem(.loginTaken, field: "login")])
            ) {
                try await store.commit([try account("b")], by: .program)
            }
        }
    }
}
