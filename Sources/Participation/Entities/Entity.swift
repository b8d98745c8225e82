/// A kind of record as the store, the forms and the schema see it: made from its declaration.
public struct Entity: Sendable {
    /// What it is called in files and addresses.
    public let name: EntityName
    /// The part of the work it belongs to.
    public let area: Area
    /// Its fields in the dictionary's order.
    public let fields: [any AnyField]
    /// The fields whose first non-empty one is what people call a record.
    public let titleFields: [String]
    /// The fields that point to other records.
    public let references: [any AnyField]
    /// The names of the fields that a new record may not lack.
    public let required: [String]
    private let byName: [String: any AnyField]

    /// The parts of the work that group the kinds of records on the screen.
    public enum Area: String, Sendable, CaseIterable {
        case place, people, meeting, method, priority, plan, money, watching, office
    }

    init(_ declaration: some EntityDeclaration) {
        name = declaration.entity
        area = declaration.area
        fields = Mirror(reflecting: declaration).children.compactMap { $0.value as? any AnyField }
        titleFields = declaration.titleFields
        references = fields.filter { if case .reference = $0.type { true } else { false } }
        required = fields.filter(\.isRequired).map(\.name)
        byName = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0) })
    }

    /// A field by its name; nil where this version knows none of that name.
    public subscript(field name: String) -> (any AnyField)? { byName[name] }

    /// Every kind of record, in the dictionary's order.
    public static let all: [Entity] = Schema.declarations.map { Entity($0) }

    private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    /// The entity of that name.
    public static subscript(name: EntityName) -> Entity {
        guard let entity = index[name] else {
            preconditionFailure("\(name) is not in Schema.declarations")
        }
        return entity
    }
}

/// The one place where an entity is declared: a structure whose stored fields are the record's.
protocol EntityDeclaration: Sendable {
    var entity: EntityName { get }
    var area: Entity.Area { get }
    var titleFields: [String] { get }
}
