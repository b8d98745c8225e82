public import Foundation
import Mustache

/// The page templates, read once at the start; a folder without templates stops the program.
public struct Templates: Sendable {
    private let library: MustacheLibrary

    /// Why the templates cannot be used.
    public enum Fault: Error, Sendable, Equatable {
        /// The folder holds none.
        case missing(folder: String)
    }

    /// Reads `*.mustache` of a folder.
    public init(folder: URL) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard names.contains("layout.mustache") else { throw Fault.missing(folder: folder.path) }
        library = try await MustacheLibrary(directory: folder.path)
    }

    /// A page as HTML.
    func render<Model: PageModel>(_ model: Model, frame: PageFrame, texts: Texts) -> String {
        let root = PageRoot(model: model, frame: frame, texts: texts)
        guard let html = library.render(root, withTemplate: Model.template) else {
            preconditionFailure("there is a template \(Model.template), tests render every page")
        }
        return html
    }
}

/// What a template shows, ready to be shown.
protocol PageModel: Sendable {
    /// The template's file name without its ending.
    static var template: String { get }
}

/// What a template sees at its root: the texts as `t`, the frame as `page`, and the model.
private struct PageRoot: MustacheParent {
    private let model: ModelTree
    private let frame: ModelTree
    private let texts: Texts

    init(model: any PageModel, frame: PageFrame, texts: Texts) {
        self.model = ModelTree(model)
        self.frame = ModelTree(frame)
        self.texts = texts
    }

    func child(named name: String) -> Any? {
        switch name {
        case "t": texts.tree
        case "page": frame
        default: model.child(named: name)
        }
    }
}

/// What the layout shows around every page.
struct PageFrame: Sendable {
    var language = "ky"
    var languages: [LanguageLink] = []
    var path = "/"
    var userName: String?
    var roleName: String?
    var isDemo = false
    var menu: [MenuLink] = []
    var flash: Flash?
    var errors: [ErrorLink] = []
    var municipalityName: String?
    var head: String?

    struct LanguageLink: Sendable {
        let code: String
        let name: String
        let isCurrent: Bool
    }

    struct MenuLink: Sendable {
        let label: String
        let href: String
        let isCurrent: Bool
        /// How much waits there for a person; nil for nothing.
        var badge: String?
    }

    struct ErrorLink: Sendable {
        let text: String
        let href: String
    }
}

/// A sentence about what was just done, and the commit that can be taken back.
struct Flash: Sendable, Equatable {
    let text: String
    let undoCommit: String?
}
