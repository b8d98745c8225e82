import Participation
import Store

/// What the reference fields of a form show: the names of what they point to, and where there
/// are few records of a kind, all of them to choose from.
struct FormReferences: Sendable {
    /// Names by id.
    private(set) var names: [RecordID: RecordNames.Name] = [:]
    /// Records to choose from, by field.
    private(set) var lists: [String: [FieldModel.Word]] = [:]
    /// Kinds of which there is no record yet, by the field that would point to one.
    private(set) var missing: [String: EntityName] = [:]

    /// Kinds of which a municipality has few; the others are found by typing.
    private static let few: Set<EntityName> = [
        .municipality, .village, .cycle, .plan, .budget, .partnership, .group, .event,
    ]
    private static let longestList = 40

    /// Reads what the fields point to; `ids` are the ids by field.
    static func read(
        _ fields: [any AnyField], ids: [String: RecordID], _ reader: Reader, _ names: RecordNames,
        access: Access
    ) throws -> FormReferences {
        var found = FormReferences()
        for field in fields {
            guard case .reference(let kinds) = field.type else { continue }
            if let id = ids[field.name], let name = try names.name(of: id, in: kinds) {
                found.names[id] = name
            }
            guard let kind = kinds.first, kinds.count == 1, access.mayRead(kind) else { continue }
            let isFew = few.contains(kind)
            guard isFew || field.isRequired else { continue }
            let count = try reader.count(kind)
            if count == 0 { found.missing[field.name] = kind }
            guard isFew, count <= longestList else { continue }
            found.lists[field.name] = try list(kind, reader, names)
        }
        return found
    }

    private static func list(
        _ kind: EntityName, _ reader: Reader, _ names: RecordNames
    ) throws -> [FieldModel.Word] {
        let words = try reader.newest(kind, limit: longestList).records.map {
            FieldModel.Word(value: $0.id.text, label: try names.title($0))
        }
        guard kind == .village else { return words }
        return words.sorted { KyrgyzCollation.precedes($0.label, $1.label) }
    }
}

/// What somebody typed into a reference field instead of choosing from the list.
enum TypedReference: Sendable, Equatable {
    case found(RecordID)
    /// No record has this title.
    case unknown(String)
    /// Several records have this title.
    case several

    /// Finds the record of a typed title: the same letters, or else the same words in any case.
    static func find(
        _ text: String, in kinds: [EntityName], _ reader: Reader, _ names: RecordNames,
        access: Access
    ) throws -> TypedReference {
        let kinds = (kinds.isEmpty ? EntityName.allCases : kinds).filter { access.mayRead($0) }
        let found =
            try kinds.count == 1
            ? reader.search(text, in: kinds[0]) : reader.search(text)
        let folded = SearchText.fold(text)
        let alike = try found.filter { kinds.contains($0.entity) }
            .map { (id: $0.id, title: try names.title($0)) }
            .filter { SearchText.fold($0.title) == folded }
        let exact = alike.filter { $0.title == text }
        let matches = exact.isEmpty ? alike : exact
        switch matches.count {
        case 0: return .unknown(text)
        case 1: return .found(matches[0].id)
        default: return .several
        }
    }
}
