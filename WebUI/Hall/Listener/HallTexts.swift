import Foundation
import Participation

/// The hall's sentences in one language, from `Text/*/hall.json`.
struct HallTexts: Sendable {
    private let sentences: [String: String]
    /// The same as templates walk them: `{{t.hall.join.title}}`.
    let tree: [String: HallText]

    /// Why the texts cannot be used.
    struct Unreadable: Error {}

    init(_ language: HallLanguage, folder: URL) throws {
        let file = folder.appendingPathComponent("\(language.rawValue)/hall.json")
        var sentences: [String: String] = [:]
        let json = try JSONReader.read(Data(contentsOf: file))
        guard let tree = HallText(json, key: "hall", into: &sentences) else { throw Unreadable() }
        self.tree = ["hall": tree]
        self.sentences = sentences
    }

    subscript(key: String) -> String { sentences[key] ?? key }

    func callAsFunction(_ key: String, _ details: [String: String]) -> String {
        details.reduce(self[key]) {
            $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value)
        }
    }
}

/// A sentence, or a branch of them.
enum HallText: Sendable {
    case leaf(String)
    case branch([String: HallText])

    init?(_ json: JSON, key: String, into sentences: inout [String: String]) {
        if let text = json.text {
            sentences[key] = text
            self = .leaf(text)
            return
        }
        guard case .object(let members) = json else { return nil }
        var branch: [String: HallText] = [:]
        for member in members {
            let key = "\(key).\(member.name)"
            guard let child = HallText(member.value, key: key, into: &sentences) else { return nil }
            branch[member.name] = child
        }
        self = .branch(branch)
    }

    /// What mustache walks.
    var plain: Any {
        switch self {
        case .leaf(let text): text
        case .branch(let children): children.mapValues(\.plain)
        }
    }
}
