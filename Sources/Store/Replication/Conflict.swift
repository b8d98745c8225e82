public import Participation

/// A field that two laptops changed without knowing of each other: one value is shown on all of
/// them, the others stand beside it until somebody decides.
public struct Conflict: Sendable, Equatable {
    /// What the record is.
    public let entity: EntityName
    /// The record.
    public let record: RecordID
    /// The field; `deleted` is among them.
    public let field: String
    /// The value that is shown.
    public let shown: Edition
    /// The others, the newest first.
    public let others: [Edition]

    /// A value and where it comes from.
    public struct Edition: Sendable, Equatable {
        /// Names it among the values of the field: 64 hexadecimal digits.
        public let version: String
        /// The value; nil is none.
        public let value: Value?
        /// The account that wrote it; empty for the program itself.
        public let actor: String
        /// The laptop, in hexadecimal digits.
        public let device: String
        /// When, in milliseconds since 1970, as that laptop believed.
        public let milliseconds: UInt64
        /// Whether that laptop's clock was plausible then.
        public let isTimeTrusted: Bool
    }

    /// What a person decides.
    public enum Choice: Sendable, Equatable {
        /// The shown value is right.
        case keep
        /// Another one is, by its version.
        case take(String)
        /// None is; this one is.
        case write(Value?)
    }
}

/// A deletion that came from another laptop and that nobody here has looked at.
public struct ArrivedDeletion: Sendable, Equatable {
    /// What was deleted.
    public let record: Participation.Record
    /// The account that deleted it; empty for the program itself.
    public let actor: String
    /// The laptop, in hexadecimal digits.
    public let device: String
    /// When, in milliseconds since 1970, as that laptop believed.
    public let milliseconds: UInt64
}
