/// A field's declaration without its Swift type: what the table, the form and the schema need.
public protocol AnyField: Sendable {
    /// The name of the data dictionary, lowerCamelCase.
    var name: String { get }
    /// The shape of its values.
    var type: FieldType { get }
    /// Whether a record may not be made without it.
    var isRequired: Bool { get }
    /// Who may read it.
    var privacy: Privacy { get }
}

/// One field of one entity, with the Swift type its values are read as.
public struct Field<Content: FieldContent>: AnyField, Equatable {
    public let name: String
    public let type: FieldType
    public let privacy: Privacy
    public private(set) var isRequired: Bool

    init(_ name: String, _ type: FieldType, _ privacy: Privacy, isRequired: Bool = true) {
        self.name = name
        self.type = type
        self.privacy = privacy
        self.isRequired = isRequired
    }

    /// The same field, which may be missing when a record is made.
    var optional: Self {
        var copy = self
        copy.isRequired = false
        return copy
    }
}

func line(_ name: String, _ privacy: Privacy) -> Field<String> { .init(name, .line, privacy) }

func longText(_ name: String, _ privacy: Privacy) -> Field<String> {
    .init(name, .longText, privacy)
}

func integer(_ name: String, _ bounds: ClosedRange<Int>, _ privacy: Privacy) -> Field<Int> {
    .init(name, .integer(bounds), privacy)
}

func count(_ name: String, _ privacy: Privacy) -> Field<Int> {
    integer(name, Limits.count, privacy)
}

func year(_ name: String, _ privacy: Privacy) -> Field<Int> {
    integer(name, Limits.years, privacy)
}

func position() -> Field<Int> { integer("position", 0...1_000_000, .open) }

func money(_ name: String, _ privacy: Privacy) -> Field<Int> { .init(name, .money, privacy) }

func number(_ name: String, _ bounds: ClosedRange<Double>, _ privacy: Privacy) -> Field<Double> {
    .init(name, .number(bounds), privacy)
}

func date(_ name: String, _ privacy: Privacy) -> Field<CalendarDate> {
    .init(name, .date, privacy)
}

func time(_ name: String, _ privacy: Privacy) -> Field<String> { .init(name, .time, privacy) }

/// A boolean; left out, it counts as false.
func flag(_ name: String, _ privacy: Privacy) -> Field<Bool> {
    Field(name, .flag(isAnswer: false), privacy).optional
}

/// What somebody was asked and answered with yes or no; left out, nobody has said.
func answer(_ name: String, _ privacy: Privacy) -> Field<Bool> {
    Field(name, .flag(isAnswer: true), privacy).optional
}

func choice<Words: Choice>(_ name: String, _: Words.Type, _ privacy: Privacy) -> Field<Words> {
    .init(name, .choice(Words.allCases.map(\.rawValue)), privacy)
}

/// A status; left out, it is its first value.
func status<Words: Choice>(_: Words.Type) -> Field<Words> {
    choice("status", Words.self, .open).optional
}

func reference(_ name: String, _ targets: EntityName..., privacy: Privacy) -> Field<RecordID> {
    .init(name, .reference(targets), privacy)
}
