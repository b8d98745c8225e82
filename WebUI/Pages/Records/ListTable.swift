import Participation
import Store

/// The columns of a list: the first few fields, beside the title, that say something here.
struct ListTable {
    private static let mostColumns = 5

    private let entity: EntityName
    private let texts: Texts
    private let fields: [any AnyField]

    init(_ entity: EntityName, _ records: [Record], _ texts: Texts, _ access: Access) {
        self.entity = entity
        self.texts = texts
        let declaration = Entity[entity]
        let fields = declaration.fields.filter { field in
            access.mayRead(field) && Self.isShort(field.type)
                && declaration.titleFields.first != field.name
                && records.contains { $0.values[field.name] != nil }
        }
        self.fields = Array(fields.prefix(Self.mostColumns))
    }

    var columns: [RecordsListPage.Model.Column] {
        fields.map { .init(label: texts.label($0.name, of: entity), isNumber: isNumber($0)) }
    }

    func row(_ record: Record, _ names: RecordNames) throws -> RecordsListPage.Model.Row {
        let cells = try fields.map { field in
            RecordsListPage.Model.Cell(
                label: texts.label(field.name, of: entity),
                text: try record.values[field.name].map {
                    try names.words($0, field, entity)
                } ?? "–",
                isNumber: isNumber(field))
        }
        return .init(
            title: try names.title(record), href: Paths.record(entity, record.id), cells: cells)
    }

    private static func isShort(_ type: FieldType) -> Bool {
        switch type {
        case .longText, .geometry, .digest, .secret: false
        default: true
        }
    }

    /// Whether a column is set as figures; numbers with names are words.
    private func isNumber(_ field: any AnyField) -> Bool {
        switch field.type {
        case .money, .number: true
        case .integer(let bounds):
            texts.optional("choices.\(entity).\(field.name).\(bounds.lowerBound)") == nil
        default: false
        }
    }
}
