/// What a field holds in the store: SQLite's own kinds, and nothing else.
public enum Value: Sendable, Hashable {
    case flag(Bool)
    case integer(Int)
    case number(Double)
    case text(String)

    /// The text of a textual value.
    public var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

/// A Swift type that a field's value can be read as.
public protocol FieldContent: Sendable, Equatable {
    /// Reads a stored value; nil where a newer version stored something this one cannot read.
    init?(_ value: Value)
    /// The value as the store holds it.
    var value: Value { get }
}

/// An enumeration of the data dictionary: its raw words are the contract.
public protocol Choice: FieldContent, CaseIterable, RawRepresentable<String> {}

extension Choice {
    /// Reads one of the words.
    public init?(_ value: Value) {
        guard case .text(let word) = value else { return nil }
        self.init(rawValue: word)
    }

    /// The word.
    public var value: Value { .text(rawValue) }
}

extension String: FieldContent {
    /// Reads a text.
    public init?(_ value: Value) {
        guard case .text(let text) = value else { return nil }
        self = text
    }

    /// The text as a value.
    public var value: Value { .text(self) }
}

extension Int: FieldContent {
    /// Reads a whole number.
    public init?(_ value: Value) {
        guard case .integer(let number) = value else { return nil }
        self = number
    }

    /// The number as a value.
    public var value: Value { .integer(self) }
}

extension Double: FieldContent {
    /// Reads a number; a whole one too.
    public init?(_ value: Value) {
        switch value {
        case .number(let number): self = number
        case .integer(let number): self = Double(number)
        case .flag, .text: return nil
        }
    }

    /// The number as a value.
    public var value: Value { .number(self) }
}

extension Bool: FieldContent {
    /// Reads yes or no.
    public init?(_ value: Value) {
        guard case .flag(let flag) = value else { return nil }
        self = flag
    }

    /// Yes or no as a value.
    public var value: Value { .flag(self) }
}
