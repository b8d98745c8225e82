/// The shape of a field's value; it decides the column, the widget, the checks and the schema.
public enum FieldType: Sendable, Equatable {
    /// One line of text, at most ``Limits/lineLength`` characters.
    case line
    /// Text of several lines, at most ``Limits/textLength`` characters.
    case longText
    /// A whole number within bounds.
    case integer(ClosedRange<Int>)
    /// Whole som (KGS); no tyiyn.
    case money
    /// A number that may have a fraction, within bounds.
    case number(ClosedRange<Double>)
    /// A day of the Gregorian calendar, `YYYY-MM-DD`.
    case date
    /// A time of day `HH:MM`, or a moment in UTC as RFC 3339 writes it.
    case time
    /// Yes or no. Left out it counts as no, unless it is an answer: then nobody has said yet.
    case flag(isAnswer: Bool)
    /// One of a list of words, in the dictionary's order.
    case choice([String])
    /// The id of a record of one of these entities; an empty list means of any entity.
    case reference([EntityName])
    /// A GeoJSON geometry in map units, kept as canonical text (RFC 7946 §3.1).
    case geometry
    /// A SHA-256 in 64 lower-case hexadecimal digits.
    case digest
    /// A verifier string that only the store and the login read.
    case secret
}
