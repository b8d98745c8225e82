/// A JSON value (RFC 8259) as it stood in the text: whole numbers stay whole.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A name and its value; order and doubles are kept, so the reader can object to them.
    public struct Member: Sendable, Equatable {
        /// The member's name.
        public let name: String
        /// The member's value.
        public let value: JSON

        /// Makes a member.
        public init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The value of the first member of that name; nil where there is none.
    public subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The text of a string.
    public var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// A stored value as JSON.
    public init(_ value: Value) {
        switch value {
        case .flag(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .number(let number): self = .number(number)
        case .text(let text): self = .string(text)
        }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral
{
    /// A string.
    public init(stringLiteral text: String) { self = .string(text) }
    /// A whole number.
    public init(integerLiteral number: Int) { self = .integer(number) }
    /// True or false.
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
    /// An object.
    public init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
    /// An array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
}

/// Why a text is no JSON, and at which byte of it.
public struct JSONError: Error, Equatable {
    /// The byte offset, from 0.
    public let offset: Int
    /// What is wrong there.
    public let reason: Reason

    /// The ways in which a text can fail to be JSON we read.
    public enum Reason: String, Sendable {
        case unexpectedByte, unexpectedEnd, badEscape, badNumber, badUTF8, tooDeep, trailing
        case duplicateName
    }
}
