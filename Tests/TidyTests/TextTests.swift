import Foundation
import Participation
import Testing

/// Every sentence is there in every language, and every key that is used exists.
struct TextTests {
    private static func texts(_ language: String) throws -> [String: String] {
        var found: [String: String] = [:]
        for file in try Tree.files(["WebUI/Text/\(language)"], ["json"]) {
            let name = (file.path as NSString).lastPathComponent.dropLast(5)
            collect(try JSONReader.read(file.text.utf8), String(name), &found)
        }
        return found
    }

    private static func collect(_ json: JSON, _ key: String, _ found: inout [String: String]) {
        if case .object(let members) = json {
            for member in members { collect(member.value, "\(key).\(member.name)", &found) }
        } else {
            found[key] = json.text
        }
    }

    @Test(arguments: ["ru", "en"])
    func `every language has every text, with the same placeholders`(_ language: String) throws {
        let (kyrgyz, other) = (try Self.texts("ky"), try Self.texts(language))
        #expect(Set(kyrgyz.keys).symmetricDifference(other.keys).sorted() == [])
        for (key, text) in kyrgyz {
            let here = Self.placeholders(text)
            #expect(here == Self.placeholders(other[key] ?? ""), "\(language) \(key)")
            #expect(other[key]?.isEmpty == false && !text.isEmpty, "\(language) \(key)")
        }
    }

    @Test func `every entity, field and choice has its label`() throws {
        let texts = try Self.texts("ky")
        for entity in Entity.all {
            #expect(texts["entities.\(entity.name).one"] != nil, "\(entity.name)")
            #expect(texts["entities.\(entity.name).many"] != nil, "\(entity.name)")
            for field in entity.fields {
                let key = "\(entity.name).\(field.name)"
                #expect(texts["fields.\(key)"] != nil, "fields.\(key)")
                guard case .choice(let words) = field.type else { continue }
                for word in words {
                    #expect(texts["choices.\(key).\(word)"] != nil, "choices.\(key).\(word)")
                }
            }
        }
    }

    @Test func `every problem and every finding has its sentence`() throws {
        let texts = try Self.texts("ky")
        for code in InputProblem.Code.allCases {
            #expect(texts["problems.\(code)"] != nil, "\(code)")
        }
        for code in Finding.Code.allCases { #expect(texts["findings.\(code)"] != nil, "\(code)") }
        for number in 1...8 { #expect(texts["choices.cycle.stage.\(number)"] != nil) }
        for number in 1...23 { #expect(texts["choices.problem.localMatter.\(number)"] != nil) }
    }

    @Test func `every key that Swift names exists`() throws {
        let texts = try Self.texts("ky")
        let files = Set(texts.keys.map { $0.prefix { $0 != "." } })
        let pattern = /\"([a-z][A-Za-z]*(?:\.[A-Za-z0-9]+)+)\"/
        for file in try Tree.files(["WebUI"], ["swift"]) {
            for match in file.text.matches(of: pattern) {
                let key = String(match.1)
                guard files.contains(key.prefix { $0 != "." }), !key.hasSuffix(".js"),
                    !key.hasSuffix(".css"), !key.hasSuffix(".mustache")
                else { continue }
                #expect(texts[key] != nil, "\(file.path) names \(key)")
            }
        }
    }

    @Test func `what waits for something else says so, and nothing else is said`() throws {
        let texts = try Self.texts("ky")
        let pattern = /waits\(\s*"(\w+)"/
        var named: Set<String> = []
        for file in try Tree.files(["Sources/Participation/Cycle"], ["swift"]) {
            named.formUnion(file.text.matches(of: pattern).map { String($0.1) })
            for match in file.text.matches(of: /let names = \[(.*)\]/) {
                named.formUnion(match.1.matches(of: /"(\w+)"/).map { String($0.1) })
            }
        }
        #expect(named.count > 20)
        for name in named {
            #expect(texts["stages.waiting.\(name).lacks"] != nil, "\(name)")
            #expect(texts["stages.waiting.\(name).action"] != nil, "\(name)")
        }
        for key in texts.keys where key.hasPrefix("stages.waiting.") {
            let name = key.split(separator: ".")[2]
            #expect(named.contains(String(name)), "\(key) is said nowhere")
        }
    }

    @Test func `letters of one alphabet do not hide in words of the other`() throws {
        let mixed = /[a-zA-Z][а-яёөңүА-ЯЁӨҢҮ]|[а-яёөңүА-ЯЁӨҢҮ][a-zA-Z]/
        for language in ["ky", "ru"] {
            for (key, text) in try Self.texts(language) where !text.contains("{") {
                #expect(text.firstMatch(of: mixed) == nil, "\(language) \(key): \(text)")
            }
        }
    }

    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) })
    }
}
