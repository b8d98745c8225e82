import Participation

/// The fields of a form that is no record's: made one by one, with what was typed and what is
/// wrong with it.
struct PlainForm: Sendable {
    let texts: Texts
    /// Where several forms stand on one page, each has its own.
    var prefix = "field"
    /// What came back from the browser; nil where the form is shown for the first time.
    var typed: FormData?
    /// Sentences by the field's name.
    var problems: [String: String] = [:]

    func line(
        _ name: String, _ label: String, hint: String? = nil, isRequired: Bool = true,
        maxLength: Int = Limits.lineLength, isShort: Bool = false
    ) -> FieldModel {
        field(
            name, label, hint, isRequired,
            .input(
                .init(
                    value: typed?[name] ?? "", cssClass: isShort ? "input-short" : "",
                    maxLength: String(maxLength))))
    }

    func longText(_ name: String, _ label: String, hint: String?, rows: Int) -> FieldModel {
        field(
            name, label, hint, true,
            .longText(.init(value: typed?[name] ?? "", rows: String(rows))))
    }

    func newSecret(_ name: String, _ label: String, hint: String? = nil) -> FieldModel {
        field(name, label, hint, true, .secret(.init(autocomplete: "new-password")))
    }

    func currentSecret(_ name: String, _ label: String) -> FieldModel {
        field(name, label, nil, true, .secret(.init(autocomplete: "current-password")))
    }

    func select(
        _ name: String, _ label: String, hint: String?, _ words: [FieldModel.Word]
    ) -> FieldModel {
        let choose = FieldModel.Word(value: "", label: texts["layout.form.choose"])
        return field(
            name, label, hint, true, .select([choose] + words, chosen: typed?[name] ?? ""))
    }

    /// Six digits, typed large.
    func number(_ name: String, _ label: String, hint: String?) -> FieldModel {
        field(
            name, label, hint, true,
            .input(
                .init(
                    value: typed?[name] ?? "", mode: "numeric", cssClass: "input-number",
                    maxLength: "7")))
    }

    /// A day, with a button that opens a calendar.
    func date(_ name: String, _ label: String, hint: String?) -> FieldModel {
        field(
            name, label, hint, true,
            .input(
                .init(
                    value: typed?[name] ?? "", cssClass: "input-short", isDate: true,
                    maxLength: "10")))
    }

    /// Words to choose from, all in sight.
    func radios(
        _ name: String, _ label: String, hint: String? = nil, _ words: [FieldModel.Word]
    ) -> FieldModel {
        field(
            name, label, hint, true,
            .radios(words, chosen: typed?[name] ?? "", isInline: false))
    }

    private func field(
        _ name: String, _ label: String, _ hint: String?, _ isRequired: Bool,
        _ widget: FieldModel.Widget
    ) -> FieldModel {
        FieldModel(
            id: "\(prefix)-\(name)", name: name, label: label, hint: hint, error: problems[name],
            isRequired: isRequired, widget: widget)
    }
}
