import Participation
import Store

/// What a move of circles changes in the store; all of it is one commit, so that one undo takes it
/// back.
struct VennEdits: Sendable {
    let board: VennBoard
    /// Makes the ids of new links, the first of a pair on this laptop.
    let makeID: @Sendable () -> RecordID

    /// Places of the circles that moved. The first move of a diagram that was never drawn stores
    /// the places of all, or the rest would lie elsewhere on the next look.
    func places(_ diagram: VennDiagram, moved: Set<RecordID>) -> [Edit] {
        diagram.circles.filter { moved.contains($0.id) || board.sheet.unplaced.contains($0.id) }
            .map { circle in
                .change(
                    RecordInput(
                        .institution, id: circle.id,
                        fields: [
                            Schema.institution.x.name: circle.x.value,
                            Schema.institution.y.name: circle.y.value,
                        ]))
            }
    }

    /// The record of a pair with its new relation.
    func state(_ relation: Relation, _ pair: VennPair) -> Edit {
        if let link = board.sheet.links[pair] {
            return .change(
                RecordInput(
                    .institutionLink, id: link.id,
                    fields: [Schema.institutionLink.relation.name: relation.value]))
        }
        return .make(
            RecordInput(
                .institutionLink, id: makeID(),
                fields: [
                    Schema.institutionLink.event.name: board.meeting.id.value,
                    Schema.institutionLink.drawnBy.name: board.drawnBy.value,
                    Schema.institutionLink.from.name: pair.first.value,
                    Schema.institutionLink.to.name: pair.second.value,
                    Schema.institutionLink.relation.name: relation.value,
                ]))
    }

    /// What a solved move changes: places, and what gave way as it now lies.
    func move(_ move: VennMove) -> [Edit] {
        places(move.diagram, moved: Set(move.moved))
            + move.broken.compactMap { pair in
                move.diagram.reading(pair).map { state($0, pair) }
            }
    }

    /// New ranks, 1 for the first; those that keep theirs are left alone.
    func ranks(_ order: [Record]) -> [Edit] {
        order.enumerated().compactMap { index, record in
            guard record[Schema.institution.rank] != index + 1 else { return nil }
            return .change(
                RecordInput(
                    .institution, id: record.id,
                    fields: [Schema.institution.rank.name: (index + 1).value]))
        }
    }
}

/// Taking institutions over from another diagram of the same meeting.
enum VennCopy {
    /// Those that the one has and the other has not, by name.
    static func missing(in sheet: VennSheet, of other: VennSheet) -> [Record] {
        var known = Set(sheet.institutions.map { SearchText.fold($0.title) })
        return other.institutions.filter { known.insert(SearchText.fold($0.title)).inserted }
    }
}
