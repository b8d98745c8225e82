import Participation

/// The pages of a meeting that is going on, and of what comes before it.
extension Paths {
    static func run(_ event: RecordID) -> String { "/events/\(event)/run" }
    static func causes(_ event: RecordID) -> String { "/events/\(event)/causes" }

    /// The board of one priority.
    static func board(_ theme: RecordID, of event: RecordID) -> String {
        causes(event) + "/\(theme)"
    }

    /// A board with the column into which something was just written.
    static func board(_ theme: RecordID, of event: RecordID, column: CauseEffectKind) -> String {
        board(theme, of: event) + "#column-\(column.rawValue)"
    }

    /// The part of the cause and effect page where people are chosen.
    static func initiativeGroup(_ event: RecordID) -> String { causes(event) + "#people" }

    static func readiness(_ cycle: RecordID) -> String { "/cycles/\(cycle)/readiness" }

    /// A question of the readiness check.
    static func readiness(_ cycle: RecordID, question: Int) -> String {
        readiness(cycle) + "#question-\(question)"
    }
}
