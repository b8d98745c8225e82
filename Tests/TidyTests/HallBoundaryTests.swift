import Testing

/// The hall's listener can reach `public.db` and one slot for ballots, nothing else.
struct HallBoundaryTests {
    @Test func `the listener names neither the store, nor the box, nor a database`() throws {
        let files = try Tree.files(["WebUI/Hall/Listener"], ["swift"])
        #expect(files.count > 8)
        let banned = [
            "import Store", "import WebUI", "GRDB", "BallotBox", "PublicWriter", "DatabaseQueue",
            "ashar-desk", "Sessions",
        ]
        for file in files {
            for word in banned { #expect(!file.text.contains(word), "\(file.path) names \(word)") }
        }
    }

    @Test func `views for the hall hold no bare text that a person typed`() throws {
        let views = try Tree.files(["WebUI/Hall/Views"], ["swift"]).first {
            $0.path.hasSuffix("PublicRoom.swift")
        }
        let fields = try #require(views).lines.filter { $0.contains(": String") }
        // Ids, digits, addresses and names of pictures: the program's own.
        let known = [
            "id: String", "code: String", "path: String", "method: String?",
            "pictures: [String: String]", "enum RoundKind: String",
        ]
        for field in fields {
            #expect(known.contains { field.contains($0) }, "\(field)")
        }
    }
}
