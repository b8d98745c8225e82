/// One record: the values that are there. It may have come field by field from another laptop,
/// so any field can be missing.
public struct Record: Sendable, Equatable {
    /// What it is.
    public let entity: EntityName
    /// Its name for ever.
    public let id: RecordID
    /// The fields that have a value, by name.
    public var values: [String: Value]

    /// Makes a record from stored values.
    public init(_ entity: EntityName, _ id: RecordID, _ values: [String: Value] = [:]) {
        self.entity = entity
        self.id = id
        self.values = values
    }

    /// A field's value read as its declared type; nil when missing or unreadable.
    public subscript<Content>(field: Field<Content>) -> Content? {
        get { values[field.name].flatMap(Content.init) }
        set { values[field.name] = newValue?.value }
    }

    /// A boolean; missing means false.
    public func has(_ field: Field<Bool>) -> Bool { self[field] ?? false }

    /// A status; missing means its first value.
    public func status<Words: Choice>(_ field: Field<Words>) -> Words {
        self[field] ?? Words.allCases[Words.allCases.startIndex]
    }

    /// What a person calls this record: its title, name or text; the id when it has none.
    public var title: String {
        for name in Entity[entity].titleFields {
            if case .text(let text)? = values[name], !text.isEmpty { return text }
        }
        return id.text
    }
}
