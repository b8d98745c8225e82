import Mustache

/// A page's model, taken apart once: templates ask for names again and again, and in lists also for
/// those of the page around them; reflection at each question took most of a page's time.
struct ModelTree: MustacheParent {
    private let fields: [String: Any]

    /// Takes a struct apart, with all that is in it. A field that is nil is none: the template
    /// looks for its name further out, as it does where there is no such field.
    init(_ model: Any) { self.init(Mirror(reflecting: model)) }

    private init(_ mirror: Mirror) {
        var fields: [String: Any] = [:]
        for child in mirror.children {
            if let name = child.label { fields[name] = Self.shown(child.value) }
        }
        self.fields = fields
    }

    func child(named name: String) -> Any? { fields[name] }

    /// What a template sees of a value: words and numbers as they are, structs as trees.
    private static func shown(_ value: Any) -> Any? {
        if value is String || value is Bool { return value }
        if let list = value as? [Any] { return list.compactMap(shown) }
        if value is any CustomStringConvertible || value is any MustacheParent { return value }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.flatMap { shown($0.value) }
        case .struct: return ModelTree(mirror)
        default: return value
        }
    }
}
