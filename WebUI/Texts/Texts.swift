public import Foundation
import Mustache
import Participation

/// Every sentence of the interface in one language, read from `Text/{ky,ru,en}/*.json`. A key is
/// the file's name and the path within it: `gallery.column.new`.
public struct Texts: Sendable {
    /// The language.
    public let language: Language
    private let sentences: [String: String]
    let tree: TextTree

    /// Why the texts cannot be used.
    public enum Fault: Error, Sendable, Equatable {
        /// The folder holds no texts.
        case missing(folder: String)
        /// The file is no JSON object of texts.
        case unreadable(file: String)
    }

    /// Reads all files of one language.
    public init(_ language: Language, folder: URL) throws {
        self.language = language
        let files = try FileManager.default
            .contentsOfDirectory(
                at: folder.appendingPathComponent(language.rawValue),
                includingPropertiesForKeys: nil
            ).filter { $0.pathExtension == "json" }
        guard !files.isEmpty else { throw Fault.missing(folder: folder.path) }
        var sentences: [String: String] = [:]
        var branches: [String: TextTree] = [:]
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            guard let json = try? JSONReader.read(Data(contentsOf: file)),
                let tree = TextTree(json, name: name, into: &sentences)
            else { throw Fault.unreadable(file: file.lastPathComponent) }
            branches[name] = tree
        }
        self.sentences = sentences
        tree = TextTree(name: "t", children: branches)
    }

    /// Every key there is.
    public var keys: Set<String> { Set(sentences.keys) }

    /// The text of a key; the key itself where there is none, which a test forbids.
    public subscript(key: String) -> String { sentences[key] ?? key }

    /// The text of a key; nil where there is none.
    func optional(_ key: String) -> String? { sentences[key] }

    /// The text of a key with values for the `{names}` in it.
    func callAsFunction(_ key: String, _ details: [String: String]) -> String {
        details.reduce(self[key]) {
            $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value)
        }
    }
}

/// The texts as templates walk them: `{{t.gallery.column.new}}`.
struct TextTree: MustacheParent, Sendable {
    private let name: String
    private let children: [String: TextTree]
    private let leaves: [String: String]

    init(name: String, children: [String: TextTree]) {
        self.name = name
        self.children = children
        leaves = [:]
    }

    init?(_ json: JSON, name: String, into sentences: inout [String: String]) {
        guard case .object(let members) = json else { return nil }
        var children: [String: TextTree] = [:]
        var leaves: [String: String] = [:]
        for member in members {
            let key = "\(name).\(member.name)"
            if let text = member.value.text {
                leaves[member.name] = text
                sentences[key] = text
            } else if let tree = TextTree(member.value, name: key, into: &sentences) {
                children[member.name] = tree
            } else {
                return nil
            }
        }
        self.name = name
        self.children = children
        self.leaves = leaves
    }

    func child(named child: String) -> Any? {
        leaves[child] ?? children[child] ?? "\(name).\(child)"
    }
}
