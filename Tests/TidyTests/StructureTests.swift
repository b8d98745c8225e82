import Foundation
import Testing

/// The shape of the house (design.md §1): arrows, sizes, names.
struct StructureTests {
    /// What each target may import of our own.
    private static let arrows: [String: Set<String>] = [
        "Sources/Participation": [], "Sync/Core": [], "Sync/Transport": ["SyncCore"],
        "Sync/Simulation": ["SyncCore"], "Sync/Simulate": ["SyncSimulation"],
        "Sources/Pictures": ["Participation"], "Sources/Photographs": [],
        "Sources/Documents": ["Participation", "Pictures"],
        "Sources/Store": ["Participation", "SyncCore"],
        "WebUI/Hall": ["Participation"],
        "WebUI": ["Hall", "Store", "Documents", "Pictures", "Photographs", "Participation"],
        "Sources/Commands": [
            "Hall", "WebUI", "Store", "Documents", "SyncTransport", "SyncCore", "Participation",
            "Photographs",
        ],
        "Sources/ashar": ["Commands"],
    ]

    private static let ours: Set = [
        "Participation", "SyncCore", "SyncTransport", "SyncSimulation", "Store", "Documents",
        "Pictures", "Photographs", "Hall", "WebUI", "Commands",
    ]

    @Test func `imports follow the arrows`() throws {
        for (folder, allowed) in Self.arrows {
            for file in try Tree.files([folder], ["swift"]) {
                let imported = Set(file.lines.compactMap(Self.importedModule))
                let wrong = imported.intersection(Self.ours).subtracting(allowed)
                #expect(wrong.isEmpty, "\(file.path) imports \(wrong)")
            }
        }
    }

    @Test(arguments: [
        "Sources/Participation", "Sources/Pictures", "Sources/Photographs", "Sync/Core",
    ])
    func `pure targets do no input or output`(_ folder: String) throws {
        let banned = ["FileManager", "URLSession", "FileHandle", "Date()", "GRDB", "print(", "NIO"]
        for file in try Tree.files([folder], ["swift"]) {
            for word in banned {
                #expect(!file.text.contains(word), "\(file.path) uses \(word)")
            }
        }
    }

    @Test func `no file is over 400 lines`() throws {
        let files = try Tree.files(
            Tree.code + ["Tests"], ["swift", "js", "css", "mustache", "json", "py", "c"])
        #expect(files.count > 100)
        for file in files {
            #expect(file.lines.count <= 401, "\(file.path): \(file.lines.count)")
        }
    }

    @Test func `what the README points to is there`() throws {
        let readme = try String(
            contentsOf: Tree.root.appendingPathComponent("README.md"), encoding: .utf8)
        let links = readme.matches(of: /\]\(([^)#:]+)[^)]*\)/).map { String($0.1) }
        #expect(!links.isEmpty)
        for link in links {
            let path = Tree.root.appendingPathComponent(link).path
            #expect(FileManager.default.fileExists(atPath: path), "README.md: \(link)")
        }
    }

    @Test func `no function is over 70 lines`() throws {
        for file in try Tree.swift() {
            for (name, length) in Self.functions(in: file) {
                #expect(length <= 70, "\(file.path): \(name) has \(length) lines")
            }
        }
    }

    @Test func `nothing is left for later, forced or caught without a word`() throws {
        let banned = ["TODO", "FIXME", "try!", "as!", "fatalError("]
        for file in try Tree.files(Tree.code, ["swift", "js"]) {
            for word in banned {
                #expect(!file.text.contains(word), "\(file.path) holds \(word)")
            }
            #expect(!file.text.contains("\n    Task {"), "\(file.path) has a bare Task")
        }
    }

    @Test func `clock and randomness come from the composition root alone`() throws {
        let banned = ["Date()", "Date.now", "SystemRandomNumberGenerator", "UUID()"]
        for file in try Tree.files(Tree.code, ["swift"])
        where file.path != "Sources/Commands/Serving/LiveWorld.swift" {
            for word in banned {
                #expect(!file.text.contains(word), "\(file.path) uses \(word)")
            }
        }
    }

    private static func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place < 3, place + 1 < words.count,
            words.prefix(place).allSatisfy({ ["public", "@testable", "internal"].contains($0) })
        else { return nil }
        return String(words[place + 1])
    }

    /// Functions and initialisers with the number of lines from their head to the closing brace,
    /// which stands in the column of the head.
    private static func functions(in file: Tree.File) -> [(name: String, length: Int)] {
        var found: [(String, Int)] = []
        let lines = file.lines
        for (start, line) in lines.enumerated() {
            let head = line.drop { $0 == " " }
            guard head.contains("func ") || head.hasPrefix("init(") || head.contains(" init(")
            else { continue }
            let closing = String(repeating: " ", count: line.count - head.count) + "}"
            let end = lines[start...].firstIndex { $0 == closing }
            if let end, !head.hasPrefix("//") {
                found.append((String(head.prefix(60)), end - start + 1))
            }
        }
        return found
    }
}
