import Participation

/// A list of a method that people add to by name and put in order: the slices of the bread,
/// institutions by importance, topics of the hearing.
struct MethodList: Sendable {
    /// What is in it, in its order.
    let records: [Record]
    /// The field that names one.
    let name: String
    /// What is said of a name that is missing, and of one that is there already.
    let missing: String
    let known: String
    /// How many it may hold, and what is said of one more.
    var most: (count: Int, said: String)?

    /// A new one, with its name as it was typed: what is wrong with it is said at the form's
    /// fields, that of the name included.
    func adding(
        _ members: [JSON.Member], named typed: String, as entity: EntityName, _ texts: Texts
    ) -> (record: RecordInput, errors: FieldErrors) {
        let (record, problems) = RecordInput.parse(
            members + [.init(name, .string(typed))], as: entity)
        var found = FieldErrors()
        found.add(
            problems + record.missing, asking: [name: texts[missing]], other: name,
            texts)
        let folded = SearchText.fold(typed)
        if found.isEmpty, records.contains(where: { SearchText.fold($0.title) == folded }) {
            found.add(name, texts(known, ["name": typed]))
        }
        if found.isEmpty, let most, records.count >= most.count {
            found.add(name, texts(most.said, ["most": String(most.count)]))
        }
        return (record, found)
    }

    /// What comes of moving one of them.
    struct Move {
        let record: Record
        let order: [Record]
        /// Counted from 1.
        let place: Int
    }

    /// Moves the one that `input` names under `key` to the place `to`, counted from 1, or one up
    /// or down.
    /// - Throws: ``WebError/noRecord(_:)`` where it is not in the list.
    func move(_ input: MethodInput, _ key: String, _ entity: EntityName) throws -> Move {
        guard let index = records.firstIndex(where: { $0.id == input.id(key) }) else {
            throw WebError.noRecord(entity)
        }
        var order = records
        let record = order.remove(at: index)
        let wanted = input["to"].flatMap { Int($0) }.map { $0 &- 1 }
        let next = wanted ?? (input["direction"] == "up" ? index - 1 : index + 1)
        let place = min(max(next, 0), order.count)
        order.insert(record, at: place)
        return Move(record: record, order: order, place: place + 1)
    }
}
