import Participation

extension Texts {
    /// A kind of record, one of it.
    func one(_ entity: EntityName) -> String { self["entities.\(entity).one"] }

    /// A kind of record, several.
    func many(_ entity: EntityName) -> String { self["entities.\(entity).many"] }

    /// A field's label.
    func label(_ field: String, of entity: EntityName) -> String {
        field == "id" || field == "deleted"
            ? self["records.field.\(field)"] : self["fields.\(entity).\(field)"]
    }

    /// A field's hint, where it has one.
    func hint(_ field: String, of entity: EntityName) -> String? {
        optional("hints.\(entity).\(field)")
    }

    /// What a value is called: choices and numbered things by their names, dates and flags as
    /// people write them. References are left to the caller.
    func value(_ value: Value, of field: any AnyField, in entity: EntityName) -> String {
        switch (value, field.type) {
        case (.flag(let flag), _): return self[flag ? "choices.common.yes" : "choices.common.no"]
        case (.text(let word), .choice): return choice(word, of: field.name, in: entity)
        case (.text(let text), .date): return date(text)
        case (.integer(let number), .money): return money(number)
        case (.integer(let number), _):
            return optional("choices.\(entity).\(field.name).\(number)") ?? String(number)
        case (.number(let number), _): return decimal(number)
        case (.text(let text), _): return text
        }
    }

    /// What a word of a field's list is called.
    func choice(_ word: String, of field: String, in entity: EntityName) -> String {
        optional("choices.\(entity).\(field).\(word)") ?? word
    }

    /// What a typed choice is called.
    func choice<Words: Choice>(_ word: Words, _ field: Field<Words>, _ entity: EntityName) -> String
    {
        choice(word.rawValue, of: field.name, in: entity)
    }

    /// Why an input was refused, in a sentence that says what to do.
    func sentence(_ problem: InputProblem) -> String {
        self("problems.\(problem.code)", problem.details)
    }

    /// What a rule found, in a sentence with its figures.
    func sentence(_ finding: Finding) -> String {
        var details = finding.details
        if let band = details["band"] {
            details["band"] = choice(band, of: "ageBand", in: .event)
        }
        return self("findings.\(finding.code)", details)
    }
}
