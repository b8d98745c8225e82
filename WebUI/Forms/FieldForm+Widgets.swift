import Participation

extension FieldForm {
    /// Up to so many words are shown all at once.
    private static let mostRadios = 4

    /// How a field is typed, decided by its shape.
    func widget(_ field: any AnyField) -> FieldModel.Widget {
        switch field.type {
        case .line:
            .input(.init(value: text(field), mode: Self.modes[field.name] ?? "text"))
        case .longText: .longText(.init(value: text(field), rows: "4"))
        case .geometry: .longText(.init(value: text(field), rows: "3"))
        case .integer(let bounds): whole(field, bounds)
        case .money: input(field, "numeric", "input-money", maxLength: 24)
        case .number: input(field, "decimal", "input-short", maxLength: 24)
        case .date:
            .input(
                .init(
                    value: text(field), cssClass: "input-short", isDate: true, maxLength: "10"))
        case .time: input(field, "text", "input-short", maxLength: 20)
        case .flag(let isAnswer): flag(field, isAnswer)
        case .choice(let words): choice(field, words)
        case .reference(let kinds): reference(field, kinds)
        case .digest: input(field, "text", "", maxLength: 64)
        case .secret: .readOnly(.init(value: "–", href: nil))
        }
    }

    private static let modes = ["contact": "tel", "phone": "tel", "email": "email"]

    private func input(
        _ field: any AnyField, _ mode: String, _ cssClass: String, maxLength: Int
    ) -> FieldModel.Widget {
        .input(
            .init(
                value: text(field), mode: mode, cssClass: cssClass,
                maxLength: String(maxLength)))
    }

    /// A number; a list where the numbers have names, like stages and local matters.
    private func whole(
        _ field: any AnyField, _ bounds: ClosedRange<Int>
    ) -> FieldModel.Widget {
        let key = "choices.\(entity.name).\(field.name)"
        if texts.optional("\(key).\(bounds.lowerBound)") != nil {
            return .select(blank(field) + Self.words(bounds, key, texts), chosen: text(field))
        }
        let isYear = bounds == Limits.years
        return input(field, "numeric", isYear ? "input-year" : "input-short", maxLength: 12)
    }

    private static func words(
        _ bounds: ClosedRange<Int>, _ key: String, _ texts: Texts
    ) -> [FieldModel.Word] {
        bounds.compactMap { number in
            texts.optional("\(key).\(number)").map { label in
                FieldModel.Word(value: String(number), label: label)
            }
        }
    }

    private func flag(_ field: any AnyField, _ isAnswer: Bool) -> FieldModel.Widget {
        let typed = text(field)
        let options: [FieldModel.Word] = [
            .init(value: "true", label: texts["choices.common.yes"]),
            .init(value: "false", label: texts["choices.common.no"]),
        ]
        return .radios(
            isAnswer ? options + blank(field) : options,
            chosen: typed.isEmpty && !isAnswer ? "false" : typed, isInline: true)
    }

    private func choice(_ field: any AnyField, _ words: [String]) -> FieldModel.Widget {
        let options = words.map {
            FieldModel.Word(
                value: $0, label: texts.choice($0, of: field.name, in: entity.name))
        }
        let typed = text(field)
        if field.isStatus {
            return .radios(options, chosen: typed.isEmpty ? words[0] : typed, isInline: false)
        }
        guard words.count <= Self.mostRadios else {
            return .select(blank(field) + options, chosen: typed)
        }
        let none = field.isRequired ? [] : blank(field)
        return .radios(options + none, chosen: typed, isInline: words.count < 4)
    }

    private func reference(_ field: any AnyField, _ kinds: [EntityName]) -> FieldModel.Widget {
        let id = ids[field.name]
        let name = id.flatMap { references.names[$0] }
        guard var words = references.lists[field.name] else {
            let title = name?.title ?? typed?[field.textName] ?? ""
            return .reference(
                .init(
                    entity: kinds.count == 1 ? kinds[0].rawValue : "", value: id?.text ?? "",
                    title: title.isEmpty ? id?.text ?? "" : title))
        }
        if let id, !words.contains(where: { $0.value == id.text }) {
            words.append(.init(value: id.text, label: name?.title ?? id.text))
        }
        // The only municipality, the only cycle: nothing is left to choose.
        if field.isRequired, words.count == 1 { return .select(words, chosen: words[0].value) }
        return .select(blank(field) + words, chosen: id?.text ?? "")
    }

    /// The choice of nothing.
    private func blank(_ field: any AnyField) -> [FieldModel.Word] {
        let key = field.isRequired ? "layout.form.choose" : "layout.form.notSaid"
        return [.init(value: "", label: texts[key])]
    }

    /// What stands in the field: what was typed, or the record's value as people type it.
    private func text(_ field: any AnyField) -> String {
        if let typed = typed?[field.name] { return typed }
        guard let value = record?.values[field.name] else { return "" }
        switch (value, field.type) {
        case (.text(let text), .date): return CalendarDate(text).map(FormText.date) ?? text
        case (.text(let text), _): return text
        case (.integer(let number), _): return String(number)
        case (.number(let number), _): return texts.decimal(number)
        case (.flag(let flag), _): return flag ? "true" : "false"
        }
    }
}

extension AnyField {
    /// The name under which a form sends the typed title of a reference.
    var textName: String { "\(name).text" }

    /// A status that is left out is its first value.
    var isStatus: Bool {
        if case .choice = type { name == "status" && !isRequired } else { false }
    }
}
