import Foundation
import Participation
import Testing

/// Templates name only what their pages and texts have: mustache is silent about the rest.
struct TemplateTests {
    /// What templates put in unescaped: documents and figures, which escape every word themselves
    /// (DocumentTests, MethodPictureTests).
    private static let raw = [
        "paper": ["paper"], "tokoch-bread": ["figure"], "venn": ["drawing.circles", "sample"],
        "venn-compare": ["circles", "circles"],
    ]

    @Test func `every text a template names exists`() throws {
        let texts = try Tree.files(["WebUI/Text/ky"], ["json"])
        var trees: [String: JSON] = [:]
        for file in texts {
            let name = (file.path as NSString).lastPathComponent.dropLast(5)
            trees[String(name)] = try JSONReader.read(file.text.utf8)
        }
        for template in try Tree.files(["WebUI/Templates"], ["mustache"]) {
            for match in template.text.matches(of: /\{\{t\.([A-Za-z0-9_.]+)\}\}/) {
                var path = match.1.split(separator: ".").map(String.init)[...]
                var tree = trees[path.removeFirst()]
                for name in path { tree = tree?[name] }
                #expect(tree?.text != nil, "\(template.path): \(match.0)")
            }
        }
    }

    @Test func `every variable is named by the template's model, and text is escaped`() throws {
        let templates = try Tree.files(["WebUI/Templates"], ["mustache"])
        #expect(templates.count > 20)
        for template in templates {
            let end = try #require(template.text.firstRange(of: "}}"), "\(template.path)")
            let head = template.text[..<end.lowerBound]
            #expect(head.hasPrefix("{{!"), "\(template.path) does not say its model")
            let body = template.text[end.upperBound...]
            let known = head + (try Self.shared())
            for match in body.matches(of: /\{\{[#^\/]?(?:empty\()?([a-z][A-Za-z0-9.]*)\)?\}\}/) {
                for name in match.1.split(separator: ".")
                where !match.1.hasPrefix("t.") && match.1 != "layout" {
                    let isNamed = known.contains(name)
                    #expect(isNamed, "\(template.path): \(match.0)")
                }
            }
            let raw = body.matches(of: /\{\{\{(.*?)\}\}\}/).map { String($0.1) }
            let name = (template.path as NSString).lastPathComponent.dropLast(9)
            #expect(raw == Self.raw[String(name), default: []], "\(template.path)")
        }
    }

    @Test func `no template holds a script, a style or an event of its own`() throws {
        for template in try Tree.files(["WebUI/Templates"], ["mustache"]) {
            #expect(template.text.firstMatch(of: /\sstyle=/) == nil, "\(template.path)")
            #expect(template.text.firstMatch(of: /\son[a-z]+=/) == nil, "\(template.path)")
            #expect(template.text.firstMatch(of: /<script(?![^>]*src=)/) == nil, "\(template.path)")
            #expect(template.text.firstMatch(of: /https?:\/\//) == nil, "\(template.path)")
        }
    }

    @Test func `scripts write no HTML and hold no sentences`() throws {
        for script in try Tree.files(["WebUI/Static"], ["js"]) {
            #expect(!script.text.contains("innerHTML"), "\(script.path)")
            #expect(!script.text.contains("eval("), "\(script.path)")
            let code = script.lines.filter { !$0.drop { $0 == " " }.hasPrefix("*") }
            for line in code where !line.contains("//") && !line.contains("/*") {
                #expect(line.firstMatch(of: /["`'][^"`']*[а-яөңү]{3,}/) == nil, "\(script.path)")
            }
        }
    }

    /// The models of the layout and of partials, which every page can name.
    private static func shared() throws -> String {
        try Tree.files(["WebUI/Templates"], ["mustache"])
            .filter { file in
                ["layout", "session-head", "session-counts", "session-findings", "field"].contains {
                    file.path.hasSuffix("/\($0).mustache")
                }
            }
            .compactMap { file in
                file.text.firstRange(of: "}}").map { String(file.text[..<$0.lowerBound]) }
            }.joined()
    }
}
