import Crypto
import Foundation
import Mustache
import NIOCore

/// The templates, texts, style sheets and scripts of the hall, read once. Of the pages of the
/// desk it has none.
struct HallFiles: Sendable {
    /// What the listener hands out.
    struct Asset: Sendable {
        let bytes: ByteBuffer
        let mediaType: String
        let tag: String
    }

    private static let assetNames = [
        "hall.css", "hall-screen.css", "hall-board.css", "icon.svg", "ornament.svg",
        "hall-phone.js",
        "hall-screen.js",
        "hall-means.js", "hall-link.js", "morph.js",
    ]
    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "svg": "image/svg+xml",
    ]

    private let library: MustacheLibrary
    private let texts: [HallLanguage: (texts: HallTexts, tree: HallTree)]
    let assets: [String: Asset]

    /// Reads the program's own folder.
    init(folder: URL) throws {
        var templates: [String: MustacheTemplate] = [:]
        let place = folder.appendingPathComponent("Templates")
        for name in try FileManager.default.contentsOfDirectory(atPath: place.path)
        where name.hasPrefix("hall-") && name.hasSuffix(".mustache") {
            let text = try String(contentsOf: place.appendingPathComponent(name), encoding: .utf8)
            templates[String(name.dropLast(9))] = try MustacheTemplate(string: text)
        }
        library = MustacheLibrary(templates: templates)
        texts = Dictionary(
            uniqueKeysWithValues: try HallLanguage.allCases.map { language in
                let texts = try HallTexts(
                    language, folder: folder.appendingPathComponent("Text"))
                return (language, (texts, HallTree(texts)))
            })
        assets = try Dictionary(
            uniqueKeysWithValues: Self.assetNames.map { name in
                let file = folder.appendingPathComponent("Static/\(name)")
                let data = try Data(contentsOf: file)
                let tag = SHA256.hash(data: data).prefix(8).map { String($0, radix: 16) }.joined()
                return (
                    name,
                    Asset(
                        bytes: ByteBuffer(bytes: data),
                        mediaType: Self.mediaTypes[file.pathExtension] ?? "text/plain",
                        tag: "\"\(tag)\"")
                )
            })
    }

    func texts(_ language: HallLanguage) -> HallTexts {
        guard let found = texts[language] else {
            preconditionFailure("texts of every language are read at the start")
        }
        return found.texts
    }

    /// A page as HTML.
    func render(_ template: String, _ model: Any, _ frame: HallFrame) -> String {
        let tree = texts[frame.tongue].map(\.tree.plain) ?? [:]
        let root: [String: Any] = ["t": tree, "page": frame, "model": model]
        guard let html = library.render(root, withTemplate: template) else {
            preconditionFailure("there is a template \(template), tests render every page")
        }
        return html
    }
}

/// The texts as mustache walks them; nothing in it changes.
struct HallTree: @unchecked Sendable {
    // Immutable dictionaries of strings: safe to be read by all.
    let plain: [String: Any]

    init(_ texts: HallTexts) { plain = texts.tree.mapValues(\.plain) }
}

/// What stands around every page of a phone.
struct HallFrame: Sendable {
    let tongue: HallLanguage
    let language: String
    let languages: [Choice]
    /// Where the page can be read again.
    let path: String
    /// Changes when something new can be seen.
    let version: Int
    /// Changes when a phone's page does.
    let phone: String
    let municipality: String?
    let meeting: String?

    struct Choice: Sendable {
        let code: String
        let name: String
        let isCurrent: Bool
    }

    init(_ language: HallLanguage, path: String, _ content: PublicReader.Content) {
        tongue = language
        self.language = language.rawValue
        languages = HallLanguage.allCases.map {
            Choice(code: $0.rawValue, name: $0.name, isCurrent: $0 == language)
        }
        self.path = path
        version = content.version
        phone = content.phoneState
        municipality = content.room.municipality?.text
        meeting = content.room.meeting?.heading[language.rawValue]?.text
    }
}
