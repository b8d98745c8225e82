import Participation
import Store

/// What one merge changes in the store (R8). All of it is one commit, so that one undo takes it
/// back.
struct Merging: Sendable {
    let material: RankingMaterial
    /// Title and reason of the merge, as far as they were given.
    let words: [String: Value?]
    /// The account that merges.
    let account: RecordID?

    /// The edits that merge problems and themes of the ranking. The first theme of the ranking's
    /// own level keeps its place: it takes over the parts of the others of its level, which are
    /// deleted, and the rest become its parts. Where there is none, `newTheme` is made. A theme
    /// above that held one of the deleted holds the one that keeps its place, so that no votes
    /// leave it.
    func edits(_ chosen: [Ranking.Entry], newTheme: RecordID) -> [Edit] {
        let like = chosen.filter { entry in
            material.merges[entry.id]?.theme[Schema.theme.level] == material.level
        }
        let theme = like.first?.id ?? newTheme
        var edits = [like.isEmpty ? make(theme) : change(theme)]
        // A theme holds a part once, and never itself.
        var held = Set(parts(of: theme).compactMap(\.held)).union([theme])
        var isHeldAbove = !places(of: theme).isEmpty
        for other in like.dropFirst() {
            for part in parts(of: other.id) {
                if let id = part.held, held.insert(id).inserted {
                    edits.append(move(part, to: theme))
                } else {
                    edits.append(.delete(.themePart, part.record.id))
                }
            }
            for place in places(of: other.id) {
                edits.append(isHeldAbove ? .delete(.themePart, place.id) : hold(theme, in: place))
                isHeldAbove = true
            }
            edits.append(.delete(.theme, other.id))
        }
        let merged = Set(like.map(\.id))
        for entry in chosen where !merged.contains(entry.id) && held.insert(entry.id).inserted {
            edits.append(add(entry.id, to: theme))
        }
        return edits
    }

    private func parts(of theme: RecordID) -> [RankingMaterial.Part] {
        material.merges[theme]?.parts ?? []
    }

    private func places(of theme: RecordID) -> [Record] { material.merges[theme]?.above ?? [] }

    private func make(_ theme: RecordID) -> Edit {
        var fields = words
        fields[Schema.theme.cycle.name] = material.cycle.id.value
        fields[Schema.theme.level.name] = material.level.value
        if let village = material.village {
            fields[Schema.theme.village.name] = village.id.value
        }
        return .make(RecordInput(.theme, id: theme, fields: fields))
    }

    private func change(_ theme: RecordID) -> Edit {
        .change(RecordInput(.theme, id: theme, fields: words))
    }

    private func move(_ part: RankingMaterial.Part, to theme: RecordID) -> Edit {
        .change(
            RecordInput(
                .themePart, id: part.record.id,
                fields: [Schema.themePart.theme.name: theme.value]))
    }

    private func hold(_ theme: RecordID, in place: Record) -> Edit {
        .change(
            RecordInput(
                .themePart, id: place.id, fields: [Schema.themePart.part.name: theme.value]))
    }

    private func add(_ part: RecordID, to theme: RecordID) -> Edit {
        var fields: [String: Value?] = [
            Schema.themePart.theme.name: theme.value,
            Schema.themePart.part.name: part.value,
        ]
        if let account { fields[Schema.themePart.addedBy.name] = account.value }
        if let reason = words[Schema.theme.reason.name] {
            fields[Schema.themePart.reason.name] = reason
        }
        return .make(RecordInput(.themePart, id: nil, fields: fields))
    }
}
