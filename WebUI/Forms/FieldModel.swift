import Participation

/// One field of a form as `field.mustache` shows it; exactly one of the widgets is there.
struct FieldModel: Sendable {
    let id: String
    let name: String
    let label: String
    let hint: String?
    let error: String?
    let isRequired: Bool
    let describedBy: String?
    /// The way to a first record, where a reference has nothing to point to yet.
    let add: Add?
    private(set) var input: Input?
    private(set) var longText: LongText?
    private(set) var secret: Secret?
    private(set) var radios: Radios?
    private(set) var select: Select?
    private(set) var reference: Reference?
    private(set) var readOnly: ReadOnly?

    struct Input: Sendable {
        let value: String
        var mode = "text"
        var cssClass = ""
        var suffix: String?
        var isDate = false
        var maxLength = String(Limits.lineLength)
    }

    struct LongText: Sendable {
        let value: String
        let rows: String
    }

    struct Secret: Sendable {
        let autocomplete: String
    }

    struct Radios: Sendable {
        let isInline: Bool
        let options: [Option]

        struct Option: Sendable {
            let id: String
            let value: String
            let label: String
            let isChosen: Bool
        }
    }

    struct Select: Sendable {
        let options: [Option]

        struct Option: Sendable {
            let value: String
            let label: String
            let isChosen: Bool
        }
    }

    struct Reference: Sendable {
        let entity: String
        let value: String
        let title: String
    }

    struct Add: Sendable {
        let href: String
        let label: String
    }

    struct ReadOnly: Sendable {
        let value: String
        let href: String?
    }

    /// How the value is shown and changed.
    enum Widget: Sendable {
        case input(Input)
        case longText(LongText)
        case secret(Secret)
        /// Words to choose from, all in sight.
        case radios([Word], chosen: String, isInline: Bool)
        /// Words to choose from, in a list that opens.
        case select([Word], chosen: String)
        case reference(Reference)
        case readOnly(ReadOnly)
    }

    /// A value to choose and what it is called.
    struct Word: Sendable {
        let value: String
        let label: String
    }

    init(
        id: String, name: String, label: String, hint: String?, error: String?, isRequired: Bool,
        widget: Widget, add: Add? = nil
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
        self.add = add
        let notes = [
            hint.map { _ in "\(id)-hint" }, add.map { _ in "\(id)-add" },
            error.map { _ in "\(id)-error" },
        ]
        let described = notes.compactMap(\.self).joined(separator: " ")
        describedBy = described.isEmpty ? nil : described
        switch widget {
        case .input(let input): self.input = input
        case .longText(let longText): self.longText = longText
        case .secret(let secret): self.secret = secret
        case .radios(let words, let chosen, let isInline):
            radios = Radios(isInline: isInline, options: Self.options(words, chosen, id))
        case .select(let words, let chosen):
            select = Select(
                options: words.map {
                    .init(value: $0.value, label: $0.label, isChosen: $0.value == chosen)
                })
        case .reference(let reference): self.reference = reference
        case .readOnly(let readOnly): self.readOnly = readOnly
        }
    }

    /// The first has the id of the field, so that links from the error summary reach it.
    private static func options(
        _ words: [Word], _ chosen: String, _ id: String
    ) -> [Radios.Option] {
        words.enumerated().map { index, word in
            .init(
                id: index == 0 ? id : "\(id)-\(index)", value: word.value, label: word.label,
                isChosen: word.value == chosen)
        }
    }
}

extension [FieldModel] {
    /// The error summary of a form: every problem with the field's name, leading to the field.
    func errorLinks(_ texts: Texts) -> [PageFrame.ErrorLink] {
        compactMap { field in
            field.error.map { error in
                let text = texts(
                    "records.problem.at", ["field": field.label, "problem": error])
                return PageFrame.ErrorLink(text: text, href: "#\(field.id)")
            }
        }
    }
}
