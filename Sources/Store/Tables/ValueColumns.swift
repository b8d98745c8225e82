import GRDB
import Participation
import SyncCore

/// How values stand in columns and in the log.
extension Value {
    /// For binding to a column of the field's type.
    var databaseValue: DatabaseValue {
        switch self {
        case .flag(let flag): flag.databaseValue
        case .integer(let number): number.databaseValue
        case .number(let number): number.databaseValue
        case .text(let text): text.databaseValue
        }
    }

    /// Reads a column of a field's type.
    init?(_ stored: DatabaseValue, as type: FieldType) {
        switch (stored.storage, type) {
        case (.null, _), (.blob, _): return nil
        case (.int64(let number), .flag): self = .flag(number != 0)
        case (.int64(let number), .number): self = .number(Double(number))
        case (.int64(let number), _): self = .integer(Int(number))
        case (.double(let number), _): self = .number(number)
        case (.string(let text), _): self = .text(text)
        }
    }

    /// As the log holds it.
    var content: Content {
        switch self {
        case .flag(let flag): .flag(flag)
        case .integer(let number): .integer(Int64(number))
        case .number(let number): .number(number)
        case .text(let text): .text(text)
        }
    }
}
