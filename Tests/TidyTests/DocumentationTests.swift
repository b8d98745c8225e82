import Testing

/// What crosses a module says what it is; small words of a dictionary are the dictionary's.
struct DocumentationTests {
    @Test func `public declarations are documented`() throws {
        for file in try Tree.files(Tree.code, ["swift"]) {
            let lines = file.lines
            for (index, line) in lines.enumerated() {
                let head = line.drop { $0 == " " }
                guard head.hasPrefix("public "), !head.hasPrefix("public import") else { continue }
                // The fields of an entity are explained by the data dictionary and its labels.
                if file.path.hasPrefix("Sources/Participation/Entities"),
                    head.hasPrefix("public let") || head.hasPrefix("public enum")
                {
                    continue
                }
                var above = index - 1
                while above > 0, lines[above].drop(while: { $0 == " " }).hasPrefix("@") {
                    above -= 1
                }
                let isDocumented = lines[max(0, above)].drop { $0 == " " }.hasPrefix("///")
                let implements = Self.implementing.contains { head.contains($0) }
                #expect(isDocumented || implements, "\(file.path):\(index + 1) \(head)")
            }
        }
    }

    /// Members whose meaning is their protocol's.
    private static let implementing = [
        "public let name: String", "public let type: FieldType", "public let privacy: Privacy",
        "public private(set) var isRequired",
    ]
}
