import Participation

/// A word of a list, with what it is called.
struct SessionChoice: Sendable {
    let value: String
    let label: String

    static func all<Words: Choice>(
        _ field: Field<Words>, _ entity: EntityName, _ texts: Texts
    ) -> [SessionChoice] {
        Words.allCases.map {
            SessionChoice(value: $0.rawValue, label: texts.choice($0, field, entity))
        }
    }
}

/// A word of a list that may be the chosen one.
struct SessionOption: Sendable {
    let value: String
    let label: String
    let isSelected: Bool

    static func all<Words: Choice>(
        _ field: Field<Words>, _ entity: EntityName, selected: Words?, _ texts: Texts
    ) -> [SessionOption] {
        Words.allCases.map {
            SessionOption(
                value: $0.rawValue, label: texts.choice($0, field, entity),
                isSelected: $0 == selected)
        }
    }
}
