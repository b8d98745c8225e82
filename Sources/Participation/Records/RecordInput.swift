/// The fields somebody gives for a record: checked one by one, nil where a field is cleared.
public struct RecordInput: Sendable, Equatable {
    /// What the record is.
    public let entity: EntityName
    /// Its id; nil where the store makes one.
    public let id: RecordID?
    /// The given fields; those not given stay as they are.
    public let fields: [String: Value?]

    /// Takes fields that are already checked.
    public init(_ entity: EntityName, id: RecordID?, fields: [String: Value?]) {
        self.entity = entity
        self.id = id
        self.fields = fields
    }

    /// Checks every given member against the declaration; `id` and `entity` may be among them.
    /// - Returns: the input and all problems found; a field with a problem is left out of it.
    public static func parse(
        _ members: [JSON.Member], as entity: EntityName
    ) -> (input: RecordInput, problems: [InputProblem]) {
        let declaration = Entity[entity]
        var problems: [InputProblem] = []
        var fields: [String: Value?] = [:]
        var id: RecordID?
        for member in members where member.name != "entity" {
            if member.name == "id" {
                id = member.value.text.flatMap { RecordID($0) }
                if id == nil { problems.append(InputProblem(.badId, field: "id")) }
                continue
            }
            guard let field = declaration[field: member.name] else {
                problems.append(
                    InputProblem(.unknownField, field: String(member.name.prefix(64))))
                continue
            }
            do {
                fields.updateValue(try field.parse(member.value), forKey: field.name)
            } catch {
                problems.append(error)
            }
        }
        return (RecordInput(entity, id: id, fields: fields), problems)
    }

    /// The required fields that a new record of this input would lack.
    public var missing: [InputProblem] {
        Entity[entity].required
            .filter { fields[$0].flatMap(\.self) == nil }
            .map { InputProblem(.missing, field: $0) }
    }
}
