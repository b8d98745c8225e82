import Foundation
import Participation
import Testing

@testable import Store

struct ImportTests {
    private let world = TestStore()

    private func codes(_ lines: String...) async throws -> [String] {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let before = try await store.digest()
            let file = try world.file(lines.joined(separator: "\n"))
            let report = try await store.take(file)
            #expect(!report.isTaken)
            #expect(try await store.digest() == before)
            return report.problems.map {
                "\($0.line) \($0.problem.field ?? "-") \($0.problem.code)"
            }
        }
    }

    @Test func `a bad line names line, field and reason, and nothing is imported`() async throws {
        let found = try await codes(
            #"{"entity":"village","id":"w","municipality":"m","name":"Бирдик"}"#,
            #"{"entity":"tokochSlice","id":"t","event":"e","item":"Жол","percent":140}"#,
            #"{"entity":"cycle","id":"d","municipality":"m","title":"x","startsOn":"1825-01-01","stage":1}"#
        )
        #expect(found == ["2 percent outOfRange", "3 startsOn outOfRange"])
    }

    @Test func `all bad lines are named in one go`() async throws {
        let found = try await codes(
            "not json", "[1]", "{}", #"{"entity":"party","id":"p"}"#,
            #"{"entity":"village","id":"w","name":"Бирдик","colour":1}"#,
            #"{"entity":"village","name":"Бирдик","municipality":"m"}"#,
            #"{"entity":"village","id":"кыргыз","name":"Бирдик","municipality":"m"}"#,
            #"{"entity":"village","id":"x","municipality":"nowhere","name":"А"}"#,
            #"{"entity":"village","id":"y","municipality":"c","name":"А"}"#,
            #"{"entity":"village","id":"z","name":"А"}"#,
            #"{"entity":"village","id":"e","name":"А","municipality":"m"}"#,
            #"{"entity":"village","id":"q","name":"А","municipality":"m"}"#,
            #"{"entity":"village","id":"q","name":"Б","municipality":"m"}"#)
        #expect(
            found == [
                "1 - badJSON", "2 - notAnObject", "3 entity unknownEntity",
                "4 entity unknownEntity", "5 colour unknownField", "6 id missing", "7 id badId",
                "10 municipality missing", "11 id idOfAnotherEntity", "13 id idTwiceInFile",
                "8 municipality danglingReference", "9 municipality wrongReference",
            ])
    }

    @Test func `a reference may come before what it points to`() async throws {
        try await world.with { store in
            let lines = Lines.place.split(separator: "\n").reversed().joined(separator: "\n")
            let report = try await store.take(try world.file(lines))
            #expect(report.made == 4)
        }
    }

    @Test func `importing again changes nothing, and a deleted record comes back`() async throws {
        try await world.with { store in
            let file = try world.file(Lines.place)
            #expect(try await store.take(file).made == 4)
            #expect(try await store.take(file).unchanged == 4)
            let id = try #require(RecordID("v"))
            try await store.commit([.delete(.village, id)], by: .program)
            #expect(try await store.take(file).changed == 1)
            #expect(try await store.read { try $0.record(.village, id) } != nil)
        }
    }

    @Test func `a huge line and an empty file do no harm`() async throws {
        try await world.with { store in
            let long =
                "{\"entity\":\"village\",\"name\":\"" + String(repeating: "ө", count: 6_000_000)
            let report = try await store.take(try world.file(long, #"{"entity":"x"}"#))
            #expect(report.problems.map(\.problem.code) == [.lineTooLong, .unknownEntity])
            #expect(try await store.take(try world.file("")).isTaken)
            #expect(
                try await store.take(try world.file("\u{FEFF}" + Lines.place, "", " ")).made == 4)
        }
    }

    @Test func `a thousand problems are counted, a hundred are told`() async throws {
        try await world.with { store in
            let lines = (0..<1000).map { _ in "bad" }.joined(separator: "\n")
            let report = try await store.take(try world.file(lines))
            #expect(report.problemCount == 1000)
            #expect(report.problems.count == Limits.reportedProblems)
        }
    }

    @Test func `the log is sealed and verifies, a rebuild gives the same digest`() async throws {
        try await world.with { store in
            var lines = [Lines.place]
            for number in 0..<2500 {
                lines.append(
                    #"{"entity":"sticker","id":"s\#(number)","event":"e","text":"жол \#(number)"}"#)
            }
            let file = try world.file(lines.joined(separator: "\n"))
            #expect(try await store.take(file).made == 2504)
            try await store.commit(
                [.delete(.sticker, try #require(RecordID("s7")))], by: .program)
            let report = try await store.verify { _, _ in }
            #expect(report.faults.isEmpty)
            #expect(report.entries == 2505)
            #expect(report.signatures == 4)
            let before = try await store.digest()
            #expect(try await store.rebuild { _, _ in } == before)
            #expect(try await store.read { try $0.count(.sticker) } == 2499)
            #expect(try await store.read { try $0.search("ЖОЛ 42") }.count > 0)
        }
    }
}
