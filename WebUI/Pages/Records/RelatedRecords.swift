import Participation
import Store

/// Records of one kind that point to a record through one field, as `record.mustache` lists them.
struct RelatedRecords: Sendable {
    private static let shown = 5
    private static let mostCounted = 1000

    let label: String
    let count: String
    let href: String
    let newHref: String?
    let newLabel: String
    let rows: [Row]

    struct Row: Sendable {
        let title: String
        let href: String
    }

    /// What points to a record, kind by kind, and how many records that are; kinds of which
    /// there is none yet are there where the role may add one.
    static func all(
        _ record: Record, _ reader: Reader, _ names: RecordNames, _ form: FieldForm
    ) throws -> (groups: [RelatedRecords], number: Int) {
        var groups: [RelatedRecords] = []
        var sum = 0
        for entity in Entity.all where form.access.mayRead(entity.name) {
            let fields = entity.references.filter {
                points($0, to: record.entity) && form.access.mayRead($0)
            }
            for field in fields.map(\.name) {
                let number = try reader.count(
                    entity.name, where: field, is: record.id, atMost: mostCounted + 1)
                let group = try RelatedRecords(
                    record, entity.name, field, isOnly: fields.count == 1, number, reader, names,
                    form)
                sum += number
                if number > 0 || group.newHref != nil { groups.append(group) }
            }
        }
        return (groups, sum)
    }

    private init(
        _ record: Record, _ entity: EntityName, _ field: String, isOnly: Bool, _ number: Int,
        _ reader: Reader, _ names: RecordNames, _ form: FieldForm
    ) throws {
        let texts = form.texts
        let many = texts.many(entity)
        let words = ["many": many, "field": texts.label(field, of: entity)]
        label = isOnly ? many : texts("records.relatedBy", words)
        count = number > Self.mostCounted ? "\(Self.mostCounted)+" : String(number)
        href = Paths.list(entity, where: field, is: record.id)
        let isByHand = entity != .account && entity != .attachment
        newHref =
            isByHand && form.access.mayWrite(entity)
            ? Paths.new(entity, [field: record.id.text]) : nil
        newLabel = texts["entities.\(entity).new"]
        let first = try reader.list(
            entity, filters: [field: record.id.value], limit: Self.shown
        ).records
        rows = try first.map {
            Row(title: try names.title($0), href: Paths.record($0.entity, $0.id))
        }
    }

    private static func points(_ field: any AnyField, to entity: EntityName) -> Bool {
        guard case .reference(let kinds) = field.type else { return false }
        return kinds.isEmpty || kinds.contains(entity)
    }
}
