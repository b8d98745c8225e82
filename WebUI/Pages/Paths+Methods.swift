import Participation

/// The pages of the methods: the Venn diagram and the Tokoch.
extension Paths {
    static func venn(_ event: RecordID, _ drawnBy: DrawnBy? = nil) -> String {
        "/events/\(event)/venn" + (drawnBy.map { "?drawnBy=\($0.rawValue)" } ?? "")
    }

    static func venn(_ board: VennBoard) -> String { venn(board.meeting.id, board.drawnBy) }

    static func tokoch(_ event: RecordID, budget: RecordID? = nil) -> String {
        "/events/\(event)/tokoch" + (budget.map { "?budget=\($0)" } ?? "")
    }

    static func tokoch(_ board: TokochBoard) -> String {
        tokoch(board.meeting.id, budget: board.budget?.id)
    }
}
