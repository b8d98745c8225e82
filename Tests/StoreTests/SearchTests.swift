import Foundation
import Participation
import Testing

@testable import Store

struct SearchTests {
    private let world = TestStore()

    private static let titles = [
        "Жергиликтүү жолдордун абалы", "Таза суу жетишсиз", "Өрт өчүрүү", "Көпүрөлөр бузук",
        "Эки мектеп эски", "Сүт кабыл алуучу жай", "Жаңы конушта жарык жок",
    ]

    @Test(arguments: [
        ("жол", [0]), ("ЖОЛДОР", [0]), ("олдор", [0]), ("суу", [1]), ("су", [1, 5]), ("с", [1, 5]),
        ("ӨРТ", [2]), ("орт", [2]), ("көпүрө", [3]), ("КОПУРО", [3]), ("үрөлөр", [3]),
        ("жаңы жарык", [6]), ("жаны конуш", [6]), ("эски мектеп", [4]), ("ң", []), ("\"*()", []),
        ("жол OR суу", []), ("' OR 1=1 --", []),
    ])
    func `words are found by part, whatever the letter case`(
        _ query: String, _ expected: [Int]
    ) async throws {
        try await world.with { store in
            var lines = [Lines.place]
            for (index, title) in Self.titles.enumerated() {
                lines.append(
                    #"{"entity":"problem","id":"p\#(index)","event":"e","title":"\#(title)"}"#)
            }
            _ = try await store.take(try world.file(lines.joined(separator: "\n")))
            let found = try await store.read { try $0.search(query, in: .problem) }
            #expect(Set(found.map(\.id.text)) == Set(expected.map { "p\($0)" }))
        }
    }

    @Test func `a changed title is found by its new words alone`() async throws {
        try await world.with { store in
            _ = try await store.take(try world.file(Lines.place))
            let id = try #require(RecordID("v"))
            try await store.commit(
                [.change(RecordInput(.village, id: id, fields: ["name": .text("Бирдик")]))],
                by: .program)
            #expect(try await store.read { try $0.search("бирд") }.map(\.id) == [id])
            #expect(try await store.read { try $0.search("арал") }.isEmpty)
        }
    }
}
